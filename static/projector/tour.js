const MOVE_MS = 1_600;
const NOTICE_MS = 400;

/** The tour: the camera goes from panel to panel for as long as the wall is up. */
export class Tour {
  #wall;
  #plan;
  #track;
  #at = 0;
  /** @type {() => void} ends the rest at a panel early */
  #goOn = () => {};

  /**
   * @param {import("./wall.js").Wall} wall
   * @param {import("./tour-plan.js").TourPlan} plan
   * @param {HTMLElement} track
   */
  constructor(wall, plan, track) {
    this.#wall = wall;
    this.#plan = plan;
    this.#track = track;
  }

  async run() {
    for (;;) {
      const stop = this.#plan.next(this.#wall.stops);
      if (stop) await this.#visit(stop.panel);
      await this.#rest(stop?.ms ?? Infinity);
    }
  }

  /** Somebody wrote: the camera goes there soon, or stays where it is if it is there. */
  hurry() {
    const here = this.#wall.stops.find(({ panel }) => panel === this.#at);
    if (here?.fresh) this.#wall.write(this.#at);
    if (this.#wall.stops.some(({ fresh }) => fresh)) setTimeout(this.#goOn, NOTICE_MS);
  }

  /** The wall was laid out anew: begin at its beginning. */
  restart() {
    this.#at = 0;
    this.#move(0);
    this.#goOn();
  }

  async #visit(/** @type {number} */ panel) {
    if (panel !== this.#at) {
      this.#wall.look(panel);
      await this.#move(MOVE_MS, panel);
      this.#at = panel;
    }
    this.#wall.look(panel);
    this.#wall.write(panel);
  }

  /** @returns {Promise<unknown>} when the camera is there */
  #move(/** @type {number} */ ms, panel = this.#at) {
    const from = getComputedStyle(this.#track).transform;
    const to = `translateX(${-panel * this.#wall.panelWidth}px)`;
    this.#track.style.transform = to;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const frames = calm ? [{ opacity: 0 }, { opacity: 1 }] : [{ transform: from }, { transform: to }];
    return this.#track.animate(frames, { duration: ms, easing: "cubic-bezier(.45, 0, .25, 1)" }).finished;
  }

  #rest(/** @type {number} */ ms) {
    return new Promise((resolve) => {
      const timer = Number.isFinite(ms) ? setTimeout(resolve, ms) : 0;
      this.#goOn = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
    });
  }
}
