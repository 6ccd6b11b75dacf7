/** How many pledges are on the wall, below the card: one alone is one's own, and not counted out. */
export function showCount(/** @type {HTMLElement} */ place, /** @type {number} */ shown) {
  const language = document.documentElement.lang;
  const form = new Intl.PluralRules(language).select(shown);
  /** @type {Element} */ (place.querySelector("[data-shown]")).textContent = new Intl.NumberFormat(language).format(shown);
  for (const label of /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll("[data-count]"))) label.hidden = label.dataset.count !== form;
  place.hidden = shown < 2;
}
