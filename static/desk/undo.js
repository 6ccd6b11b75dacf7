import { find } from "../shared/page.js";

const LASTS_MS = 10_000;

/** The bar that says what was done, and takes it back with one tap while it is there. */
export class Undo {
  #bar;
  #timer = 0;
  /** @type {(() => void) | null} */
  #back = null;

  constructor(/** @type {HTMLElement} */ bar) {
    this.#bar = bar;
    find(bar, "button").addEventListener("click", () => this.now());
  }

  /** Say what was done. `back` takes it back; without it, it is only said. */
  offer(/** @type {string} */ said, /** @type {(() => void) | null} */ back) {
    this.#back = back;
    this.#bar.hidden = false;
    find(this.#bar, "button").hidden = !back;
    find(this.#bar, "span").textContent = said;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#hide(), LASTS_MS);
  }

  /** There is nothing to take back any more. */
  forget() {
    this.#hide();
  }

  now() {
    const back = this.#back;
    this.#hide();
    back?.();
  }

  #hide() {
    this.#back = null;
    this.#bar.hidden = true;
    find(this.#bar, "span").textContent = "";
  }
}
