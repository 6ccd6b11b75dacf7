import { find } from "../shared/page.js";

const LASTS_MS = 10_000;

/** The bar that says what was done, and takes it back with one tap while it is there. A screen reader hears it too. */
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
    this.#bar.dataset.shown = "yes";
    find(this.#bar, "button").hidden = !back;
    this.#say(said);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#hide(), LASTS_MS);
  }

  /** What a screen reader hears besides, since the others see it. */
  add(/** @type {string} */ more) {
    find(this.#bar, ".more-said").textContent = more;
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
    this.#bar.dataset.shown = "no";
    find(this.#bar, "button").hidden = true;
    this.#say("");
  }

  #say(/** @type {string} */ said) {
    find(this.#bar, ".said").textContent = said;
    this.add("");
  }
}
