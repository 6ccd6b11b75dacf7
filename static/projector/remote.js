/**
 * Whose order counts: the organiser's, for every projector, or that of the keys, for this one alone until the organiser
 * chooses something new.
 */
export class Remote {
  /** @type {Contract.Order} */
  #organiser = { scene: "tour", spotlight: "", frozen_at: null, blank: false };
  /** @type {Partial<Contract.Order>} */
  #keys = {};

  /** @returns {Contract.Order} */
  get order() {
    return { ...this.#organiser, ...this.#keys };
  }

  /** The organiser's order, as it came with the event. */
  receive(/** @type {Contract.Order} */ { scene, spotlight, frozen_at, blank }) {
    const order = { scene, spotlight, frozen_at, blank };
    if (JSON.stringify(order) !== JSON.stringify(this.#organiser)) this.#keys = {};
    this.#organiser = order;
  }

  /** Somebody at this projector wants something else. */
  press(/** @type {Partial<Contract.Order>} */ wanted) {
    this.#keys = { ...this.#keys, ...wanted };
  }
}

/**
 * The pledges that may be on the wall now: while it is frozen, only those that were on it then.
 * @param {Iterable<Contract.WallPledge>} pledges
 * @param {Contract.Order} order
 */
export function pledgesOnTheWall(pledges, { frozen_at }) {
  return [...pledges].filter(({ shown_since }) => frozen_at === null || shown_since <= frozen_at);
}
