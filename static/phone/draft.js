/** Keeps what is being typed, so that a reload or a locked screen loses nothing. */
export class Draft {
  #keeper;
  #name;

  constructor(/** @type {Phone.Keeper} */ keeper, /** @type {string} */ code) {
    this.#keeper = keeper;
    this.#name = `scribe-wall:${code}:draft`;
  }

  get kept() {
    return /** @type {Contract.Content | null} */ (this.#keeper.read(this.#name));
  }

  keep(/** @type {Contract.Content} */ content) {
    this.#keeper.keep(this.#name, content);
  }

  forget() {
    this.#keeper.forget(this.#name);
  }
}
