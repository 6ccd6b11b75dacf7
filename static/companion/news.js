import { find } from "../shared/page.js";

const PAUSE_MS = 10_000;

/** Says what is new to those who listen, politely: at most once in ten seconds, however much there is. */
export class News {
  #place;
  #words;
  /** @type {string[]} */
  #unsaid = [];
  #timer = 0;

  constructor(/** @type {HTMLElement} */ place, /** @type {HTMLTemplateElement} */ words) {
    this.#place = place;
    this.#words = words;
  }

  add(/** @type {{text: string}[]} */ pledges) {
    this.#unsaid.push(...pledges.map(({ text }) => text));
    if (!this.#timer) this.#say();
  }

  #say() {
    if (!this.#unsaid.length) {
      this.#timer = 0;
      return;
    }
    const count = this.#unsaid.length;
    const { lang } = document.documentElement;
    const which = count === 1 ? "[data-word=one]" : `[data-count=${new Intl.PluralRules(lang).select(count)}]`;
    const words = find(this.#words.content, which).textContent;
    this.#place.textContent = words.replace("{text}", () => this.#unsaid[0] ?? "").replace("{count}", new Intl.NumberFormat(lang).format(count));
    this.#unsaid = [];
    this.#timer = setTimeout(() => this.#say(), PAUSE_MS);
  }
}
