import { byline } from "../shared/content.js";
import { measureNotes } from "./measure.js";
import { countMeToo, frameNote, pinNote, placeNote } from "./note.js";
import { Panels } from "./panels.js";
import { letterFor, planScreen, smallestLetter } from "./screen.js";
import { writeNotes } from "./writing.js";

const NEAR = 1;
const MARGIN_IN_GAPS = 3;

/**
 * @typedef {{pledge: Contract.WallPledge, note: Page.Row, span: number, height: number, letter: number,
 *   place: import("./panels.js").Place, fresh: boolean}} Hung
 */

/**
 * The long wall: every note in its place; only panels near the camera are in the page.
 *
 * When a pledge is taken off or changed, the others keep their places for as long as they can be seen; the wall is laid out
 * anew behind the camera's back, when it goes on.
 */
export class Wall {
  #track;
  #bench;
  #plan;
  #panels;
  /** @type {Map<string, Hung>} in the order of their numbers */
  #notes = new Map();
  /** @type {Map<number, HTMLOListElement>} the panels in the page */
  #near = new Map();
  #at = 0;
  #loose = false;
  #highest = 0;

  /**
   * @param {HTMLElement} track what the camera moves
   * @param {HTMLElement} bench where notes are measured
   */
  constructor(track, bench) {
    this.#track = track;
    this.#bench = bench;
    this.#plan = this.#planFor(0);
    this.#panels = new Panels(this.#plan);
  }

  /**
   * Measure the space that is left for notes, and lay the whole wall out for it where it is another than before.
   * @returns {boolean} whether it was
   */
  fit(/** @type {number} */ metres) {
    const plan = this.#planFor(metres);
    if (JSON.stringify(plan) === JSON.stringify(this.#plan)) return false;
    this.#plan = plan;
    const pledges = [...this.#notes.values()].map(({ pledge }) => pledge);
    this.#takeDownPanels(new Set());
    this.#notes.clear();
    this.#panels = new Panels(this.#plan);
    this.show(pledges, false);
    return true;
  }

  #planFor(/** @type {number} */ metres) {
    const letter = letterFor(innerWidth, innerHeight, metres);
    document.documentElement.style.setProperty("--letter", `${letter}px`);
    const space = { width: this.#track.offsetWidth, height: this.#track.offsetHeight };
    return planScreen(space, letter, smallestLetter(innerHeight));
  }

  /**
   * Have these pledges on the wall and no others. Who goes, goes at once; who comes stays unseen until the camera is
   * there to watch it being written, unless it is `fresh` no more.
   * @param {Contract.WallPledge[]} pledges
   * @param {boolean} fresh
   * @param {boolean} counting whether the numbers of *me too* go on; on a frozen wall they stay
   */
  show(pledges, fresh, counting = true) {
    const wanted = new Map(pledges.map((pledge) => [pledge.id, pledge]));
    for (const [id, one] of this.#notes) {
      const now = wanted.get(id);
      if (!now || !reads(now, one.pledge)) this.#takeOff(id);
      else {
        const me_too = counting ? now.me_too : one.pledge.me_too;
        if (me_too !== one.pledge.me_too) countMeToo(one.note, me_too);
        if (now.pinned !== one.pledge.pinned) pinNote(one.note, now.pinned);
        one.pledge = { ...now, me_too };
      }
    }
    const missing = pledges.filter(({ id }) => !this.#notes.has(id)).sort((one, other) => one.number - other.number);
    this.#hang(missing, fresh);
  }

  /** @returns {import("./tour-plan.js").Stop[]} the panels that have notes on them */
  get stops() {
    /** @type {Map<number, import("./tour-plan.js").Stop>} */
    const stops = new Map();
    for (const [id, { pledge, place: { panel }, fresh }] of this.#notes) {
      const stop = stops.get(panel) ?? /** @type {import("./tour-plan.js").Stop} */ ({ panel, pledges: [], fresh: false });
      stop.pledges.push({ id, letters: pledge.text.length, pinned: pledge.pinned });
      stop.fresh ||= fresh;
      stops.set(panel, stop);
    }
    return [...stops.values()];
  }

  /** @returns {Contract.WallPledge[]} in the order of their numbers */
  get pledges() {
    return [...this.#notes.values()].map(({ pledge }) => pledge);
  }

  get panelCount() {
    return this.#panels.count;
  }

  get panelWidth() {
    return this.#plan.width + this.#plan.gap * MARGIN_IN_GAPS;
  }

  get plan() {
    return this.#plan;
  }

  /** The panels that have something that nobody has seen yet. */
  get freshPanels() {
    const fresh = [...this.#notes.values()].filter((one) => one.fresh);
    return new Set(fresh.map(({ place }) => place.panel));
  }

  /**
   * The camera leaves: what was taken off or changed meanwhile may now be tidied up, unseen.
   * @returns {boolean} whether there was anything to do
   */
  tidy() {
    if (!this.#loose) return false;
    this.#loose = false;
    const sorted = [...this.#notes].sort(([, one], [, other]) => one.pledge.number - other.pledge.number);
    this.#notes = new Map(sorted);
    this.#panels = new Panels(this.#plan);
    const seen = this.#near.get(this.#at);
    for (const [id, one] of this.#notes) {
      if (seen?.contains(one.note)) one.note = /** @type {Page.Row} */ (one.note.cloneNode(true)); // the old one slides away
      one.place = this.#panels.place({ id, span: one.span, height: one.height });
      placeNote(one.note, one.place, one.letter);
    }
    this.#takeDownPanels(new Set([this.#at]));
    if (seen) {
      this.#near.delete(this.#at);
      seen.classList.add("leaving");
    }
    return true;
  }

  /** The camera is not there any more. */
  dropLeaving() {
    for (const leaving of this.#track.querySelectorAll(".leaving")) leaving.remove();
  }

  /** Have no panel in the page. */
  takeDown() {
    this.#takeDownPanels(new Set());
  }

  /** The camera is here: have the panels around it in the page, and no others. */
  showAround(/** @type {number} */ at) {
    this.#at = at;
    const near = new Set();
    for (let index = Math.max(0, at - NEAR); index <= Math.min(at + NEAR, this.#panels.count - 1); index += 1) near.add(index);
    this.#takeDownPanels(near);
    this.dropLeaving();
    if (near.has(at)) this.hangPanel(at);
    void this.#hangNeighbours(at);
  }

  /** Each in a frame of its own: drawing a panel's frames takes a while, and nobody sees it yet. */
  async #hangNeighbours(/** @type {number} */ at) {
    for (const index of [at + NEAR, at - NEAR]) {
      await new Promise(requestAnimationFrame);
      if (this.#at === at && index >= 0 && index < this.#panels.count) this.hangPanel(index);
    }
  }

  /** Have one panel more in the page, where it belongs on the long wall; from far away nobody sees frames. */
  hangPanel(/** @type {number} */ index, framed = true) {
    const near = this.#near.get(index);
    if (near) return near;
    const panel = document.createElement("ol");
    panel.className = "panel";
    panel.style.transform = `translateX(${index * this.panelWidth}px)`;
    for (const one of this.#notes.values()) {
      if (one.place.panel === index) this.#pin(one, panel, framed);
    }
    this.#near.set(index, panel);
    this.#track.append(panel);
    return panel;
  }

  /** Write what is fresh on a panel that can be seen, several hands at once. */
  write(/** @type {number} */ panel) {
    const fresh = [...this.#notes.values()].filter((one) => one.fresh && one.place.panel === panel);
    for (const one of fresh) one.fresh = false;
    void writeNotes(fresh);
  }

  /** Many came at once: whoever is not on this panel is written now, where nobody looks. */
  writeUnseen(/** @type {number} */ except) {
    for (const one of this.#notes.values()) {
      if (!one.fresh || one.place.panel === except) continue;
      one.fresh = false;
      one.note.classList.remove("unwritten");
    }
  }

  #hang(/** @type {Contract.WallPledge[]} */ pledges, /** @type {boolean} */ fresh) {
    for (const { pledge, note, span, height, letter } of measureNotes(pledges, this.#plan, this.#bench)) {
      const known = this.#panels.placeOf(pledge.id);
      const place = known && known.height >= height ? known : this.#panels.place({ id: pledge.id, span, height });
      this.#loose ||= place !== known && pledge.number < this.#highest; // last only until it is tidied up
      this.#highest = Math.max(this.#highest, pledge.number);
      placeNote(note, place, letter);
      note.classList.toggle("unwritten", fresh);
      const hung = { pledge, note, span, height, letter, place, fresh };
      this.#notes.set(pledge.id, hung);
      const panel = this.#near.get(place.panel);
      if (panel) this.#pin(hung, panel);
    }
    if (pledges.length) this.#fillNear();
  }

  #pin(/** @type {Hung} */ { note, letter, place }, /** @type {HTMLElement} */ panel, framed = true) {
    if (framed) frameNote(note, place, letter);
    panel.append(note);
  }

  /** A panel that has just begun may be the camera's neighbour. */
  #fillNear() {
    for (let index = this.#at; index <= Math.min(this.#at + NEAR, this.#panels.count - 1); index += 1) this.hangPanel(index);
  }

  #takeOff(/** @type {string} */ id) {
    this.#notes.get(id)?.note.remove();
    this.#notes.delete(id);
    this.#loose = true;
  }

  #takeDownPanels(/** @type {Set<number>} */ except) {
    for (const [index, panel] of this.#near) {
      if (except.has(index)) continue;
      panel.remove();
      this.#near.delete(index);
    }
  }
}

const READ = /** @type {const} */ (["text", "outcome", "sentence"]);

/** Whether two states of a pledge read the same on the wall. */
function reads(/** @type {Contract.WallPledge} */ one, /** @type {Contract.WallPledge} */ other) {
  return READ.every((field) => one[field] === other[field]) && byline(one) === byline(other);
}
