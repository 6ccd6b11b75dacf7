import { byline } from "../shared/content.js";
import { find } from "../shared/page.js";

/** What the room is pledging: the latest of the others, and *me too* on each. */
export class MeToo {
  #section;
  #template;
  #store;
  #code;
  #name;

  /**
   * @param {HTMLElement} section
   * @param {HTMLTemplateElement} template one pledge
   * @param {Phone.Store} store
   * @param {string} code the event's
   */
  constructor(section, template, store, code) {
    this.#section = section;
    this.#template = template;
    this.#store = store;
    this.#code = code;
    this.#name = `scribe-wall:${code}:me-too`;
  }

  /** Show these pledges, newest first, but for `own`. A row that stays keeps its place under the finger. */
  show(/** @type {Contract.Pledge[]} */ latest, /** @type {(string | undefined)[]} */ own) {
    const pledges = latest.filter(({ id }) => !own.includes(id));
    const rows = pledges.map((pledge) => this.#fill(this.#row(pledge.id) ?? this.#newRow(pledge.id), pledge));
    const list = find(this.#section, "ol");
    if (rows.some((row, place) => list.children[place] !== row) || list.children.length !== rows.length) list.replaceChildren(...rows);
    this.#section.hidden = !rows.length;
  }

  #fill(/** @type {Page.Row} */ row, /** @type {Contract.Pledge} */ pledge) {
    find(row, ".text").textContent = pledge.text;
    find(row, ".by").textContent = byline(pledge);
    this.#showCount(row, pledge.me_too);
    return row;
  }

  /** @returns {Page.Row | null} */
  #row(/** @type {string} */ id) {
    return this.#section.querySelector(`[data-id="${id}"]`);
  }

  #newRow(/** @type {string} */ id) {
    const row = /** @type {Page.Row} */ (find(this.#template.content, "li").cloneNode(true));
    row.dataset.id = id;
    find(row, "button").addEventListener("click", () => void this.#toggle(row));
    return row;
  }

  #showCount(/** @type {Page.Row} */ row, /** @type {number} */ count) {
    find(row, "button").setAttribute("aria-pressed", String(this.#mine.includes(row.dataset.id)));
    find(row, "[data-me-too]").textContent = count ? new Intl.NumberFormat(document.documentElement.lang).format(count) : "";
  }

  async #toggle(/** @type {Page.Row} */ row) {
    const { id } = row.dataset;
    const said = this.#mine.includes(id);
    const problem = find(this.#section, ".problem");
    try {
      const answer = await fetch(`/e/${this.#code}/pledges/${id}/me-too`, { method: said ? "DELETE" : "POST", headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const { pledge } = await answer.json();
      this.#store.write(this.#name, said ? this.#mine.filter((one) => one !== id) : [...this.#mine, id]);
      this.#showCount(row, pledge.me_too);
      problem.hidden = true;
    } catch {
      problem.hidden = false;
    }
  }

  /** The pledges that this phone says *me too* to. */
  get #mine() {
    return /** @type {string[] | null} */ (this.#store.read(this.#name)) ?? [];
  }
}
