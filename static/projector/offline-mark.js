const PATIENCE_MS = 5_000;

/** A small mark in a corner that says so, only after the connection has been gone for a while. */
export class OfflineMark {
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
