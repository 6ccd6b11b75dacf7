/**
 * @typedef {{id: string, letters: number, pinned?: boolean}} Reading a pledge, and how much there is to read
 * @typedef {{panel: number, pledges: Reading[], fresh: boolean}} Stop a panel that the camera can look at, and whether
 *   something on it is still to be written
 */

const LETTERS_A_SECOND = 16;
const SHORTEST_MS = 6_000;
const LONGEST_MS = 30_000;
const SETTLE_MS = 2_000;
const PIN = 2;

/**
 * Who is looked at next, and for how long. It is fair: newcomers come first, then whoever waited longest; the
 * more there is to read, the longer the camera stays. Where something is pinned, waiting counts double.
 */
export class TourPlan {
  #clock = 0;
  /** @type {Map<string, number>} when each pledge was last looked at */
  #seen = new Map();

  /** @returns {{panel: number, ms: number} | null} null where there is nothing to see */
  next(/** @type {Stop[]} */ stops) {
    let best = null;
    for (const stop of stops) {
      const waited = stop.fresh ? Infinity : Math.max(...stop.pledges.map((one) => this.#waited(one)));
      if (!best || waited > best.waited) best = { stop, waited };
    }
    if (!best) return null;
    this.note(best.stop);
    return { panel: best.stop.panel, ms: readingMs(best.stop) };
  }

  #waited(/** @type {Reading} */ { id, pinned }) {
    return (this.#clock - (this.#seen.get(id) ?? 0)) * (pinned ? PIN : 1);
  }

  /** Everybody on this panel is being looked at now. */
  note(/** @type {Stop} */ stop) {
    this.#clock += 1;
    for (const { id } of stop.pledges) this.#seen.set(id, this.#clock);
  }

  /** Whether the room has never seen this pledge. */
  isNew(/** @type {string} */ id) {
    return !this.#seen.has(id);
  }

  /** Forget who is not on the wall any more. */
  retain(/** @type {Set<string>} */ ids) {
    for (const id of this.#seen.keys()) {
      if (!ids.has(id)) this.#seen.delete(id);
    }
  }
}

/** How long a room needs to read a panel, in milliseconds. */
export function readingMs(/** @type {Stop} */ stop) {
  const letters = stop.pledges.reduce((sum, one) => sum + one.letters, 0);
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, SETTLE_MS + (1000 * letters) / LETTERS_A_SECOND));
}
