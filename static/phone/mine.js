import { find } from "../shared/page.js";

/** The pledges that were written on this phone: each with the way to its private page, or why it was never stored. */
export class Mine {
  #section;

  constructor(/** @type {HTMLElement} */ section) {
    this.#section = section;
  }

  /** Newest first. */
  show(/** @type {Phone.Entry[]} */ entries) {
    find(this.#section, "ul").replaceChildren(...entries.map((entry) => this.#row(entry)).reverse());
    this.#section.hidden = !entries.length;
  }

  /** All but the one on the card, and what is still on its way. */
  showExcept(/** @type {string | null} */ onCard, /** @type {Phone.Entry[]} */ entries) {
    this.show(entries.filter(({ key, receipt, refused }) => key !== onCard && (receipt || refused)));
  }

  #row(/** @type {Phone.Entry} */ { content, receipt, refused }) {
    const row = document.createElement("li");
    const text = document.createElement(receipt ? "a" : "p");
    text.dir = "auto";
    text.textContent = content.text;
    if (receipt) text.setAttribute("href", new URL(receipt).pathname);
    row.append(text);
    if (!receipt) {
      const reasons = [...Object.values(refused?.fields ?? {}), this.#section.dataset.unsent];
      row.append(...reasons.map((reason) => Object.assign(document.createElement("p"), { className: "quiet", textContent: reason })));
    }
    return row;
  }
}
