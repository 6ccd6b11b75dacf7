const KEPT_AS = "scribe-wall:keys";

/** Whether single keys work on this screen: they are in the way of those who speak to their computer, or touch keys by accident. */
export class KeySwitch {
  #box;

  constructor(/** @type {HTMLInputElement} */ box) {
    this.#box = box;
    try {
      box.checked = localStorage.getItem(KEPT_AS) !== "off";
    } catch {
      // refused: they work until they are switched off
    }
    box.addEventListener("change", () => this.#keep());
  }

  get on() {
    return this.#box.checked;
  }

  #keep() {
    try {
      localStorage.setItem(KEPT_AS, this.on ? "on" : "off");
    } catch {
      // refused or full: it holds until the page is loaded again
    }
  }
}
