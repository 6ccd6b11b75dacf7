/** @typedef {import("./outbox.js").Entry} Entry */

/** The pledges that were written on this phone, each with the way to its private page. */
export class Mine {
  #section;
  #unsent;

  /**
   * @param {HTMLElement} section
   * @param {string} unsent what is said of one that was never stored
   */
  constructor(section, unsent) {
    this.#section = section;
    this.#unsent = unsent;
  }

  /** Newest first. */
  show(/** @type {Entry[]} */ entries) {
    this.#section.querySelector("ul").replaceChildren(...entries.map((entry) => this.#row(entry)).reverse());
    this.#section.hidden = !entries.length;
  }

  #row(/** @type {Entry} */ { content, receipt }) {
    const row = document.createElement("li");
    const text = document.createElement(receipt ? "a" : "p");
    text.dir = "auto";
    text.textContent = content.text;
    if (receipt) text.setAttribute("href", new URL(receipt).pathname);
    row.append(text);
    if (!receipt) row.append(Object.assign(document.createElement("p"), { className: "quiet", textContent: this.#unsent }));
    return row;
  }
}
