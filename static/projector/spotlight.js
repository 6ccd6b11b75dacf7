import { byline } from "../shared/content.js";
import { frameNote, letterNote } from "./note.js";

const LARGEST = 1 / 7;
const MOST_WIDE = 0.86;
const MOST_TALL = 0.84;
const STEP = 0.92;
const FADE_MS = 500;

/** Scene *one*: a single pledge, as large as the screen allows. */
export class Spotlight {
  #place;
  /** @type {string} */
  #shown = "";

  constructor(/** @type {HTMLElement} */ place) {
    this.#place = place;
  }

  /** Show this pledge, or none. */
  show(/** @type {Contract.WallPledge | null} */ pledge) {
    const key = pledge ? JSON.stringify([pledge.id, pledge.text, byline(pledge), pledge.outcome, pledge.sentence, pledge.me_too, innerWidth, innerHeight]) : "";
    if (key === this.#shown) return;
    this.#shown = key;
    this.#place.replaceChildren();
    if (!pledge) return;
    const note = letterNote(pledge);
    note.classList.remove("short");
    this.#place.append(note);
    const letter = this.#fit(note);
    frameNote(note, { width: note.offsetWidth, height: note.offsetHeight }, letter);
    note.animate([{ opacity: 0 }, { opacity: 1 }], { duration: FADE_MS });
  }

  /** @returns {number} the largest letters with which the note fits */
  #fit(/** @type {HTMLElement} */ note) {
    const { clientWidth, clientHeight } = this.#place;
    note.style.maxInlineSize = `${clientWidth * MOST_WIDE}px`;
    let letter = innerHeight * LARGEST;
    do {
      letter *= STEP;
      note.style.setProperty("--letter", `${letter}px`);
    } while (letter > innerHeight / 36 && (note.offsetHeight > clientHeight * MOST_TALL || note.scrollWidth > note.clientWidth + 1));
    return letter;
  }
}
