/** Does something once before the next frame is drawn, however often it is asked to meanwhile. */
export class BeforeFrame {
  #task;
  #frame = 0;

  constructor(/** @type {() => void} */ task) {
    this.#task = task;
  }

  soon() {
    this.#frame ||= requestAnimationFrame(() => this.now());
  }

  now() {
    this.forget();
    this.#task();
  }

  forget() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }
}
