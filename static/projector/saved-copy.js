const PAUSE_MS = 2_000;

/**
 * What this projector has, saved on it: a reload while the server is away shows that, and only then, since
 * something may have been taken off the wall meanwhile.
 */
export class SavedCopy {
  #copy;
  #name;
  #timer = 0;

  constructor(/** @type {import("../shared/event-copy.js").EventCopy<Contract.WallPledge>} */ copy, /** @type {string} */ code, /** @type {string} */ audience) {
    this.#copy = copy;
    this.#name = `scribe-wall:${code}:${audience}`;
    addEventListener("pagehide", () => this.#write());
  }

  /** Save what there is now, soon: a burst is saved once. */
  save() {
    this.#timer ||= setTimeout(() => this.#write(), PAUSE_MS);
  }

  /** @returns {Contract.Event | null} what was restored, if there was something */
  restore() {
    try {
      const saved = JSON.parse(localStorage.getItem(this.#name) ?? "null");
      if (saved) this.#copy.restore(saved);
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
