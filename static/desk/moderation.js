/** @typedef {"show" | "hide" | "hold" | "pin" | "unpin"} Decision */

/** @type {Partial<Record<Contract.Status, Decision>>} */
const TO = { shown: "show", hidden: "hide", waiting: "hold" };
/** @type {Partial<Record<Decision, Decision>>} */
const PINS = { pin: "unpin", unpin: "pin" };

/** One decision on one pledge, each with its way back. */
export class Moderation {
  /** @type {(pledge: Contract.DeskPledge) => void} */
  onPledge = () => {};
  /** @type {(id: string) => void} a decision was taken back */
  onTakenBack = () => {};
  #copy;
  #requests;
  #undo;
  #words;
  #me;

  /**
   * @param {import("../shared/event-copy.js").EventCopy<Contract.DeskPledge>} copy
   * @param {import("./requests.js").Requests} requests
   * @param {import("./undo.js").Undo} undo
   * @param {Page.Words} words
   * @param {number} me who decides here
   */
  constructor(copy, requests, undo, words, me) {
    this.#copy = copy;
    this.#requests = requests;
    this.#undo = undo;
    this.#words = words;
    this.#me = me;
  }

  /**
   * Decide on a pledge as it stands on this screen: what somebody changed since is left alone.
   * @param {string} id
   * @param {Decision} decision
   * @returns {Promise<boolean>} whether it was done
   */
  async decide(id, decision) {
    const before = this.#copy.pledges.get(id);
    if (!before) return false;
    const back = PINS[decision] ?? TO[before.status];
    const after = await this.#send(before, decision);
    if (!after) return false;
    const mine = decision in PINS || after.decided_by === this.#me; // somebody was quicker with the same: that is theirs
    this.#undo.offer(this.#words(decision), mine && back ? () => void this.#takeBack(after, back) : null);
    return true;
  }

  /** Only what was decided here is taken back: whoever changed it since is not undone. */
  async #takeBack(/** @type {Contract.DeskPledge} */ after, /** @type {Decision} */ back) {
    if (!(await this.#send(after, back))) return;
    this.#undo.offer(this.#words(back), null);
    this.onTakenBack(after.id);
  }

  /** @returns {Promise<Contract.DeskPledge | null>} the pledge as it is then, or null where nothing was done */
  async #send(/** @type {Contract.DeskPledge} */ seen, /** @type {Decision} */ decision) {
    const answer = await this.#requests.send(`pledges/${seen.id}/${decision}`, [["seen", String(seen.version)]]);
    if (answer?.pledge) this.onPledge(answer.pledge);
    return answer?.pledge ?? null;
  }
}
