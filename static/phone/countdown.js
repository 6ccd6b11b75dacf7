/** Counts down until a tablet is cleared for the next person; whoever touches it has the time again. */
export class Countdown {
  #place;
  #words;
  #clear;
  #seconds = 0;
  #left = 0;
  #timer = 0;

  /**
   * @param {HTMLElement} place where the seconds are shown
   * @param {(seconds: number) => string} words
   * @param {() => void} clear
   */
  constructor(place, words, clear) {
    this.#place = place;
    this.#words = words;
    this.#clear = clear;
    for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, () => this.#timer && this.start(this.#seconds));
  }

  start(/** @type {number} */ seconds) {
    this.stop();
    this.#seconds = this.#left = seconds;
    this.#timer = setInterval(() => this.#count(), 1_000);
    this.#show();
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = 0;
  }

  #count() {
    this.#left -= 1;
    if (this.#left > 0) this.#show();
    else this.#clear();
  }

  #show() {
    this.#place.textContent = this.#words(this.#left);
  }
}
