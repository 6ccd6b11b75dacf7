import { byline } from "../shared/content.js";

/** @typedef {{which: string, text: string}} Wanted a status, "pinned" or "all", and words to search for */

/**
 * Which pledges the list shows, in which order: those that wait first, the longest first; then the others, the newest
 * first. `wall/store/queries/pledges.py` does the same for the first look.
 */
export class Queue {
  /** @type {string[]} the order as it stands */
  #order = [];

  /**
   * @param {Iterable<Contract.DeskPledge>} pledges all of the event
   * @param {Wanted} wanted
   * @param {boolean} still whether everything keeps its place, because somebody is about to tap: then new ones come last
   * @returns {Contract.DeskPledge[]}
   */
  arrange(pledges, wanted, still) {
    const all = new Map([...pledges].map((pledge) => [pledge.id, pledge]));
    const sorted = [...all.values()].filter((pledge) => fits(pledge, wanted)).sort(byNeed);
    const order = sorted.map(({ id }) => id);
    this.#order = still ? [...new Set([...this.#order.filter((id) => all.has(id)), ...order])] : order;
    return this.#order.flatMap((id) => all.get(id) ?? []);
  }
}

/** Those that a single tap may approve together: they wait, for no reason of their own. */
export function withoutFlag(/** @type {Contract.DeskPledge[]} */ pledges) {
  return pledges.filter(({ status, held_for }) => status === "waiting" && !held_for);
}

/** Whether a pledge is one of those: of that status, pinned, or any. */
export function isOne(/** @type {Contract.DeskPledge} */ pledge, /** @type {string} */ which) {
  return which === "all" || (which === "pinned" ? pledge.pinned : pledge.status === which);
}

function byNeed(/** @type {Contract.DeskPledge} */ one, /** @type {Contract.DeskPledge} */ other) {
  const waits = Number(other.status === "waiting") - Number(one.status === "waiting");
  return waits || (one.status === "waiting" ? one.number - other.number : other.number - one.number);
}

function fits(/** @type {Contract.DeskPledge} */ pledge, /** @type {Wanted} */ wanted) {
  if (!isOne(pledge, wanted.which)) return false;
  if (!wanted.text) return true;
  return fold([pledge.number, pledge.text, byline(pledge), pledge.theme].join(" ")).includes(fold(wanted.text));
}

/** For comparing: without case and accents. The Polish ł is a letter of its own to Unicode, though not to who types. */
function fold(/** @type {string} */ text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ł", "l");
}
