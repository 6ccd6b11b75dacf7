import { channels, contrast, legible } from "../projector/look.js";
import { find } from "../shared/page.js";

const COLOUR = /^#[0-9a-f]{6}$/;

/** The accent colour: typed or picked, with how well it can be read on either wall. Where none is chosen, the wall has its own. */
export class AccentField {
  /** @type {(ink: string) => void} hears of each colour that can be used; empty for the wall's own */
  onChange = () => {};
  #typed;
  #picker;
  #contrasts;

  constructor(/** @type {HTMLFormElement} */ form) {
    this.#typed = find(form, "[name=accent]", HTMLInputElement);
    this.#picker = find(form, "[type=color]", HTMLInputElement);
    this.#contrasts = find(form, ".contrasts");
    this.#picker.hidden = false;
    this.#picker.addEventListener("input", () => {
      this.#typed.value = this.#picker.value;
      this.show();
    });
    this.#typed.addEventListener("input", () => this.show());
  }

  /** Show what is in the field; half a colour is waited for. */
  show() {
    const ink = this.#typed.value.trim().toLowerCase();
    const usable = !ink || COLOUR.test(ink);
    this.#contrasts.hidden = !usable;
    if (!usable) return;
    for (const wall of /** @type {NodeListOf<HTMLElement>} */ (this.#contrasts.querySelectorAll("[data-look]"))) this.#judge(wall, ink);
    this.#picker.value = ink || own(find(this.#contrasts, "[data-look=paper]"), "accent");
    this.onChange(ink);
  }

  #judge(/** @type {HTMLElement} */ wall, /** @type {string} */ ink) {
    const ground = own(wall, "wall");
    const used = ink ? legible(ink, ground) : own(wall, "accent");
    const ratio = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
    wall.style.color = used;
    find(wall, "[data-contrast]").textContent = `${ratio.format(contrast(channels(ink || used), channels(ground)))} : 1`;
    find(wall, "[data-if=enough]").hidden = ink !== "" && ink !== used;
    find(wall, "[data-if=adjusted]").hidden = ink === "" || ink === used;
  }
}

/** A colour that a wall has by itself. */
function own(/** @type {HTMLElement} */ wall, /** @type {string} */ name) {
  return getComputedStyle(wall).getPropertyValue(`--${name}`).trim();
}
