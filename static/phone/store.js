/**
 * What is saved on this phone, in its own storage. What that refuses (it is full, private mode, cookies off) stays in this
 * page's memory, and counts more than what is there, until the storage takes it after all.
 */
export class Store {
  #memory = new Map();

  /** @returns {unknown} what was saved under `name`, or null */
  read(/** @type {string} */ name) {
    if (this.#memory.has(name)) return this.#memory.get(name);
    try {
      return readStorage(name);
    } catch {
      return null;
    }
  }

  write(/** @type {string} */ name, /** @type {unknown} */ value) {
    if (!this.change(name, () => value)) this.#memory.set(name, value);
  }

  remove(/** @type {string} */ name) {
    this.write(name, null);
  }

  /** @returns {boolean} whether the storage took what `change` makes of what it has; null goes */
  change(/** @type {string} */ name, /** @type {(saved: unknown) => unknown} */ change) {
    try {
      const value = change(readStorage(name));
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
function readStorage(/** @type {string} */ name) {
  const saved = localStorage.getItem(name);
  try {
    return JSON.parse(saved ?? "null");
  } catch {
    return null;
  }
}
