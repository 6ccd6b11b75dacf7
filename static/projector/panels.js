/**
 * @typedef {{panel: number, x: number, y: number, width: number, height: number}} Place in pixels
 * @typedef {{id: string, span: number, height: number}} Sized a note: how many columns it takes, and how tall it is
 */

/**
 * Where each note is on the long wall: a pure function of the notes, in the order of their numbers, and the
 * screen, so that every projector shows the same wall. Notes go onto the newest panel, where they sit highest; when one
 * does not fit any more, the wall grows by a panel. So notes that come later move nothing.
 */
export class Panels {
  #plan;
  /** @type {number[]} how far each column of the newest panel is filled */
  #filled = [];
  /** @type {Map<string, Place>} */
  #places = new Map();
  count = 0;

  constructor(/** @type {import("./screen.js").Plan} */ plan, /** @type {Iterable<Sized>} */ notes = []) {
    this.#plan = plan;
    for (const note of notes) this.place(note);
  }

  /** @returns {Place | undefined} */
  placeOf(/** @type {string} */ id) {
    return this.#places.get(id);
  }

  /** @returns {Place} the place of one note more; its height is at most the plan's */
  place(/** @type {Sized} */ { id, span, height }) {
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
