import { find } from "../shared/page.js";
import { isOne } from "./queue.js";

/** The controls above the list: which status, which words, and how many there are of each. */
export class Filter {
  #page;

  constructor(/** @type {HTMLElement} */ page, /** @type {() => void} */ changed) {
    this.#page = page;
    const tools = find(page, ".tools");
    tools.hidden = false;
    tools.addEventListener("input", changed);
  }

  /** @returns {import("./queue.js").Wanted} */
  get wanted() {
    const which = find(this.#page, "[name=filter]:checked", HTMLInputElement).value;
    return { which, text: this.#search.value.trim() };
  }

  get #search() {
    return find(this.#page, "[type=search]", HTMLInputElement);
  }

  search() {
    this.#search.focus();
  }

  /** Say how many there are of each status. */
  count(/** @type {Contract.DeskPledge[]} */ pledges) {
    for (const place of /** @type {NodeListOf<Page.With<"count">>} */ (this.#page.querySelectorAll("[data-count]"))) {
      const those = pledges.filter((pledge) => isOne(pledge, place.dataset.count));
      place.textContent = new Intl.NumberFormat(document.documentElement.lang).format(those.length);
    }
  }
}
