/** Keeps what is being typed, so that a reload or a locked screen loses nothing. */
export class Draft {
  #keeper;
  #name;

  constructor(/** @type {import("./keeper.js").Keeper} */ keeper, /** @type {string} */ code) {
    this.#keeper = keeper;
    this.#name = `scribe-wall:${code}:draft`;
  }

  /** @returns {import("./outbox.js").Content | null} */
  get kept() {
    return this.#keeper.read(this.#name);
  }

  keep(/** @type {import("./outbox.js").Content} */ content) {
    this.#keeper.keep(this.#name, content);
  }

  forget() {
    this.#keeper.forget(this.#name);
  }
}
