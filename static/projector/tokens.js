/** What `looks.css` says, for scripts that draw. */

/** @type {Map<string, number>} */
const measures = new Map();

/** A colour, or a family of letters, as the wall has it now. */
export function tokenOf(/** @type {string} */ name) {
  const styled = /** @type {Element} */ (document.querySelector("[data-look]"));
  return getComputedStyle(styled).getPropertyValue(`--${name}`).trim();
}

/** A number. It is the same on paper and at night, so it is looked up once. */
export function measureOf(/** @type {string} */ name) {
  const known = measures.get(name) ?? Number(tokenOf(name));
  measures.set(name, known);
  return known;
}
