/** Puts the wall's scenes on: *join*, *tour*, *one*, *everything*; holds it still, or covers it. */
export class Stage {
  #page;
  #wall;
  #tour;
  #camera;
  #spotlight;
  #scene = "";
  #panels = 0;
  /** @type {import("./screen.js").Plan | null} */
  #plan = null;
  /** @type {Contract.WallPledge | null} the one in the spotlight */
  #one = null;

  /**
   * @param {HTMLElement} page
   * @param {import("./wall.js").Wall} wall
   * @param {import("./tour.js").Tour} tour
   * @param {import("./camera.js").Camera} camera
   * @param {import("./spotlight.js").Spotlight} spotlight
   */
  constructor(page, wall, tour, camera, spotlight) {
    this.#page = page;
    this.#wall = wall;
    this.#tour = tour;
    this.#camera = camera;
    this.#spotlight = spotlight;
  }

  /**
   * @param {Contract.Order} order
   * @param {boolean} canBeJoined whether pledges can be written now
   */
  follow(order, canBeJoined) {
    this.#one = order.scene === "one" ? this.#pledgeFor(order.spotlight) : null;
    const nothingToShow = order.scene === "join" ? !canBeJoined : order.scene === "one" && !this.#one; // it was taken off the wall
    const scene = nothingToShow ? "tour" : order.scene;
    this.#page.dataset.scene = scene;
    this.#page.toggleAttribute("data-blank", order.blank);
    this.#page.toggleAttribute("data-frozen", order.frozen_at !== null);
    this.#spotlight.show(this.#one);
    this.#tour.pause(scene !== "tour" || order.frozen_at !== null);
    const wallIsOther = this.#panels !== this.#wall.panelCount || this.#plan !== this.#wall.plan;
    if (scene === "everything" && (this.#scene !== scene || wallIsOther)) void this.#camera.stepBack();
    else if (scene === "tour" && order.frozen_at !== null) void this.#camera.goTo(this.#camera.at); // the tour stands still
    this.#scene = scene;
    this.#panels = this.#wall.panelCount;
    this.#plan = this.#wall.plan;
  }

  /** @returns {string} the pledge after (1) or before (-1) the one in the spotlight */
  neighbour(/** @type {1 | -1} */ step) {
    const ids = this.#wall.pledges.map(({ id }) => id);
    const here = this.#one ? ids.indexOf(this.#one.id) : ids.length - 1;
    return ids.at((here + step) % ids.length) ?? "";
  }

  /** The pledge that was asked for, or the newest where none was. */
  #pledgeFor(/** @type {string} */ id) {
    const pledges = this.#wall.pledges;
    return (id ? pledges.find((pledge) => pledge.id === id) : pledges.at(-1)) ?? null;
  }
}
