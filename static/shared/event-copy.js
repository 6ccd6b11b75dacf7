/**
 * @typedef {{id: string, number: number, text: string, name: string, organisation: string, theme: string,
 *   pinned: boolean, created_at: string, version: number, shown_since: number, me_too: number, status?: string, held_for?: string,
 *   decided_by?: number | null, entered_by?: number | null, erased?: boolean, outcome?: string, sentence?: string}} Pledge
 * @typedef {{event: any, from: number, to: number, pledges: Pledge[], removed: string[], people?: Record<string, string>}} Changes
 * @typedef {{added: Pledge[], changed: Pledge[], removed: string[]}} Difference
 */

/** This screen's copy of an event, kept true by changes: the one client model of wall and desk. */
export class EventCopy {
  version = 0;
  /** @type {any} */
  event = null;
  /** @type {Map<string, Pledge>} */
  pledges = new Map();

  /**
   * Apply an answer to *what changed?* if it begins where this copy is.
   * @returns {Difference | "old" | "gap"} what is different now; "old" where it is known already; "gap" where
   *   something in between was missed, and the screen has to ask from its own version
   */
  apply(/** @type {Changes} */ changes) {
    if (changes.from !== this.version) return changes.to <= this.version ? "old" : "gap";
    const difference = { added: [], changed: [], removed: [] };
    for (const pledge of changes.pledges) {
      if (this.#isOlder(pledge)) continue; // an answer to a decision was quicker
      (this.pledges.has(pledge.id) ? difference.changed : difference.added).push(pledge);
      this.pledges.set(pledge.id, pledge);
    }
    for (const id of changes.removed) {
      if (this.pledges.delete(id)) difference.removed.push(id);
    }
    this.event = changes.event;
    this.version = changes.to;
    return difference;
  }

  /** Take in what an answer said of a pledge, ahead of the changes that will say it too. */
  note(/** @type {Pledge} */ pledge) {
    if (!this.#isOlder(pledge)) this.pledges.set(pledge.id, pledge);
  }

  #isOlder(/** @type {Pledge} */ pledge) {
    return pledge.version < (this.pledges.get(pledge.id)?.version ?? 0);
  }

  /** All of it, to be kept. */
  get whole() {
    return { event: this.event, version: this.version, pledges: [...this.pledges.values()] };
  }

  /** Begin with what was kept. */
  restore(/** @type {{event: any, version: number, pledges: Pledge[]}} */ { event, version, pledges }) {
    this.event = event;
    this.version = version;
    this.pledges = new Map(pledges.map((pledge) => [pledge.id, pledge]));
  }

  /** Start again from nothing: the server does not know this copy's version. */
  forget() {
    this.version = 0;
    this.pledges.clear();
  }
}
