import { withoutFlag } from "./queue.js";

const MOST_AT_ONCE = 500;

/** One tap approves all in the list that wait without a flag. The others need a look of their own. */
export class Bulk {
  /** @type {(pledges: Contract.DeskPledge[]) => void} */
  onPledges = () => {};
  #button;
  #label;
  #requests;
  #undo;
  #words;
  /** @type {Contract.DeskPledge[]} */
  #those = [];

  /**
   * @param {HTMLButtonElement} button
   * @param {import("./requests.js").Requests} requests
   * @param {import("./undo.js").Undo} undo
   * @param {Page.Words} words
   */
  constructor(button, requests, undo, words) {
    this.#button = button;
    this.#label = button.textContent;
    this.#requests = requests;
    this.#undo = undo;
    this.#words = words;
    button.addEventListener("click", () => void this.#showAll());
  }

  /** The rows that can be read now: nothing else is shown by that tap. */
  offer(/** @type {Contract.DeskPledge[]} */ pledges) {
    this.#those = withoutFlag(pledges).slice(0, MOST_AT_ONCE);
    this.#button.hidden = this.#those.length < 2;
    this.#button.textContent = counted(this.#label, this.#those.length);
  }

  async #showAll() {
    const those = this.#those;
    this.#button.disabled = true;
    const shown = await this.#send("show", those);
    this.#button.disabled = false;
    if (!shown) return;
    const left = those.length - shown.length;
    const said = counted(this.#words("many"), shown.length) + (left ? ` ${this.#words("many-left", left)}` : "");
    this.#undo.offer(said, shown.length ? () => void this.#takeBack(shown) : null);
  }

  async #takeBack(/** @type {Contract.DeskPledge[]} */ shown) {
    const back = await this.#send("hold", shown);
    if (back) this.#undo.offer(counted(this.#words("many-back"), back.length), null);
  }

  /** @returns {Promise<Contract.DeskPledge[] | null>} those that moved; null where the server could not be asked */
  async #send(/** @type {"show" | "hold"} */ to, /** @type {Contract.DeskPledge[]} */ those) {
    const seen = those.map(({ id, version }) => /** @type {[string, string]} */ (["pledge", `${id}:${version}`]));
    const answer = await this.#requests.send("pledges/move", [["to", to], ...seen]);
    if (answer?.pledges) this.onPledges(answer.pledges);
    return answer?.pledges ?? null;
  }
}

function counted(/** @type {string} */ words, /** @type {number} */ count) {
  return words.replace("{count}", new Intl.NumberFormat(document.documentElement.lang).format(count));
}
