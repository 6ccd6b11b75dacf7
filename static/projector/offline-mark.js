const PATIENCE_MS = 5_000;

/** A small pencil mark in a corner, only after the connection has been gone for a while. */
export class PencilMark {
  #mark;
  #timer = 0;

  constructor(/** @type {HTMLElement} */ mark) {
    this.#mark = mark;
  }

  show(/** @type {boolean} */ lost) {
    if (!lost) {
      clearTimeout(this.#timer);
      this.#timer = 0;
      this.#mark.hidden = true;
    } else if (!this.#timer) {
      this.#timer = setTimeout(() => {
        this.#mark.hidden = false;
      }, PATIENCE_MS);
    }
  }
}
