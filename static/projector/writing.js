/** Writing: ink runs along the lines in reading order, then the frame is drawn. */

import { find } from "../shared/page.js";

const LETTER_MS = 32;
const LONGEST_MS = 3_500;
const HAND_APART_MS = 220;
const HANDS = 6;
const FRAME_MS = 700;
const REACH = "-0.4em"; /* letters reach beyond their lines; the ink must not cut them */

/** Write notes that are in their places and in the page. Each is begun in a frame of its own: none takes long. */
export async function writeNotes(/** @type {{note: HTMLElement}[]} */ hung) {
  for (const [hand, one] of hung.entries()) {
    writeNote(one.note, hand);
    await new Promise(requestAnimationFrame);
  }
}

/**
 * @param {HTMLElement} note
 * @param {number} hand the how-manieth note is begun at this moment; hands start a little apart
 */
function writeNote(note, hand) {
  note.classList.remove("unwritten");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let written = (hand % HANDS) * HAND_APART_MS;
  if (calm) {
    note.animate([{ opacity: 0 }, { opacity: 1 }], { duration: FRAME_MS, delay: written, fill: "backwards" });
    return;
  }
  const paragraphs = /** @type {NodeListOf<HTMLElement>} */ (note.querySelectorAll(".text, .by, .outcome, .sentence"));
  const lines = [...paragraphs].flatMap(splitLines);
  const letters = lines.reduce((sum, { text }) => sum + text.length, 0);
  const pace = Math.min(LETTER_MS, LONGEST_MS / letters);
  for (const { line, text, rtl } of lines) {
    const hidden = rtl ? `inset(${REACH} ${REACH} ${REACH} 100%)` : `inset(${REACH} 100% ${REACH} ${REACH})`;
    const duration = Math.max(90, text.length * pace);
    line.animate([{ clipPath: hidden }, { clipPath: `inset(${REACH})` }], { duration, delay: written, fill: "backwards" });
    written += text.length * pace;
  }
  void drawAlong(find(note, ".frame", SVGSVGElement), written).then(() => lines.forEach(({ join }) => join()));
}

/**
 * The lines of a paragraph as they are on the screen, each in a box of its own until `join` makes it one text again.
 * @returns {{line: HTMLElement, text: string, rtl: boolean, join: () => void}[]}
 */
function splitLines(/** @type {HTMLElement} */ paragraph) {
  const whole = paragraph.textContent;
  const rtl = getComputedStyle(paragraph).direction === "rtl";
  const texts = paragraph.firstChild instanceof Text ? linesOf(paragraph.firstChild) : [];
  if (texts.length < 2) return [{ line: paragraph, text: whole, rtl, join: () => {} }];
  const lines = texts.map((text) => {
    const line = document.createElement("span");
    line.className = "line";
    line.textContent = text.trim();
    return line;
  });
  paragraph.replaceChildren(...lines);
  const join = () => {
    paragraph.textContent = whole;
  };
  return lines.map((line) => ({ line, text: line.textContent, rtl, join }));
}

/** @returns {string[]} the parts of a text that stand on one line each */
function linesOf(/** @type {Text} */ node) {
  const range = document.createRange();
  const lines = [];
  let start = 0;
  let bottom = -Infinity;
  for (const { index, segment } of graphemes(node.data)) {
    if (!segment.trim()) continue;
    range.setStart(node, index);
    range.setEnd(node, index + segment.length);
    const box = range.getBoundingClientRect();
    const middle = (box.top + box.bottom) / 2;
    if (middle > bottom && index > start) {
      lines.push(node.data.slice(start, index));
      start = index;
    }
    if (middle > bottom) bottom = box.bottom;
  }
  lines.push(node.data.slice(start));
  return lines;
}

/** @returns {Iterable<{index: number, segment: string}>} */
function graphemes(/** @type {string} */ text) {
  if ("Segmenter" in Intl) return new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text);
  let index = 0;
  return [...text].map((segment) => ({ segment, index: (index += segment.length) - segment.length }));
}

/** @returns {Promise<unknown>} when the frame is drawn, or the note was taken off */
function drawAlong(/** @type {Element} */ frame, /** @type {number} */ delay) {
  const options = { duration: FRAME_MS, delay, fill: /** @type {FillMode} */ ("backwards"), easing: "ease-in-out" };
  for (const path of frame.querySelectorAll("path")) {
    path.animate([{ strokeDasharray: "0 1" }, { strokeDasharray: "1 0" }], options);
  }
  return frame.animate([{ opacity: 0 }, { opacity: 1 }], options).finished.catch(() => {});
}
