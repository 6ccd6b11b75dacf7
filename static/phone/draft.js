/** Saves what is being typed, so that a reload or a locked screen loses nothing. */
export class Draft {
  #store;
  #name;

  constructor(/** @type {Phone.Store} */ store, /** @type {string} */ code) {
    this.#store = store;
    this.#name = `scribe-wall:${code}:draft`;
  }

  get content() {
    return /** @type {Contract.Content | null} */ (this.#store.read(this.#name));
  }

  save(/** @type {Contract.Content} */ content) {
    this.#store.write(this.#name, content);
  }

  clear() {
    this.#store.remove(this.#name);
  }
}
