import { byline } from "../shared/content.js";
import { find } from "../shared/page.js";

/** What was added last, newest first, and the status of each card. */
export class RecentlyAdded {
  #section;
  #template;
  /** @type {Map<string, HTMLElement>} by the cards' keys */
  #rows = new Map();
  #numbers = new Intl.NumberFormat(document.documentElement.lang);

  constructor(/** @type {HTMLElement} */ section, /** @type {HTMLTemplateElement} */ template) {
    this.#section = section;
    this.#template = template;
  }

  /** Show a card as it is now: sending, unsent, or with the status of its pledge. */
  put(/** @type {Phone.Entry} */ card, /** @type {string} */ state, /** @type {{id: string, number: number} | null} */ pledge = null) {
    const row = this.#rows.get(card.key) ?? this.#add(card);
    row.dataset.state = state;
    if (pledge) this.#attach(row, pledge);
    this.#count();
  }

  remove(/** @type {Phone.Entry} */ card) {
    this.#rows.get(card.key)?.remove();
    this.#rows.delete(card.key);
    this.#count();
  }

  #add(/** @type {Phone.Entry} */ { key, content }) {
    const row = /** @type {HTMLElement} */ (find(this.#template.content, "li").cloneNode(true));
    find(row, ".text").textContent = content.text;
    find(row, ".by").textContent = [byline(content), content.theme].filter(Boolean).join(" · ");
    find(this.#section, "ol").prepend(row);
    this.#rows.set(key, row);
    return row;
  }

  /** From now on the row is that of a pledge, which may have come with the page. */
  #attach(/** @type {HTMLElement} */ row, /** @type {{id: string, number: number}} */ { id, number }) {
    for (const before of this.#section.querySelectorAll(`[data-id="${id}"]`)) if (before !== row) before.remove();
    row.dataset.id = id;
    for (const place of row.querySelectorAll(".number")) place.textContent = this.#numbers.format(number);
    for (const name of ["action", "href"]) {
      for (const one of row.querySelectorAll(`[${name}]`)) one.setAttribute(name, (one.getAttribute(name) ?? "").replace("/ID", `/${id}`));
    }
  }

  #count() {
    const rows = [...this.#section.querySelectorAll("li")];
    this.#section.hidden = rows.length === 0;
    const stored = rows.filter((row) => find(row, ".number").textContent);
    find(this.#section, ".count").textContent = this.#numbers.format(stored.length);
  }
}
