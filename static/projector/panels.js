/**
 * @typedef {{panel: number, x: number, y: number, width: number, height: number}} Place in pixels
 */

/**
 * Where each note is on the long wall. Notes go onto the newest panel, in the column that is shortest; when one
 * does not fit any more, the wall grows by a panel. A place is never given away again while the wall is up,
 * so nothing jumps when a note is hidden, and one that is shown again comes back to where it was.
 */
export class Panels {
  #plan;
  /** @type {number[]} how far each column of the newest panel is filled */
  #filled = [];
  /** @type {Map<string, Place>} */
  #places = new Map();
  count = 0;

  constructor(/** @type {import("./screen.js").Plan} */ plan) {
    this.#plan = plan;
  }

  /** @returns {Place | undefined} */
  placeOf(/** @type {string} */ id) {
    return this.#places.get(id);
  }

  /**
   * Find a place for a note of this size.
   * @param {string} id
   * @param {number} span in columns
   * @param {number} height at most the plan's
   * @returns {Place}
   */
  place(id, span, height) {
    let column = this.#bestColumn(span, height);
    if (column === -1) {
      this.#filled = Array(this.#plan.columns).fill(0);
      this.count += 1;
      column = 0;
    }
    const { column: width, gap } = this.#plan;
    const y = this.#top(column, span);
    const place = { panel: this.count - 1, x: column * (width + gap), y, width: width * span + gap * (span - 1), height };
    this.#filled.fill(y + height + gap, column, column + span);
    this.#places.set(id, place);
    return place;
  }

  /** @returns {number} the first of `span` columns where the note sits highest, or -1 */
  #bestColumn(/** @type {number} */ span, /** @type {number} */ height) {
    let best = -1;
    for (let column = 0; column + span <= this.#filled.length; column += 1) {
      const top = this.#top(column, span);
      if (top + height <= this.#plan.height && (best === -1 || top < this.#top(best, span))) best = column;
    }
    return best;
  }

  #top(/** @type {number} */ column, /** @type {number} */ span) {
    return Math.max(...this.#filled.slice(column, column + span));
  }
}
