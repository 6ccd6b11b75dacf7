const PAUSE_MS = 2_000;

/**
 * What this projector has, kept on it: a reload while the server is away shows that, and only then, since
 * something may have been taken off the wall meanwhile.
 */
export class KeptCopy {
  #copy;
  #name;
  #timer = 0;

  constructor(/** @type {import("../shared/event-copy.js").EventCopy<Contract.WallPledge>} */ copy, /** @type {string} */ code, /** @type {string} */ told) {
    this.#copy = copy;
    this.#name = `scribe-wall:${code}:${told}`;
    addEventListener("pagehide", () => this.#write());
  }

  /** Keep what there is now, soon: a burst is kept once. */
  keep() {
    this.#timer ||= setTimeout(() => this.#write(), PAUSE_MS);
  }

  /** @returns {Contract.Event | null} what was restored, if there was something */
  restore() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.#name) ?? "null");
      if (kept) this.#copy.restore(kept);
      return this.#copy.event;
    } catch {
      return null; // refused or damaged: the wall waits for the server
    }
  }

  #write() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (!this.#copy.event) return;
    try {
      localStorage.setItem(this.#name, JSON.stringify(this.#copy.whole));
    } catch {
      // refused or full: a reload needs the server then
    }
  }
}
