/** @typedef {import("../phone/outbox.js").Entry} Entry */

/** What was entered on this page, newest first, and what has become of each card. */
export class JustEntered {
  #section;
  #template;
  /** @type {Map<string, HTMLElement>} by the cards' keys */
  #rows = new Map();
  #numbers = new Intl.NumberFormat(document.documentElement.lang);

  constructor(/** @type {HTMLElement} */ section, /** @type {HTMLTemplateElement} */ template) {
    this.#section = section;
    this.#template = template;
  }

  /** Show a card as it is now: sending, unsent, or with the status and number of its pledge. */
  put(/** @type {Entry} */ card, /** @type {string} */ state, /** @type {number | undefined} */ number = undefined) {
    const row = this.#rows.get(card.key) ?? this.#add(card);
    row.dataset.state = state;
    row.querySelector(".number").textContent = number === undefined ? "" : this.#numbers.format(number);
    this.#count();
  }

  take(/** @type {Entry} */ card) {
    this.#rows.get(card.key)?.remove();
    this.#rows.delete(card.key);
    this.#count();
  }

  #add(/** @type {Entry} */ { key, content }) {
    const row = this.#template.content.firstElementChild.cloneNode(true);
    row.querySelector(".text").textContent = content.text;
    row.querySelector(".by").textContent = [content.name, content.organisation, content.theme].filter(Boolean).join(" · ");
    this.#section.querySelector("ol").prepend(row);
    this.#rows.set(key, row);
    return row;
  }

  #count() {
    this.#section.hidden = this.#rows.size === 0;
    const stored = [...this.#rows.values()].filter((row) => row.querySelector(".number").textContent);
    this.#section.querySelector(".count").textContent = this.#numbers.format(stored.length);
  }
}
