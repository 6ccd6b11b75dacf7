import { harmless } from "./queue.js";

/** @typedef {import("../shared/event-copy.js").Pledge} Pledge */

const MOST_AT_ONCE = 500;

/** One tap for all that wait in the list and that nothing speaks against. The others want a look of their own. */
export class Bulk {
  /** @type {(pledges: Pledge[]) => void} */
  onPledges = () => {};
  #button;
  #label;
  #orders;
  #undo;
  #words;
  /** @type {Pledge[]} */
  #those = [];

  /**
   * @param {HTMLButtonElement} button
   * @param {import("./orders.js").Orders} orders
   * @param {import("./undo.js").Undo} undo
   * @param {(name: string) => string} words
   */
  constructor(button, orders, undo, words) {
    this.#button = button;
    this.#label = button.textContent;
    this.#orders = orders;
    this.#undo = undo;
    this.#words = words;
    button.addEventListener("click", () => void this.#showAll());
  }

  /** The list as it is looked at now. */
  hear(/** @type {Pledge[]} */ pledges) {
    this.#those = harmless(pledges);
    this.#button.hidden = this.#those.length < 2;
    this.#button.textContent = counted(this.#label, this.#those.length);
  }

  async #showAll() {
    const those = this.#those;
    this.#button.disabled = true;
    const shown = await this.#move("show", those);
    this.#button.disabled = false;
    if (!shown.length) return;
    const left = those.length - shown.length;
    const said = counted(this.#words("many"), shown.length) + (left ? ` ${counted(this.#words("many-left"), left)}` : "");
    this.#undo.offer(said, () => void this.#takeBack(shown));
  }

  async #takeBack(/** @type {Pledge[]} */ shown) {
    const back = await this.#move("hold", shown);
    this.#undo.offer(counted(this.#words("many-back"), back.length), null);
  }

  async #move(/** @type {"show" | "hold"} */ to, /** @type {Pledge[]} */ those) {
    /** @type {Pledge[]} */
    const moved = [];
    for (let from = 0; from < those.length; from += MOST_AT_ONCE) {
      const some = those.slice(from, from + MOST_AT_ONCE).map(({ id, version }) => ["pledge", `${id}:${version}`]);
      const answer = await this.#orders.give("pledges/move", [["to", to], ...some]);
      if (!answer) break;
      moved.push(...answer.pledges);
    }
    this.onPledges(moved);
    return moved;
  }
}

function counted(/** @type {string} */ words, /** @type {number} */ count) {
  return words.replace("{count}", new Intl.NumberFormat(document.documentElement.lang).format(count));
}
