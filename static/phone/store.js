/**
 * Where the phone keeps things: its own storage. What that refuses (it is full, private mode, cookies off) stays in this
 * page's memory, and counts more than what is there, until the storage takes it after all.
 */
export class Keeper {
  #memory = new Map();

  /** @returns {unknown} what was kept under `name`, or null */
  read(/** @type {string} */ name) {
    if (this.#memory.has(name)) return this.#memory.get(name);
    try {
      return stored(name);
    } catch {
      return null;
    }
  }

  keep(/** @type {string} */ name, /** @type {unknown} */ value) {
    if (!this.change(name, () => value)) this.#memory.set(name, value);
  }

  forget(/** @type {string} */ name) {
    this.keep(name, null);
  }

  /** @returns {boolean} whether the storage took what `change` makes of what it has; null goes */
  change(/** @type {string} */ name, /** @type {(kept: unknown) => unknown} */ change) {
    try {
      const value = change(stored(name));
      if (value === null) localStorage.removeItem(name);
      else localStorage.setItem(name, JSON.stringify(value));
      this.#memory.delete(name);
      return true;
    } catch {
      return false;
    }
  }
}

/** Throws where the storage cannot be read; what is damaged is as if it were not there. */
function stored(/** @type {string} */ name) {
  const kept = localStorage.getItem(name);
  try {
    return JSON.parse(kept ?? "null");
  } catch {
    return null;
  }
}
