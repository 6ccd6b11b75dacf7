import { letterNote } from "./note.js";
import { widthOf } from "./screen.js";

const TALLEST = 0.5;
const WORTH_A_COLUMN = 0.9;
const LETTERS_ON_A_LINE = 1.9;
const SHRINK = 0.96;

/**
 * @typedef {{pledge: Contract.WallPledge, note: Page.Row, span: number, height: number, letter: number, narrower: number}} Measured
 *   `narrower`: how tall it was with a column less
 */

/**
 * Letters notes and finds how large each must be, all in one go, out of sight.
 *
 * A long text gets more columns, not smaller letters, and one whose line breaks make it tall gets the height. Only what
 * fills a whole panel gets smaller letters, and never below the smallest that may be on any wall.
 * @param {Contract.WallPledge[]} pledges
 * @param {import("./screen.js").Plan} plan
 * @param {HTMLElement} bench where notes can be measured
 * @returns {Measured[]}
 */
export function measureNotes(pledges, plan, bench) {
  const measured = pledges.map((pledge) => ({
    pledge,
    note: letterNote(pledge),
    span: guessSpan(pledge.text, plan),
    height: 0,
    letter: plan.letter,
    narrower: Infinity,
  }));
  bench.append(...measured.map(({ note }) => note));
  let unfinished = measured;
  while (unfinished.length) {
    for (const one of unfinished) one.note.style.inlineSize = `${widthOf(plan, one.span)}px`;
    for (const one of unfinished) one.height = Math.ceil(one.note.getBoundingClientRect().height);
    unfinished = unfinished.filter((one) => widen(one, plan) || squeeze(one, plan));
  }
  for (const { note } of measured) note.remove();
  return measured;
}

/**
 * Give a note that is too tall a column more, or take back one that was in vain.
 * @returns {boolean} whether it is to be measured again
 */
function widen(/** @type {Measured} */ one, /** @type {import("./screen.js").Plan} */ plan) {
  if (!isWorthIt(one, plan)) {
    one.span -= 1;
    one.height = one.narrower;
    return false;
  }
  if (one.height <= plan.height * TALLEST || one.span >= plan.columns) return false;
  one.narrower = one.height;
  one.span += 1;
  return true;
}

/** Whether its last column made a note lower: at all, where it did not fit on a panel, else by some lines of many. */
function isWorthIt(/** @type {Measured} */ { height, narrower }, /** @type {import("./screen.js").Plan} */ plan) {
  return height < narrower * (narrower > plan.height ? 1 : WORTH_A_COLUMN);
}

/**
 * A text that does not fit on a panel gives up its line breaks, then its air, last the size of its letters.
 * @returns {boolean} whether it is to be measured again
 */
function squeeze(/** @type {Measured} */ one, /** @type {import("./screen.js").Plan} */ plan) {
  if (one.height <= plan.height) return false;
  one.narrower = Infinity;
  if (!one.note.classList.contains("run-on")) {
    one.note.classList.add("run-on");
    one.span = 1;
    return true;
  }
  one.span = plan.columns;
  if (!one.note.classList.contains("tight")) {
    one.note.classList.add("tight");
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
