import { byline } from "../shared/content.js";
import { dayOf, find } from "../shared/page.js";

const A_DAY_MS = 86_400_000;

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
    const saved = this.#outbox.isSaved(entry.key);
    this.#mark("saved", saved);
    const receipt = state === "gone" ? "" : entry.receipt;
    this.#mark("stored", Boolean(receipt));
    this.#mark("shown", state === "shown");
    const said = [entry.receipt ? "" : saved ? "saved" : "unsaved", state, receipt && entry.themeless ? "themeless" : ""];
    this.#say(said.filter(Boolean).map((name) => this.#words(name)).join(" ").replace("{seconds}", String(Math.max(2, seconds))));
    const after = this.#part(".after");
    after.toggleAttribute("inert", !receipt); // its place stays while it is sent, so that what is below stays under the finger
    after.hidden = !receipt && state !== "sending";
    if (receipt) this.#lead(new URL(receipt).pathname, entry.written ?? "");
    this.#card.hidden = false;
  }

  /** To the private page, and on the first day to a reminder; a shared tablet leads nowhere. */
  #lead(/** @type {string} */ page, /** @type {string} */ written) {
    this.#card.querySelector("[data-receipt]")?.setAttribute("href", page);
    const remind = this.#card.querySelector(".remind");
    const isFresh = Date.now() - Date.parse(written) < A_DAY_MS;
    remind?.toggleAttribute("hidden", !isFresh);
    if (isFresh) remind?.setAttribute("href", `${page}/remind-7.ics?written=${dayOf(written)}`);
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
