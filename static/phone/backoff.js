/** How long to wait before the next try: longer each time, never the same for two phones. */

const FIRST_MS = 500;
const LONGEST_MS = 15_000;

export class Backoff {
  #tries = 0;

  /** Milliseconds to wait now; `least` is what the server asked for, if it did. */
  next(least = 0) {
    const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.#tries);
    this.#tries += 1;
    return least + ceiling * (0.5 + Math.random() / 2);
  }

  /** Something worked: begin again. */
  reset() {
    this.#tries = 0;
  }
}
