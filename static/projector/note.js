import { drawFrame } from "./frames.js";

const INKS = 6;
const MOST_TILT_DEGREES = 1.1;
const SHORT = 28;

/** A number that belongs to a pledge, for everything that varies: its public id is random already. */
export function seedOf(/** @type {{id: string}} */ pledge) {
  return Number.parseInt(pledge.id.slice(0, 8), 16);
}

/**
 * A note's letters, without place or frame.
 * @param {import("../shared/event-copy.js").Pledge} pledge
 * @returns {HTMLLIElement}
 */
export function letterNote(pledge) {
  const note = document.createElement("li");
  note.className = "note";
  note.dataset.id = pledge.id;
  note.dataset.ink = String(Math.floor(seedOf(pledge) / 7) % INKS);
  if ([...pledge.text].length <= SHORT) note.classList.add("short");
  const text = document.createElement("p");
  text.className = "text";
  text.dir = "auto";
  text.append(...wordsOf(pledge.text));
  note.append(text);
  const by = [pledge.name, pledge.organisation].filter(Boolean).join(", ");
  if (by) {
    const line = document.createElement("p");
    line.className = "by";
    line.dir = "auto";
    line.textContent = `– ${by}`;
    note.append(line);
  }
  return note;
}

/** Give a lettered note its place on the wall, its frame and its tilt. */
export function frameNote(/** @type {HTMLElement} */ note, /** @type {import("./panels.js").Place} */ place, /** @type {number} */ letter) {
  const seed = Number.parseInt(note.dataset.id.slice(0, 8), 16);
  const tilt = (((seed >> 4) % 200) / 100 - 1) * MOST_TILT_DEGREES;
  note.style.inlineSize = `${place.width}px`;
  note.style.blockSize = `${place.height}px`;
  note.style.left = `${place.x}px`;
  note.style.top = `${place.y}px`;
  note.style.rotate = `${(tilt * letter * 8) / Math.max(place.width, letter * 8)}deg`;
  note.prepend(drawFrame({ seed, width: place.width, height: place.height, letter }));
}

/** A text as spans that can appear one after the other; blanks and line breaks stay as they are. */
function wordsOf(/** @type {string} */ text) {
  return splitWords(text).map((word) => {
    if (!word.trim()) return document.createTextNode(word);
    const span = document.createElement("span");
    span.textContent = word;
    return span;
  });
}

function splitWords(/** @type {string} */ text) {
  if (!("Segmenter" in Intl)) return text.split(/(\s+)/);
  return Array.from(new Intl.Segmenter(undefined, { granularity: "word" }).segment(text), ({ segment }) => segment);
}
