import { find } from "../shared/page.js";
import { bringTo, freeLines } from "./place.js";

const TO_BE_SEEN_MS = 400;
const ENDS_THE_WAIT = ["show", "hide"];

/**
 * Through the queue one by one: when a pledge that waited is decided, the next that waits comes to where it was, so that a thumb need not
 * move. It can be decided once there was time to see it, so the second half of a double tap is not for it.
 */
export class OneByOne {
  #pledges;
  #list;
  #still;
  #moderation;
  #undo;
  #words;
  /** @type {Set<string>} decisions on their way */
  #asked = new Set();
  #timer = 0;

  /**
   * @param {HTMLElement} pledges the element of the list
   * @param {import("./pledge-list.js").PledgeList} list
   * @param {import("./stillness.js").Stillness} still
   * @param {import("./moderation.js").Moderation} moderation
   * @param {import("./undo.js").Undo} undo
   * @param {Page.Words} words
   */
  constructor(pledges, list, still, moderation, undo, words) {
    this.#pledges = pledges;
    this.#list = list;
    this.#still = still;
    this.#moderation = moderation;
    this.#undo = undo;
    this.#words = words;
  }

  /**
   * @param {Page.Row} row
   * @param {import("./moderation.js").Decision} decision
   * @param {HTMLElement} button its own for that decision
   */
  async decide(row, decision, button) {
    const { id, status } = row.dataset;
    const focused = document.activeElement;
    const by = focused === row ? "" : `[data-action=${decision}]`; // a key of the list, or the button itself
    if (this.#asked.has(id) || (by && id === this.#pledges.dataset.come)) return;
    const { top } = (by ? button : row).getBoundingClientRect();
    this.#asked.add(id);
    const done = await this.#moderation.decide(id, decision);
    this.#asked.delete(id);
    if (!done || ![focused, document.body].includes(document.activeElement)) return;
    if (status === "waiting" && ENDS_THE_WAIT.includes(decision)) this.#goOn(row, by, top);
    else if (!button.getClientRects().length) row.focus({ preventScroll: true });
  }

  #goOn(/** @type {Page.Row} */ row, /** @type {string} */ by, /** @type {number} */ top) {
    const next = this.#next(row);
    this.#undo.add(next ? this.#announce(next) : this.#words("none-left"));
    if (!next) return row.focus({ preventScroll: true });
    const place = by ? find(next, by) : next;
    const { from, to } = freeLines();
    const { top: now, height } = place.getBoundingClientRect();
    const above = now - next.getBoundingClientRect().top; // the text, which is to be read
    bringTo(this.#pledges, place, Math.max(from + above, Math.min(top, to - height)));
    const fits = from + above + height <= to; // else it is read first
    (fits ? place : next).focus({ preventScroll: true });
    this.#pledges.dataset.come = next.dataset.id;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => delete this.#pledges.dataset.come, TO_BE_SEEN_MS);
  }

  #next(/** @type {Page.Row} */ row) {
    const next = this.#list.nextWaiting(row);
    if (next || !this.#list.isCutOff) return next;
    this.#still.end(); // those that came meanwhile have no row yet
    return this.#list.nextWaiting(row);
  }

  #announce(/** @type {Page.Row} */ row) {
    const { heldFor } = row.dataset;
    const parts = [".number", ".text", ".by", heldFor && `.held [data-if=${heldFor}]`].map((part) => (part ? find(row, part).textContent : ""));
    const [number = "", text = "", by = "", held = ""] = parts;
    const values = { number, text: [held, text, by].filter(Boolean).join(" ") };
    return this.#words("next").replace(/\{(number|text)\}/g, (_, name) => values[/** @type {keyof typeof values} */ (name)]);
  }
}
