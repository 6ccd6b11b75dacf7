import { measureNotes } from "./measure.js";
import { frameNote } from "./note.js";
import { Panels } from "./panels.js";
import { letterFor, planScreen } from "./screen.js";
import { writeNote } from "./writing.js";

const NEAR = 1;

/** @typedef {import("../shared/event-copy.js").Pledge} Pledge */

/** The long wall: every note in its place; only panels near the camera are in the page. */
export class Wall {
  #track;
  #bench;
  /** @type {import("./screen.js").Plan} */
  #plan;
  /** @type {Panels} */
  #panels;
  /** @type {Map<string, {note: HTMLElement, pledge: Pledge, fresh: boolean}>} */
  #notes = new Map();
  /** @type {Map<number, HTMLOListElement>} the panels in the page */
  #near = new Map();
  #at = 0;

  /**
   * @param {HTMLElement} track what the camera moves
   * @param {HTMLElement} bench where notes are measured
   */
  constructor(track, bench) {
    this.#track = track;
    this.#bench = bench;
    this.#measureScreen();
  }

  /** Put notes up. Fresh ones stay unseen until the camera is there to watch them being written. */
  add(/** @type {Pledge[]} */ pledges, fresh = true) {
    const inOrder = [...pledges].sort((one, other) => one.number - other.number);
    for (const [index, { note, span, height }] of measureNotes(inOrder, this.#plan, this.#bench).entries()) {
      const pledge = inOrder[index];
      const kept = this.#panels.placeOf(pledge.id);
      const place = kept && kept.height >= height ? kept : this.#panels.place(pledge.id, span, height);
      frameNote(note, place, this.#plan.letter);
      note.classList.toggle("unwritten", fresh);
      this.#notes.set(pledge.id, { note, pledge, fresh });
      this.#near.get(place.panel)?.append(note);
    }
    this.look(this.#at);
  }

  /** Take notes down at once. Their places stay empty, so that nothing else moves. */
  remove(/** @type {string[]} */ ids) {
    for (const id of ids) {
      this.#notes.get(id)?.note.remove();
      this.#notes.delete(id);
    }
  }

  /** Write changed notes anew. */
  rewrite(/** @type {Pledge[]} */ pledges) {
    this.remove(pledges.map(({ id }) => id));
    this.add(pledges);
  }

  /** Lay the whole wall out again: another screen, or another beginning. */
  rebuild(/** @type {Pledge[]} */ pledges) {
    for (const panel of this.#near.values()) panel.remove();
    this.#near.clear();
    this.#notes.clear();
    this.#measureScreen();
    this.add(pledges, false);
  }

  /** @returns {import("./tour-plan.js").Stop[]} the panels that have notes on them */
  get stops() {
    /** @type {Map<number, import("./tour-plan.js").Stop>} */
    const stops = new Map();
    for (const [id, { pledge, fresh }] of this.#notes) {
      const { panel } = this.#panels.placeOf(id);
      const stop = stops.get(panel) ?? { panel, letters: 0, fresh: false };
      stop.letters += pledge.text.length;
      stop.fresh ||= fresh;
      stops.set(panel, stop);
    }
    return [...stops.values()];
  }

  get panelWidth() {
    return this.#plan.width + this.#plan.gap * 3;
  }

  /** Have the panels around this one in the page, and no others. */
  look(/** @type {number} */ at) {
    this.#at = at;
    for (const [index, panel] of this.#near) {
      if (Math.abs(index - at) > NEAR) {
        panel.remove();
        this.#near.delete(index);
      }
    }
    for (let index = Math.max(0, at - NEAR); index <= Math.min(at + NEAR, this.#panels.count - 1); index += 1) {
      if (!this.#near.has(index)) this.#hang(index);
    }
  }

  /** Write what is fresh on a panel, several hands at once. */
  write(/** @type {number} */ panel) {
    let hands = 0;
    for (const [id, one] of this.#notes) {
      if (!one.fresh || this.#panels.placeOf(id).panel !== panel) continue;
      one.fresh = false;
      writeNote(one.note, hands);
      hands += 1;
    }
  }

  #hang(/** @type {number} */ index) {
    const panel = document.createElement("ol");
    panel.className = "panel";
    panel.style.transform = `translateX(${index * this.panelWidth}px)`;
    for (const [id, { note }] of this.#notes) {
      if (this.#panels.placeOf(id).panel === index) panel.append(note);
    }
    this.#near.set(index, panel);
    this.#track.append(panel);
  }

  #measureScreen() {
    const letter = letterFor(innerWidth, innerHeight);
    document.documentElement.style.setProperty("--letter", `${letter}px`);
    this.#plan = planScreen(this.#track.getBoundingClientRect(), letter);
    this.#panels = new Panels(this.#plan);
  }
}
