/**
 * What is different after changes.
 * @template {Contract.Pledge} P
 * @typedef {{added: P[], changed: P[], removed: string[]}} Difference
 */

/**
 * All of a copy, to be saved.
 * @template {Contract.Pledge} P
 * @typedef {{event: Contract.Event | null, version: number, pledges: P[]}} Whole
 */

/**
 * This screen's copy of an event, brought up to date by changes: the one client model of wall and desk.
 * @template {Contract.Pledge} P as the screen's audience sees it
 */
export class EventCopy {
  version = 0;
  /** @type {Contract.Event | null} */
  event = null;
  /** @type {Map<string, P>} */
  pledges = new Map();

  /**
   * Apply an answer to *what changed?* if it begins where this copy is.
   * @returns {Difference<P> | "old" | "gap"} what is different now; "old" where it is known already; "gap" where
   *   something in between was missed, and the screen has to ask from its own version
   */
  apply(/** @type {Contract.Changes<P>} */ changes) {
    if (changes.from !== this.version) return changes.to <= this.version ? "old" : "gap";
    /** @type {Difference<P>} */
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
  note(/** @type {P} */ pledge) {
    if (!this.#isOlder(pledge)) this.pledges.set(pledge.id, pledge);
  }

  #isOlder(/** @type {P} */ pledge) {
    return pledge.version < (this.pledges.get(pledge.id)?.version ?? 0);
  }

  /** @returns {Whole<P>} */
  get whole() {
    return { event: this.event, version: this.version, pledges: [...this.pledges.values()] };
  }

  /** Begin with what was saved. */
  restore(/** @type {Whole<P>} */ { event, version, pledges }) {
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
