/** Words of a note, in whatever direction they run. */
export function line(/** @type {string} */ kind, /** @type {string} */ text) {
  const place = document.createElement("p");
  place.className = kind;
  place.dir = "auto";
  place.textContent = text;
  return place;
}
