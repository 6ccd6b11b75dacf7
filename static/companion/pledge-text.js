import { byline } from "../shared/content.js";
import { find } from "../shared/page.js";

/** The list of pledges as text, newest first. */
export class PledgeText {
  #list;
  #template;

  constructor(/** @type {HTMLElement} */ list, /** @type {HTMLTemplateElement} */ template) {
    this.#list = list;
    this.#template = template;
  }

  has(/** @type {string} */ id) {
    return Boolean(this.#row(id));
  }

  /** Show a pledge as it is now: in its place, or on top. */
  put(/** @type {Contract.WallPledge} */ pledge) {
    const row = this.#row(pledge.id) ?? this.#addRow(pledge.id);
    find(row, ".text").textContent = pledge.text;
    find(row, ".by").textContent = byline(pledge);
    const outcome = /** @type {HTMLElement | null} */ (row.querySelector(".outcome"));
    if (!outcome) return;
    outcome.dataset.outcome = pledge.outcome;
    find(outcome, ".sentence").textContent = pledge.sentence ?? "";
  }

  remove(/** @type {string[]} */ ids) {
    for (const id of ids) this.#row(id)?.remove();
  }

  clear() {
    this.#list.replaceChildren();
  }

  #row(/** @type {string} */ id) {
    return this.#list.querySelector(`[data-id="${id}"]`);
  }

  #addRow(/** @type {string} */ id) {
    const row = /** @type {HTMLElement} */ (find(this.#template.content, "li").cloneNode(true));
    row.dataset.id = id;
    this.#list.prepend(row);
    return row;
  }
}
