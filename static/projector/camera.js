import { arrange } from "./overview.js";

const MOVE_MS = 1_600;
const FADE_MS = 700;
const FRAME_BUDGET_MS = 4;
const TOO_FAR_FOR_FRAMES_PX = 9;
/** A zoom over more panels would stutter; the camera fades instead. */
const MOST_TO_ZOOM = 40;
const EASED = "cubic-bezier(.45, 0, .25, 1)";
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

/** The camera: glides along the long wall, or steps back until all of it can be seen. */
export class Camera {
  #wall;
  #track;
  #at = 0;
  /** @type {import("./overview.js").Overview | null} where everything is while the camera stands back */
  #overview = null;

  /**
   * @param {import("./wall.js").Wall} wall
   * @param {HTMLElement} track what it moves
   */
  constructor(wall, track) {
    this.#wall = wall;
    this.#track = track;
  }

  /** The panel that it looks at. */
  get at() {
    return this.#at;
  }

  /** Go to a panel; done when it is there. `anew`: the wall was tidied up since. */
  async goTo(/** @type {number} */ panel, anew = false) {
    if (this.#overview) await this.#comeBack(this.#overview, panel);
    else if (panel !== this.#at) await this.#glide(panel);
    else if (anew) this.#fade();
    this.#at = panel;
    this.#wall.showAround(panel);
  }

  /** Scene *everything*: step back from where it is; once more when the wall has grown. */
  async stepBack() {
    this.#wall.tidy();
    const overview = arrange(this.#wall.panelCount, this.#wall.panelWidth, this.#wall.plan);
    const first = !this.#overview;
    this.#overview = overview;
    const far = this.#wall.plan.letter * overview.scale < TOO_FAR_FOR_FRAMES_PX;
    this.#track.classList.toggle("far", far);
    const order = [...Array(this.#wall.panelCount).keys()].sort((one, other) => Math.abs(one - this.#at) - Math.abs(other - this.#at));
    let begun = performance.now();
    for (const [turn, index] of order.entries()) {
      this.#wall.hangPanel(index, !far).style.transform = overview.transformOf(index);
      if (turn === 0 && first) this.#stepFrom(overview);
      if (performance.now() - begun < FRAME_BUDGET_MS) continue;
      await new Promise(requestAnimationFrame);
      if (this.#overview !== overview) return;
      begun = performance.now();
    }
    this.#wall.dropLeaving();
    this.#wall.writeUnseen(-1);
  }

  /** The wall was laid out for another screen: begin at its beginning, without a journey. */
  reset() {
    this.#leaveOverview(0);
    this.#at = 0;
    this.#wall.showAround(0);
  }

  #stepFrom(/** @type {import("./overview.js").Overview} */ overview) {
    this.#track.style.transform = "none";
    if (overview.count > MOST_TO_ZOOM) this.#fade();
    else void this.#animate(overview.zoomOn(this.#at), "none");
  }

  #fade() {
    this.#track.animate([{ opacity: 0 }, { opacity: 1 }], { duration: FADE_MS });
  }

  async #comeBack(/** @type {import("./overview.js").Overview} */ overview, /** @type {number} */ panel) {
    this.#overview = null;
    this.#track.classList.remove("far");
    if (overview.count > MOST_TO_ZOOM) this.#fade();
    else if (panel < overview.count) await this.#animate("none", overview.zoomOn(panel));
    this.#leaveOverview(panel);
  }

  /** Put the panels back onto the long wall; the one that is looked at does not move on the screen. */
  #leaveOverview(/** @type {number} */ panel) {
    this.#overview = null;
    this.#track.classList.remove("far");
    this.#wall.takeDown();
    this.#track.style.transform = this.#placeOf(panel);
  }

  #glide(/** @type {number} */ panel) {
    const from = getComputedStyle(this.#track).transform;
    const to = this.#placeOf(panel);
    this.#wall.hangPanel(panel);
    this.#track.style.transform = to;
    return this.#animate(from, to);
  }

  #placeOf(/** @type {number} */ panel) {
    return `translateX(${-panel * this.#wall.panelWidth}px)`;
  }

  #animate(/** @type {string} */ from, /** @type {string} */ to) {
    const frames = CALM.matches ? [{ opacity: 0 }, { opacity: 1 }] : [{ transform: from }, { transform: to }];
    return this.#track.animate(frames, { duration: MOVE_MS, easing: EASED }).finished.catch(() => {});
  }
}
