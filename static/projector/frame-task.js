/** Does something once before the next frame is drawn, however often it is asked to meanwhile. */
export class FrameTask {
  #task;
  #frame = 0;

  constructor(/** @type {() => void} */ task) {
    this.#task = task;
  }

  schedule() {
    this.#frame ||= requestAnimationFrame(() => this.run());
  }

  run() {
    this.cancel();
    this.#task();
  }

  cancel() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }
}
