import { find } from "../shared/page.js";
import { patientDetails } from "./guard.js";

/** Stops a text that looks as if it could identify a patient, and explains; whoever wrote it decides. */
export class Hint {
  #box;

  constructor(/** @type {HTMLElement} */ box) {
    this.#box = box;
    box.dataset.ready = ""; // from now on a text is looked at before it is sent
  }

  /** @returns {boolean} whether there is something to look at first */
  stops(/** @type {string} */ text) {
    const found = patientDetails(text);
    this.#show(found);
    this.#box.focus();
    return Object.keys(found).length > 0;
  }

  /** Also what was found: the next person may hold this screen. */
  hide() {
    this.#show({});
  }

  #show(/** @type {Record<string, string>} */ found) {
    for (const item of this.#box.querySelectorAll("li")) {
      const words = found[item.dataset.detail ?? ""];
      item.hidden = !words;
      find(item, "mark").textContent = words ?? "";
    }
    this.#box.hidden = !Object.keys(found).length;
  }
}
