/** The keepsake: a picture of the note as it is on the wall, drawn on the phone itself. */

import { drawFrame } from "../projector/frames.js";
import { inkOf, seedOf } from "../projector/note.js";
import { wrap } from "./wrapping.js";

const SIZE = 1080;
const EDGE = 96;
const LARGEST = 92;
const SMALLEST = 26;
const LINE = 1.3;
const INKS = ["#1d4ed8", "#b42318", "#0d666e", "#a33c08", "#0b6b50", "#6d35d1"]; // as in projector/looks.css
const PLAIN = "#1c2430";
const PALE = 0.15;
const LETTERS = '"Shantell Sans", "Playpen Sans Arabic", "Playpen Sans Hebrew", "Mynerve", sans-serif';
const BRUSH = `"Caveat Brush", ${LETTERS}`;

/**
 * Draw the picture and hand it over: to the phone's own sharing where it has that, else as a download.
 * @param {{id: string, text: string, by: string}} pledge
 * @param {string} question
 * @param {string} fonts the wall's style sheet of fonts
 * @returns {Promise<boolean>} whether it was saved
 */
export async function giveKeepsake(pledge, question, fonts) {
  await loadFonts(fonts);
  const canvas = draw(pledge, question);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  const file = new File([blob], "pledge.png", { type: "image/png" });
  if (navigator.canShare?.({ files: [file] })) {
    return navigator.share({ files: [file] }).then(() => true, () => false);
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = file.name;
  link.click();
  return true;
}

/** @returns {HTMLCanvasElement} */
export function draw(/** @type {{id: string, text: string, by: string}} */ pledge, /** @type {string} */ question) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE;
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const ink = INKS[inkOf(pledge.id)] ?? PLAIN;
  paper(pen);
  const below = letterQuestion(pen, question);
  const note = fit(pen, pledge, SIZE - 2 * EDGE, SIZE - below - EDGE);
  pen.translate(EDGE, below + (SIZE - EDGE - below - note.height) / 2);
  drawPaths(pen, drawFrame({ seed: seedOf(pledge.id), width: SIZE - 2 * EDGE, height: note.height, letter: note.letter }), ink);
  letterNote(pen, note, ink);
  return canvas;
}

async function loadFonts(/** @type {string} */ href) {
  if (!document.querySelector(`link[href="${href}"]`)) {
    const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
    await new Promise((resolve) => {
      sheet.onload = sheet.onerror = resolve;
      document.head.append(sheet);
    });
  }
  await Promise.allSettled([...document.fonts].map((face) => face.load()));
}

function paper(/** @type {CanvasRenderingContext2D} */ pen) {
  const light = pen.createRadialGradient(SIZE * 0.4, SIZE * 0.35, 0, SIZE * 0.4, SIZE * 0.35, SIZE);
  light.addColorStop(0, "#fdfaf3");
  light.addColorStop(1, "#f8f2e4");
  pen.fillStyle = light;
  pen.fillRect(0, 0, SIZE, SIZE);
}

/** @returns {number} where the note may begin */
function letterQuestion(/** @type {CanvasRenderingContext2D} */ pen, /** @type {string} */ question) {
  let size = 76;
  let lines = [];
  do {
    pen.font = `${(size -= 4)}px ${BRUSH}`;
    lines = wrap(question, (text) => pen.measureText(text).width, SIZE - 2 * EDGE);
  } while (lines.length > 3 && size > 40);
  pen.fillStyle = PLAIN;
  lines.forEach((line, row) => letter(pen, line, 0, SIZE, EDGE + size * (row + 0.8)));
  return EDGE + lines.length * size + EDGE / 2;
}

/** The largest letters with which a note fits. */
function fit(/** @type {CanvasRenderingContext2D} */ pen, /** @type {{text: string, by: string}} */ { text, by }, /** @type {number} */ width, /** @type {number} */ space) {
  for (let size = LARGEST; ; size -= 3) {
    const inner = width - size * 1.5;
    const lines = wrapped(pen, text, `${size}px ${LETTERS}`, inner);
    const names = by ? wrapped(pen, by, `${size}px Caveat, ${LETTERS}`, inner) : [];
    const height = size * (1.8 + LINE * (lines.length + names.length));
    if (height <= space || size <= SMALLEST) return { letter: size, lines, names, height };
  }
}

function wrapped(/** @type {CanvasRenderingContext2D} */ pen, /** @type {string} */ text, /** @type {string} */ font, /** @type {number} */ width) {
  pen.font = font;
  return wrap(text, (part) => pen.measureText(part).width, width);
}

function letterNote(/** @type {CanvasRenderingContext2D} */ pen, /** @type {{letter: number, lines: string[], names: string[]}} */ note, /** @type {string} */ ink) {
  const rows = [
    ...note.lines.map((line) => ({ line, font: `${note.letter}px ${LETTERS}`, colour: PLAIN })),
    ...note.names.map((line) => ({ line, font: `${note.letter}px Caveat, ${LETTERS}`, colour: ink })),
  ];
  rows.forEach(({ line, font, colour }, row) => {
    pen.font = font;
    pen.fillStyle = colour;
    letter(pen, line, note.letter * 0.75 - EDGE, SIZE - note.letter * 0.75 - EDGE, note.letter * (1.4 + LINE * row));
  });
}

/** One line, from the side where its script begins. */
function letter(/** @type {CanvasRenderingContext2D} */ pen, /** @type {string} */ line, /** @type {number} */ left, /** @type {number} */ right, /** @type {number} */ y) {
  const rtl = /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(line);
  pen.direction = rtl ? "rtl" : "ltr";
  pen.textAlign = rtl ? "right" : "left";
  pen.fillText(line, rtl ? right - EDGE : left + EDGE, y);
}

function drawPaths(/** @type {CanvasRenderingContext2D} */ pen, /** @type {SVGSVGElement} */ frame, /** @type {string} */ ink) {
  for (const path of frame.querySelectorAll("path")) {
    const shape = new Path2D(path.getAttribute("d") ?? "");
    const fill = path.getAttribute("fill") ?? "none";
    const stroke = path.getAttribute("stroke") ?? "none";
    pen.globalAlpha = [fill, stroke].some((colour) => colour.includes("--pale")) ? PALE : 1;
    pen.fillStyle = pen.strokeStyle = ink;
    pen.lineWidth = Number(path.getAttribute("stroke-width") ?? 1);
    if (fill !== "none") pen.fill(shape);
    if (stroke !== "none") pen.stroke(shape);
  }
  pen.globalAlpha = 1;
}
