const AFTER_TOUCH_MS = 2_500;

/**
 * While somebody taps or presses keys in the list, everything keeps its place: no row slides under a finger because a
 * decision, one's own or somebody else's, took another row away.
 */
export class Stillness {
  /** How often it was touched since it began. */
  touches = 0;
  #timer = 0;
  #ended;

  constructor(/** @type {HTMLElement} */ list, /** @type {() => void} */ ended) {
    this.#ended = ended;
    for (const touch of ["pointerdown", "keydown"]) list.addEventListener(touch, () => this.#begin());
  }

  /** Whether it holds now. */
  get now() {
    return this.#timer !== 0;
  }

  /** The list may be put in order again. */
  end() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.touches = 0;
    this.#ended();
  }

  #begin() {
    this.touches += 1;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.end(), AFTER_TOUCH_MS);
  }
}
