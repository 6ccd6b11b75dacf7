import { byline } from "../shared/content.js";
import { drawFrame } from "./frames.js";
import { letterOutcome } from "./outcome.js";
import { measureOf } from "./tokens.js";
import { line } from "./words.js";

const INKS = 6;

/** A number that belongs to a pledge, for everything that varies: its public id is random already. */
export function seedOf(/** @type {string} */ id) {
  return Number.parseInt(id.slice(0, 8), 16);
}

/** Which of the wall's inks a pledge is written with. */
export function inkOf(/** @type {string} */ id) {
  return Math.floor(seedOf(id) / 7) % INKS;
}

/** How a pledge hangs, from -1 to 1. */
export function tiltOf(/** @type {string} */ id) {
  return ((seedOf(id) >>> 4) % 200) / 100 - 1;
}

/**
 * A note's letters, without place or frame.
 * @param {Contract.WallPledge} pledge
 * @returns {Page.Row}
 */
export function letterNote(pledge) {
  const note = /** @type {HTMLLIElement & Page.Row} */ (document.createElement("li"));
  note.className = "note";
  note.dataset.id = pledge.id;
  note.dataset.ink = String(inkOf(pledge.id));
  if ([...pledge.text].length <= measureOf("short")) note.classList.add("short");
  note.append(line("text", pledge.text));
  const by = byline(pledge);
  if (by) note.append(line("by", `– ${by}`));
  letterOutcome(note, pledge);
  countMeToo(note, pledge.me_too ?? 0);
  pinNote(note, pledge.pinned);
  return note;
}

/** Put a pin into a note, or take it out. */
export function pinNote(/** @type {HTMLElement} */ note, /** @type {boolean} */ pinned) {
  note.classList.toggle("pinned", pinned);
}

/** Say how many in the room say *me too* to a lettered note. */
export function countMeToo(/** @type {HTMLElement} */ note, /** @type {number} */ count) {
  note.querySelector(".me-too")?.remove();
  if (count) note.append(line("me-too", `+${new Intl.NumberFormat(document.documentElement.lang).format(count)}`));
}

/** Give a lettered note its place on the wall, and its tilt. */
export function placeNote(/** @type {Page.Row} */ note, /** @type {import("./panels.js").Place} */ place, /** @type {number} */ letter) {
  const tilt = tiltOf(note.dataset.id) * measureOf("most-tilt");
  note.style.inlineSize = `${place.width}px`;
  note.style.blockSize = `${place.height}px`;
  note.style.left = `${place.x}px`;
  note.style.top = `${place.y}px`;
  note.style.rotate = `${(tilt * letter * 8) / Math.max(place.width, letter * 8)}deg`;
}

/** Draw a note's frame, once: only notes near the camera need one. */
export function frameNote(/** @type {Page.Row} */ note, /** @type {{width: number, height: number}} */ { width, height }, /** @type {number} */ letter) {
  if (note.querySelector(".frame")) return;
  note.prepend(drawFrame({ seed: seedOf(note.dataset.id), width, height, letter }));
}
