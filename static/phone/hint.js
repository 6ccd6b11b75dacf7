import { patientDetails } from "./guard.js";

/** Stops a text that looks as if it could tell who a patient is, and explains; whoever wrote it decides. */
export class Hint {
  #box;

  constructor(/** @type {HTMLElement} */ box) {
    this.#box = box;
    box.dataset.ready = ""; // from now on a text is looked at before it is sent
  }

  /** @returns {boolean} whether there is something to look at first */
  stops(/** @type {string} */ text) {
    const found = patientDetails(text);
    for (const item of this.#box.querySelectorAll("li")) item.hidden = !found.includes(item.dataset.detail ?? "");
    this.#box.hidden = !found.length;
    if (found.length) this.#box.focus();
    return found.length > 0;
  }

  hide() {
    this.#box.hidden = true;
  }
}
