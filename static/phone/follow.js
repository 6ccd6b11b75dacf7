/**
 * Keeps asking, gently, how a stored pledge is doing: when the room has changed, when the page is looked at
 * again, never more often than a hall of phones can afford.
 */

const LEAST_MS = 10_000;
const SPREAD_MS = 5_000;

export class Follow {
  #receipt = "";
  #asked = 0;
  #timer = 0;
  #listener;

  constructor(/** @type {(status: Phone.Status) => void} */ listener) {
    this.#listener = listener;
    document.addEventListener("visibilitychange", () => this.askSoon());
  }

  /** Follow this receipt from now on, and no other. */
  start(/** @type {string} */ receipt) {
    this.#receipt = new URL(receipt, location.href).pathname;
    this.#asked = Date.now();
  }

  stop() {
    this.#receipt = "";
    clearTimeout(this.#timer);
    this.#timer = 0;
  }

  /** Something changed in the room: ask soon. */
  askSoon() {
    if (!this.#receipt || this.#timer || document.hidden) return;
    const rest = Math.max(0, this.#asked + LEAST_MS - Date.now());
    this.#timer = setTimeout(() => this.ask(), rest + Math.random() * SPREAD_MS);
  }

  /** Ask now. */
  async ask() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#asked = Date.now();
    const receipt = this.#receipt;
    try {
      const answer = await fetch(receipt, { headers: { Accept: "application/json" } });
      /** @type {Contract.ReceiptAnswer} */
      const { pledge } = await answer.json();
      if (receipt === this.#receipt && (pledge || answer.status === 404)) this.#listener(pledge?.status ?? "gone");
    } catch {
      // away; the next change in the room asks again
    }
  }
}
