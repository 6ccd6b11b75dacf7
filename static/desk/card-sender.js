const LONGEST_TRY_MS = 15_000;
const REFUSED = [409, 413, 422];

/**
 * Sends what a scribe has entered, one after the other. What does not arrive stays in the outbox with its key, so that
 * sending it again stores it once. Its listener hears three things: `stored(card, pledge)`, `refused(card, error)` and
 * `failed(message)`, where the message is empty if the server was not reached.
 */
export class CardSender {
  #outbox;
  #url;
  #token;
  #listener;
  #sending = false;

  /**
   * @param {Phone.Outbox} outbox
   * @param {string} url
   * @param {string} token of the session's forms
   * @param {{stored: (card: Phone.Entry, pledge: Contract.SentPledge) => void,
   *   refused: (card: Phone.Entry, error: Contract.Problem) => void, failed: (message: string) => void}} listener
   */
  constructor(outbox, url, token, listener) {
    this.#outbox = outbox;
    this.#url = url;
    this.#token = token;
    this.#listener = listener;
  }

  /** Send all that waits, also what is added meanwhile. */
  async send() {
    if (this.#sending) return;
    this.#sending = true;
    let [card] = this.#outbox.unsent;
    while (card && (await this.#try(card))) [card] = this.#outbox.unsent;
    this.#sending = false;
  }

  /** @returns {Promise<boolean>} whether to go on with the next one */
  async #try(/** @type {Phone.Entry} */ card) {
    const { status, answer } = await this.#post(card);
    if (answer?.pledge) {
      this.#outbox.drop(card.key);
      this.#listener.stored(card, answer.pledge);
    } else if (answer?.error && REFUSED.includes(status)) {
      this.#outbox.drop(card.key);
      this.#listener.refused(card, answer.error);
    } else {
      this.#listener.failed(answer?.error?.message ?? "");
      return false;
    }
    return true;
  }

  /** @returns {Promise<{status: number, answer: Contract.Answer<{pledge: Contract.SentPledge}> | null}>} */
  async #post(/** @type {Phone.Entry} */ card) {
    try {
      const response = await fetch(this.#url, {
        method: "POST",
        headers: { Accept: "application/json", "X-CSRFToken": this.#token },
        body: new URLSearchParams({ key: card.key, ...card.content }),
        signal: AbortSignal.timeout(LONGEST_TRY_MS),
      });
      return { status: response.status, answer: await response.json() };
    } catch {
      return { status: 0, answer: null };
    }
  }
}
