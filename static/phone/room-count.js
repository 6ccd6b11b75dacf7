import { count } from "../shared/page.js";

/** How many pledges are on the wall, below the card: one alone is one's own, and not counted out. */
export function showCount(/** @type {HTMLElement} */ place, /** @type {number} */ shown) {
  count(place, shown);
  place.hidden = shown < 2;
}
