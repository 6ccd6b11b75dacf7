import { drawFrame } from "../projector/frames.js";
import { legible } from "../projector/look.js";
import { find } from "../shared/page.js";

const LETTERS = 30; // of the wall's height, in a room of which nobody said how deep it is
const METRES_FOR_HEIGHT = 435; // as projector/screen.js has it

/** A small picture of the wall, in the design that is being chosen. */
export class WallPreview {
  #wall;
  #form;
  #ink = "";

  constructor(/** @type {HTMLElement} */ place, /** @type {HTMLFormElement} */ form) {
    this.#wall = find(place, ".wall-picture");
    this.#form = form;
    place.hidden = false;
    form.addEventListener("input", () => this.#show());
    form.addEventListener("change", () => this.#hangLogo());
    new ResizeObserver(() => this.#frame()).observe(find(this.#wall, "ul"));
    document.fonts.addEventListener("loadingdone", () => this.#frame());
    this.#show();
  }

  /** Take an accent colour; empty for the wall's own. */
  setAccent(/** @type {string} */ ink) {
    this.#ink = ink;
    this.#show();
  }

  #show() {
    const { style, dataset } = this.#wall;
    dataset.look = this.#value("look");
    style.removeProperty("--accent");
    if (this.#ink) style.setProperty("--accent", legible(this.#ink, getComputedStyle(this.#wall).getPropertyValue("--wall").trim()));
    style.setProperty("--growth", String(Math.max(1, (LETTERS * Number(this.#value("room_depth"))) / METRES_FOR_HEIGHT)));
    style.setProperty("--margin", String(Math.min(8, Number(this.#value("margin")))));
    find(this.#wall, ".preview-question").textContent = this.#value("question");
    this.#frame();
  }

  #value(/** @type {string} */ name) {
    return String(new FormData(this.#form).get(name) ?? "");
  }

  #hangLogo() {
    const logo = find(this.#wall, ".preview-logo", HTMLImageElement);
    const { files } = find(this.#form, "#logo", HTMLInputElement);
    const removed = this.#form.querySelector("[name=logo]:checked");
    if (files?.[0]) logo.src = URL.createObjectURL(files[0]);
    logo.hidden = Boolean(removed && !files?.[0]) || !logo.src;
  }

  /** Frames are drawn for the size that a note has. */
  #frame() {
    for (const [seed, note] of [...this.#wall.querySelectorAll(".note")].entries()) {
      note.querySelector(".frame")?.remove();
      const { offsetWidth: width, offsetHeight: height } = /** @type {HTMLElement} */ (note);
      const letter = Number.parseFloat(getComputedStyle(note).fontSize);
      note.prepend(drawFrame({ seed, width, height, letter }));
    }
  }
}
