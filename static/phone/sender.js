import { Backoff } from "./backoff.js";

const LONGEST_TRY_MS = 15_000;

/**
 * Sends what the outbox holds, one after the other, and goes on until all of it is stored. What was refused stays there.
 */
export class Sender {
  #outbox;
  #url;
  #listener;
  #backoff = new Backoff();
  #sending = false;
  #timer = 0;

  /**
   * @param {Phone.Outbox} outbox
   * @param {string} url where pledges are posted
   * @param {Phone.SendListener} listener
   */
  constructor(outbox, url, listener) {
    this.#outbox = outbox;
    this.#url = url;
    this.#listener = listener;
  }

  /** Send now what is waiting: something was added, the network came back, the page was opened again. */
  async send() {
    if (this.#sending) return;
    clearTimeout(this.#timer);
    this.#sending = true;
    const tried = new Set();
    const next = () => this.#outbox.unsent.find(({ key }) => !tried.has(key)); // also what was written meanwhile
    try {
      let entry = next();
      while (entry && (await this.#try(entry))) {
        tried.add(entry.key);
        entry = next();
      }
    } finally {
      this.#sending = false;
    }
  }

  /** @returns {Promise<boolean>} whether to go on with the next one */
  async #try(/** @type {Phone.Entry} */ entry) {
    const response = await this.#post(entry);
    /** @type {Contract.Answer<Contract.Stored> | null} */
    const answer = await response?.json().catch(() => null);
    if (answer?.receipt) return this.#noteStored(entry, answer);
    if (!response || !answer?.error?.code) return this.#later("away", 0); // cut off, or not our server: a Wi-Fi log-in page, a proxy
    if (response.status >= 500 || response.status === 429) {
      return this.#later(response.status === 429 ? "limited" : "busy", Number(response.headers.get("Retry-After")));
    }
    if (answer.error.fields?.theme && entry.content.theme) return this.#try(this.#withoutTheme(entry)); // its event offers that no more
    this.#outbox.note(entry.key, { refused: answer.error });
    this.#listener.refused(entry, answer.error);
    return true;
  }

  async #post(/** @type {Phone.Entry} */ entry) {
    try {
      return await fetch(this.#url, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify({ key: entry.key, ...entry.content }),
        signal: AbortSignal.timeout(LONGEST_TRY_MS),
      });
    } catch {
      return null;
    }
  }

  #withoutTheme(/** @type {Phone.Entry} */ entry) {
    const news = { content: { ...entry.content, theme: "" }, themeless: true };
    this.#outbox.note(entry.key, news);
    return { ...entry, ...news };
  }

  #noteStored(/** @type {Phone.Entry} */ entry, /** @type {Contract.Stored} */ answer) {
    this.#backoff.reset();
    const news = { receipt: answer.receipt, status: answer.pledge.status, id: answer.pledge.id, written: answer.pledge.created_at };
    this.#outbox.note(entry.key, news);
    this.#listener.stored({ ...entry, ...news });
    return true;
  }

  #later(/** @type {Phone.Delay} */ why, /** @type {number} */ seconds) {
    this.#listener.delayed(why, seconds);
    this.#timer = setTimeout(() => this.send(), this.#backoff.next(1000 * seconds));
    return false;
  }
}
