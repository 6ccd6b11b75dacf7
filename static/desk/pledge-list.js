import { byline } from "../shared/content.js";
import { timeOf } from "../shared/moments.js";
import { find } from "../shared/page.js";
import { bringTo } from "./place.js";

const AT_ONCE = 60;

/** The list of pledges on the desk: rows for the first of them, and more on request, so that thousands stay quick. */
export class PledgeList {
  #list;
  #template;
  #further;
  #most = AT_ONCE;
  /** @type {Map<string, {row: HTMLElement, pledge: Contract.DeskPledge | null}>} */
  #rows = new Map();

  /**
   * @param {HTMLElement} section
   * @param {HTMLTemplateElement} template
   * @param {() => void} changed somebody wants to see more
   */
  constructor(section, template, changed) {
    this.#list = find(section, ".pledges");
    this.#template = template;
    this.#further = find(section, ".further");
    for (const row of /** @type {HTMLCollectionOf<Page.Row>} */ (this.#list.children)) this.#rows.set(row.dataset.id, { row, pledge: null });
    this.#most = Math.max(AT_ONCE, this.#rows.size);
    find(this.#further, "a").addEventListener("click", (clicked) => {
      clicked.preventDefault();
      this.#most += AT_ONCE;
      changed();
    });
    this.#list.addEventListener("focusin", ({ target }) => this.#becomeStop(/** @type {Element} */ (target).closest(".pledge")));
  }

  /**
   * Show these, in this order.
   * @param {Contract.DeskPledge[]} pledges
   * @param {Map<string, string>} people the names of those who decided or entered, by id
   * @param {number} spare how many rows more than usual, since some are done with and only keep their place
   * @returns {Contract.DeskPledge[]} those that have a row
   */
  show(pledges, people, spare) {
    const shown = pledges.slice(0, this.#most + spare);
    const focused = this.#list.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
    const focusedRow = focused?.closest(".pledge");
    const at = focusedRow ? [...this.#list.children].indexOf(focusedRow) : 0;
    const top = focusedRow?.getBoundingClientRect().top ?? -1;
    const wanted = new Set(shown.map(({ id }) => id));
    for (const [id, { row }] of this.#rows) {
      if (wanted.has(id)) continue;
      row.remove();
      this.#rows.delete(id);
    }
    shown.forEach((pledge, index) => {
      const row = this.#rowOf(pledge, people);
      if (this.#list.children[index] !== row) this.#list.insertBefore(row, this.#list.children[index] ?? null);
    });
    this.#further.hidden = pledges.length <= shown.length;
    if (!this.#list.querySelector("[tabindex='0']")) this.#becomeStop(this.#list.firstElementChild);
    if (focused && document.activeElement !== focused) this.#focusAgain(focused, at);
    this.#holdPlace(top);
    return shown;
  }

  /** Whether there are pledges that have no row yet. */
  get isCutOff() {
    return !this.#further.hidden;
  }

  /** @returns {Page.Row | null} the next row after this one whose pledge waits; else the first that does */
  nextWaiting(/** @type {Page.Row} */ row) {
    const rows = /** @type {Page.Row[]} */ ([...this.#list.children]);
    const at = rows.indexOf(row) + 1;
    return [...rows.slice(at), ...rows.slice(0, at)].find(({ dataset }) => dataset.status === "waiting") ?? null;
  }

  /** Give the focus to the row of a pledge, if it has one and nothing else has the focus. */
  focus(/** @type {string} */ id) {
    if (document.activeElement === document.body) this.#rows.get(id)?.row.focus();
  }

  /** The row next to the one that has the focus; the first where none has. */
  moveFocus(/** @type {1 | -1} */ step) {
    const row = document.activeElement?.closest(".pledge");
    const next = step === 1 ? row?.nextElementSibling : row?.previousElementSibling;
    /** @type {HTMLElement | null} */ (next ?? row ?? this.#list.firstElementChild)?.focus();
  }

  /** The pledge that somebody is about to decide stays where it is on the screen, whatever came or went above it. */
  #holdPlace(/** @type {number} */ top) {
    const row = /** @type {HTMLElement | null | undefined} */ (document.activeElement?.closest(".pledges > [data-status=waiting]"));
    if (row && top >= 0 && top < innerHeight) bringTo(this.#list, row, top);
    else this.#list.style.paddingBlock = "";
  }

  #focusAgain(/** @type {HTMLElement} */ focused, /** @type {number} */ at) {
    const place = focused.isConnected ? focused : this.#list.children[Math.min(at, this.#list.children.length - 1)];
    /** @type {HTMLElement | undefined} */ (place)?.focus({ preventScroll: true });
  }

  /** The tab key stops at one row of the list; the keys in it go on from there. */
  #becomeStop(/** @type {Element | null} */ row) {
    for (const before of /** @type {NodeListOf<HTMLElement>} */ (this.#list.querySelectorAll("[tabindex='0']"))) before.tabIndex = -1;
    if (row instanceof HTMLElement) row.tabIndex = 0;
  }

  #rowOf(/** @type {Contract.DeskPledge} */ pledge, /** @type {Map<string, string>} */ people) {
    const known = this.#rows.get(pledge.id) ?? { row: this.#newRow(pledge), pledge: null };
    if (known.pledge !== pledge) fill(known.row, pledge, people);
    known.pledge = pledge;
    this.#rows.set(pledge.id, known);
    return known.row;
  }

  #newRow(/** @type {Contract.DeskPledge} */ pledge) {
    const row = /** @type {HTMLElement} */ (find(this.#template.content, ".pledge").cloneNode(true));
    row.id = `pledge-${pledge.id}`;
    row.dataset.id = pledge.id;
    for (const name of ["action", "formaction", "href"]) {
      for (const one of row.querySelectorAll(`[${name}]`)) one.setAttribute(name, (one.getAttribute(name) ?? "").replace("/ID", `/${pledge.id}`));
    }
    find(row, "[name=pledge]", HTMLButtonElement).value = pledge.id;
    return row;
  }
}

function fill(/** @type {HTMLElement} */ row, /** @type {Contract.DeskPledge} */ pledge, /** @type {Map<string, string>} */ people) {
  row.dataset.status = pledge.status;
  row.dataset.heldFor = pledge.held_for;
  row.dataset.pinned = pledge.pinned ? "yes" : "no";
  row.dataset.erased = pledge.erased ? "yes" : "no";
  find(row, "[name=seen]", HTMLInputElement).value = String(pledge.version);
  find(row, ".text").textContent = pledge.text;
  find(row, ".by").textContent = [byline(pledge), pledge.theme].filter(Boolean).join(" · ");
  for (const number of row.querySelectorAll(".number")) number.textContent = String(pledge.number);
  for (const [kind, who] of Object.entries({ decided: pledge.decided_by, entered: pledge.entered_by })) {
    const place = find(row, `.${kind}`);
    place.hidden = !who;
    find(place, "b").textContent = who ? (people.get(String(who)) ?? "") : "";
  }
  const time = find(row, "time", HTMLTimeElement);
  time.dateTime = pledge.created_at;
  time.textContent = timeOf(pledge.created_at);
}
