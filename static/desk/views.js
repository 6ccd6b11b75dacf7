import { find } from "../shared/page.js";

/** On a phone the views of the wall open above its other buttons, and close when one is chosen. */
export class Views {
  #remote;
  #button;

  constructor(/** @type {HTMLElement} */ remote) {
    this.#remote = remote;
    this.#button = find(remote, ".views", HTMLButtonElement);
    this.#button.hidden = false;
    this.#set(false);
    this.#button.addEventListener("click", () => this.#set(!this.#isOpen));
    remote.addEventListener("keydown", ({ key }) => key === "Escape" && this.close());
  }

  /** Close them, and leave the focus where they can be opened again. */
  close() {
    if (!this.#isOpen) return;
    this.#set(false);
    this.#button.focus();
  }

  get #isOpen() {
    return this.#button.getAttribute("aria-expanded") === "true";
  }

  #set(/** @type {boolean} */ open) {
    this.#button.setAttribute("aria-expanded", String(open));
    this.#remote.dataset.views = open ? "open" : "closed";
    if (open) find(this.#remote, ".scenes [aria-pressed=true], .scenes button").focus();
  }
}
