/** @typedef {import("../shared/event-copy.js").Pledge} Pledge */
/** @typedef {"show" | "hide" | "hold" | "pin" | "unpin" | "spotlight"} Decision */

const TO = { shown: "show", hidden: "hide", waiting: "hold" };
const PINS = { pin: "unpin", unpin: "pin" };

/** One decision on one pledge, each with its way back. */
export class Decisions {
  /** @type {(pledge: Pledge) => void} */
  onPledge = () => {};
  /** @type {(wall: any) => void} */
  onWall = () => {};
  #copy;
  #orders;
  #undo;
  #words;

  /**
   * @param {import("../shared/event-copy.js").EventCopy} copy
   * @param {import("./orders.js").Orders} orders
   * @param {import("./undo.js").Undo} undo
   * @param {(name: string) => string} words
   */
  constructor(copy, orders, undo, words) {
    this.#copy = copy;
    this.#orders = orders;
    this.#undo = undo;
    this.#words = words;
  }

  /** Decide on a pledge as it stands on this screen: what somebody changed since is left alone. */
  async decide(/** @type {string} */ id, /** @type {Decision} */ decision) {
    const before = this.#copy.pledges.get(id);
    const wall = this.#copy.event?.wall;
    if (!before || !wall) return;
    if (decision === "spotlight") return this.#spotlight(id, wall);
    const back = PINS[decision] ?? TO[before.status];
    if (await this.#move(before, decision)) {
      this.#undo.offer(this.#words(decision), () => void this.#takeBack(id, back));
    }
  }

  async #takeBack(/** @type {string} */ id, /** @type {Decision} */ back) {
    if (await this.#move(this.#copy.pledges.get(id), back)) this.#undo.offer(this.#words(back), null);
  }

  async #move(/** @type {Pledge} */ pledge, /** @type {Decision} */ decision) {
    const answer = await this.#orders.give(`pledges/${pledge.id}/${decision}`, [["seen", String(pledge.version)]]);
    if (answer) this.onPledge(answer.pledge);
    return Boolean(answer);
  }

  async #spotlight(/** @type {string} */ id, /** @type {any} */ before) {
    const answer = await this.#orders.give("wall/spotlight", [["pledge", id]]);
    if (!answer) return;
    this.onWall(answer.wall);
    this.#undo.offer(this.#words("spotlight"), async () => {
      const back = before.spotlight ? ["spotlight", [["pledge", before.spotlight]]] : ["scene", [["scene", before.scene]]];
      const again = await this.#orders.give(`wall/${back[0]}`, back[1]);
      if (!again) return;
      this.onWall(again.wall);
      this.#undo.offer(this.#words("scene"), null);
    });
  }
}
