import { byline } from "../shared/content.js";
import { find } from "../shared/page.js";

/** The card of a pledge that was sent from here: the note, and honestly where it is. */
export class Card {
  #card;
  #words;
  #outbox;

  constructor(/** @type {HTMLElement} */ card, /** @type {Page.Words} */ words, /** @type {Phone.Outbox} */ outbox) {
    this.#card = card;
    this.#words = words;
    this.#outbox = outbox;
  }

  /** Show an entry; where it is limited, for so many seconds. */
  show(/** @type {Phone.Entry} */ entry, /** @type {Phone.State} */ state, seconds = 0) {
    this.#part("[data-text]").textContent = entry.content.text;
    this.#part("[data-by]").textContent = byline(entry.content);
    const kept = this.#outbox.keeps(entry.key);
    this.#mark("kept", kept);
    const receipt = state === "gone" ? "" : entry.receipt;
    this.#mark("stored", Boolean(receipt));
    this.#mark("shown", state === "shown");
    const said = [entry.receipt ? "" : kept ? "kept" : "unkept", state, receipt && entry.themeless ? "themeless" : ""];
    this.#say(said.filter(Boolean).map((name) => this.#words(name)).join(" ").replace("{seconds}", String(Math.max(2, seconds))));
    this.#part(".after").hidden = !receipt;
    if (receipt) this.#card.querySelector("[data-receipt]")?.setAttribute("href", new URL(receipt).pathname);
    this.#card.hidden = false;
  }

  hide() {
    this.#card.hidden = true;
  }

  /** The note flies up, and a screen reader goes along with it. */
  fly() {
    this.#card.classList.remove("flying");
    void this.#card.offsetWidth; // restarts the animation
    this.#card.classList.add("flying");
    this.#card.focus();
  }

  #say(/** @type {string} */ words) {
    const place = this.#part(".state");
    if (place.textContent !== words) place.textContent = words; // said once, not at each try
  }

  #mark(/** @type {string} */ step, /** @type {boolean} */ done) {
    this.#part(`[data-step=${step}]`).toggleAttribute("data-done", done);
  }

  #part(/** @type {string} */ selector) {
    return find(this.#card, selector);
  }
}
