const NOTICE_MS = 400;
const BURST_MS = 6_000;

/** Scene *tour*: the camera goes from panel to panel for as long as the wall is up. */
export class Tour {
  #wall;
  #plan;
  #camera;
  #paused = true;
  /** @type {() => void} ends the rest at a panel early */
  #goOn = () => {};

  /**
   * @param {import("./wall.js").Wall} wall
   * @param {import("./tour-plan.js").TourPlan} plan
   * @param {import("./camera.js").Camera} camera
   */
  constructor(wall, plan, camera) {
    this.#wall = wall;
    this.#plan = plan;
    this.#camera = camera;
    void this.#run();
  }

  /** Hold the camera where it is, or let it go on. */
  pause(/** @type {boolean} */ yes) {
    if (this.#paused === yes) return;
    this.#paused = yes;
    this.#goOn();
  }

  /** Somebody wrote: the camera goes there soon, or stays where it is if it is there. */
  hurry() {
    if (this.#paused) return;
    if (this.#wall.freshPanels.has(this.#camera.at)) this.#seeHere();
    const elsewhere = this.#wall.freshPanels.size;
    if (elsewhere > 1) this.#wall.writeUnseen(this.#camera.at); // a burst: nobody waits for the camera
    if (elsewhere) setTimeout(this.#goOn, NOTICE_MS);
  }

  /** The wall was laid out anew: look again. */
  restart() {
    this.#camera.reset();
    this.#goOn();
  }

  async #run() {
    for (;;) {
      if (this.#paused) {
        await this.#rest(Infinity);
        continue;
      }
      const anew = this.#wall.tidy();
      const stop = this.#plan.next(this.#wall.stops);
      if (stop) {
        await this.#camera.goTo(stop.panel, anew);
        this.#wall.write(stop.panel);
      }
      await this.#rest(stop ? this.#restAt(stop) : Infinity);
    }
  }

  #seeHere() {
    this.#wall.write(this.#camera.at);
    const here = this.#wall.stops.find(({ panel }) => panel === this.#camera.at);
    if (here) this.#plan.note(here);
  }

  /** As long as reading takes; while there are newcomers whom nobody has seen, a little less. */
  #restAt(/** @type {{ms: number}} */ { ms }) {
    const waiting = this.#wall.pledges.some(({ id }) => this.#plan.isNew(id));
    return waiting ? Math.min(ms, BURST_MS) : ms;
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
