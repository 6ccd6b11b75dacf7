const STEP = 2;
const WIDEST = 8;

/**
 * The margin that a projector needs which cuts off the edges of its picture: the event's, or this screen's own, which is in
 * its address (`?margin=5`) and so outlives a reload.
 */
export class Overscan {
  #default = 0;

  /** The margin that the organiser chose for every projector. */
  setDefault(/** @type {number} */ margin) {
    this.#default = margin;
    this.#apply();
  }

  /** Somebody at this projector wants more; after the widest, none. */
  widen() {
    const address = new URL(location.href);
    address.searchParams.set("margin", String(this.#margin + STEP > WIDEST ? 0 : this.#margin + STEP));
    history.replaceState(null, "", address);
    this.#apply();
  }

  get #margin() {
    const own = new URLSearchParams(location.search).get("margin");
    return Math.min(WIDEST, own && /^\d{1,2}$/.test(own) ? Number(own) : this.#default);
  }

  #apply() {
    document.documentElement.style.setProperty("--margin", String(this.#margin));
  }
}
