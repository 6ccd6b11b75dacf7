import { find } from "../shared/page.js";

const LONG_QUESTION = 60;

/** What is always there: the question, the count, and how to join. */
export class Heading {
  #page;

  constructor(/** @type {HTMLElement} */ page) {
    this.#page = page;
  }

  show(/** @type {Contract.Event} */ event, /** @type {number} */ count) {
    const language = document.documentElement.lang;
    this.#part("h1").textContent = event.question;
    this.#page.toggleAttribute("data-long", event.question.length > LONG_QUESTION);
    this.#part(".number").textContent = new Intl.NumberFormat(language).format(count);
    const form = new Intl.PluralRules(language).select(count);
    for (const label of /** @type {NodeListOf<HTMLElement>} */ (this.#page.querySelectorAll("[data-count]"))) label.hidden = label.dataset.count !== form;
    this.#part(".empty").hidden = count > 0 || (!event.open && this.#page.dataset.audience !== "kept");
    this.#part(".join").hidden = !event.open;
    this.#part(".join-scene").hidden = !event.open;
    this.#part(".closed").hidden = event.open;
    this.#showAddress(event);
  }

  /** The laptop may have changed its network: the code and the address follow. */
  #showAddress(/** @type {Contract.Event} */ event) {
    this.#page.style.setProperty("--letters-of-address", String(event.short_address.length));
    if (this.#part(".address").textContent === event.short_address) return;
    const slash = event.short_address.lastIndexOf("/");
    for (const short of this.#page.querySelectorAll(".address")) {
      short.replaceChildren(event.short_address.slice(0, slash), document.createElement("wbr"), event.short_address.slice(slash));
    }
    for (const code of /** @type {NodeListOf<HTMLImageElement>} */ (this.#page.querySelectorAll(".qr"))) {
      code.src = `${code.src.split("?")[0]}?${encodeURIComponent(event.short_address)}`;
    }
  }

  #part(/** @type {string} */ selector) {
    return find(this.#page, selector);
  }
}
