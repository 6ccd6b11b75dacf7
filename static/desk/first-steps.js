import { Store } from "../phone/store.js";
import { find } from "../shared/page.js";

/**
 * The list of what a new event needs. What the server knows is ticked by itself; this browser remembers the rest, and that
 * the list was hidden. When the first pledge is here it has done its work.
 */
export class FirstSteps {
  #place;
  #store = new Store();
  #name;

  constructor(/** @type {Page.With<"event">} */ place, /** @type {HTMLElement} */ pledges) {
    this.#place = place;
    this.#name = `first-steps:${place.dataset.event}`;
    const { hidden, ticked } = this.#saved;
    if (hidden) return;
    for (const box of this.#boxes) box.checked ||= ticked.includes(box.name);
    place.addEventListener("change", () => this.#save(false));
    find(place, "button").addEventListener("click", () => {
      this.#save(true);
      place.remove();
    });
    new MutationObserver(() => pledges.childElementCount && place.remove()).observe(pledges, { childList: true });
    place.dataset.ready = "";
  }

  /** The server has learnt that a step is taken. */
  tick(/** @type {string} */ step) {
    const box = this.#boxes.find(({ name }) => name === step);
    if (box) box.checked = box.disabled = true;
  }

  get #boxes() {
    return [.../** @type {NodeListOf<HTMLInputElement>} */ (this.#place.querySelectorAll("[type=checkbox]"))];
  }

  /** @returns {{hidden: boolean, ticked: string[]}} */
  get #saved() {
    return /** @type {{hidden: boolean, ticked: string[]} | null} */ (this.#store.read(this.#name)) ?? { hidden: false, ticked: [] };
  }

  #save(/** @type {boolean} */ hidden) {
    const ticked = this.#boxes.filter((box) => box.checked && !box.disabled).map(({ name }) => name);
    this.#store.write(this.#name, { hidden, ticked });
  }
}
