/**
 * Where the phone keeps things: its own storage, or this page's memory where that is refused
 * (private mode, cookies off). What is kept in memory lives as long as the page.
 */
export class Keeper {
  #memory = new Map();

  /** @returns {any} what was kept under `name`, or null */
  read(/** @type {string} */ name) {
    try {
      const kept = localStorage.getItem(name);
      if (kept !== null) return JSON.parse(kept);
    } catch {
      // refused or damaged: the memory below is all there is
    }
    return this.#memory.get(name) ?? null;
  }

  keep(/** @type {string} */ name, /** @type {any} */ value) {
    this.#memory.set(name, value);
    try {
      localStorage.setItem(name, JSON.stringify(value));
    } catch {
      // refused or full: kept in memory
    }
  }

  forget(/** @type {string} */ name) {
    this.#memory.delete(name);
    try {
      localStorage.removeItem(name);
    } catch {
      // refused: it was never there
    }
  }
}
