/** @type {Page.Find} */
export const find = (root, selector, kind) => {
  const part = root.querySelector(selector);
  if (part instanceof (kind ?? HTMLElement)) return /** @type {never} */ (part);
  throw new Error(selector);
};

const number = (/** @type {number} */ count) => new Intl.NumberFormat(document.documentElement.lang).format(count);

const formOf = (/** @type {number} */ count) => `[data-count~=${new Intl.PluralRules(document.documentElement.lang).select(count)}]`;

/** The day that it was then, where this phone is, as 2026-11-27: reminders count from the day that it was for the author. */
export const dayOf = (/** @type {string} */ moment) => new Date(moment).toLocaleDateString("sv");

export function count(/** @type {HTMLElement} */ place, /** @type {number} */ shown) {
  find(place, "[data-shown]").textContent = number(shown);
  for (const word of place.querySelectorAll("[data-count]")) word.toggleAttribute("hidden", !word.matches(formOf(shown)));
}

/** @type {Page.Words} */
export const words = (name, count) => {
  const said = find(find(document, "#words", HTMLTemplateElement).content, `[data-word=${name}]${count === undefined ? "" : formOf(count)}`).textContent;
  return count === undefined ? said : said.replace(/{\w+}/, number(count));
};
