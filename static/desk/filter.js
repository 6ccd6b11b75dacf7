import { isOne } from "./queue.js";

/** The controls above the list: which status, which words, and how many there are of each. */
export class Filter {
  #page;

  constructor(/** @type {HTMLElement} */ page, /** @type {() => void} */ changed) {
    this.#page = page;
    const tools = page.querySelector(".tools");
    tools.hidden = false;
    tools.addEventListener("input", changed);
  }

  /** @returns {import("./queue.js").Wanted} */
  get wanted() {
    const which = this.#page.querySelector("[name=filter]:checked").value;
    return { which, text: this.#page.querySelector("[type=search]").value.trim() };
  }

  search() {
    this.#page.querySelector("[type=search]").focus();
  }

  /** Say how many there are of each status. */
  count(/** @type {import("../shared/event-copy.js").Pledge[]} */ pledges) {
    for (const place of this.#page.querySelectorAll("[data-count]")) {
      const those = pledges.filter((pledge) => isOne(pledge, place.dataset.count));
      place.textContent = new Intl.NumberFormat(document.documentElement.lang).format(those.length);
    }
  }
}
