/**
 * @typedef {{panel: number, letters: number, fresh: boolean}} Stop a panel to look at: how much there is to read,
 *   and whether something on it has not been seen yet
 */

const LETTERS_A_SECOND = 16;
const SHORTEST_MS = 6_000;
const LONGEST_MS = 30_000;
const SETTLE_MS = 2_000;

/** Which panel the camera looks at next, and for how long: newcomers first, then whoever waited longest. */
export class TourPlan {
  #clock = 0;
  /** @type {Map<number, number>} */
  #shownAt = new Map();

  /**
   * @param {Stop[]} stops the panels that have something to read
   * @returns {{panel: number, ms: number} | null} null where there is nothing to see
   */
  next(stops) {
    const order = [...stops].sort(
      (one, other) => Number(other.fresh) - Number(one.fresh) || this.#last(one) - this.#last(other) || one.panel - other.panel,
    );
    const stop = order[0];
    if (!stop) return null;
    this.#clock += 1;
    this.#shownAt.set(stop.panel, this.#clock);
    return { panel: stop.panel, ms: readingMs(stop.letters) };
  }

  #last(/** @type {Stop} */ stop) {
    return this.#shownAt.get(stop.panel) ?? 0;
  }
}

/** How long a room needs to read so many letters, in milliseconds. */
export function readingMs(/** @type {number} */ letters) {
  const needed = SETTLE_MS + (1000 * letters) / LETTERS_A_SECOND;
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, needed));
}
