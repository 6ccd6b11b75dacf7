import { letterNote } from "./note.js";
import { widthOf } from "./screen.js";

const TALLEST = 0.5;
const LETTERS_ON_A_LINE = 1.9;
const SHRINK = 0.92;
/** What a text gives up that would not fit on a whole panel: its line breaks, then its air, last its size. */
const SAVINGS = ["run-on", "tight"];

/** @typedef {{note: HTMLElement, span: number, height: number, letter: number}} Measured */

/**
 * Letters notes and finds how large each must be, all in one go, out of sight.
 *
 * A long text gets more columns, not smaller letters; only one that fills a whole panel gets smaller ones, and
 * never below the smallest that the room can read.
 * @param {import("../shared/event-copy.js").Pledge[]} pledges
 * @param {import("./screen.js").Plan} plan
 * @param {HTMLElement} bench where notes can be measured
 * @returns {Measured[]}
 */
export function measureNotes(pledges, plan, bench) {
  const measured = pledges.map((pledge) => ({
    note: letterNote(pledge),
    span: guessSpan(pledge.text, plan),
    height: 0,
    letter: plan.letter,
  }));
  bench.append(...measured.map(({ note }) => note));
  let unfinished = measured;
  while (unfinished.length) {
    for (const one of unfinished) one.note.style.inlineSize = `${widthOf(plan, one.span)}px`;
    for (const one of unfinished) one.height = Math.ceil(one.note.getBoundingClientRect().height);
    unfinished = unfinished.filter((one) => one.height > plan.height * TALLEST && save(one, plan));
  }
  for (const { note } of measured) note.remove();
  return measured;
}

/** @returns {boolean} whether there was something left to try */
function save(/** @type {Measured} */ one, /** @type {import("./screen.js").Plan} */ plan) {
  if (one.span < plan.columns) {
    one.span += 1;
    return true;
  }
  if (one.height <= plan.height) return false;
  const next = SAVINGS.find((saving) => !one.note.classList.contains(saving));
  if (next) {
    one.note.classList.add(next);
    return true;
  }
  if (one.letter > plan.smallest) {
    one.letter = Math.max(plan.smallest, Math.floor(one.letter * SHRINK));
    one.note.style.setProperty("--letter", `${one.letter}px`);
    return true;
  }
  one.height = Math.min(one.height, plan.height);
  return false;
}

/** A first guess that is mostly right, so that few notes are measured twice. */
function guessSpan(/** @type {string} */ text, /** @type {import("./screen.js").Plan} */ plan) {
  const lines = [...text].length / ((plan.column / plan.letter) * LETTERS_ON_A_LINE);
  return Math.min(plan.columns, lines > 8 ? 2 : 1);
}
