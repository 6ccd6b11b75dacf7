/** The keepsake: a picture of the note as it is on the wall, drawn on the phone itself. */

import { drawFrame } from "../projector/frames.js";
import { inkOf, seedOf } from "../projector/note.js";
import { measureOf, tokenOf } from "../projector/tokens.js";
import { wrap } from "./wrapping.js";

const SIZE = 1080;
const EDGE = 96;
const LARGEST = 92;
const SMALLEST = 26;
const LINE = 1.3;
const LOOKS = new URL("../projector/looks.css", import.meta.url).href;

/**
 * Draw the picture and hand it over: to the phone's own sharing where it has that, else as a download.
 * @param {{id: string, text: string, by: string}} pledge
 * @param {string} question
 * @param {string} fonts the wall's style sheet of fonts
 * @returns {Promise<boolean>} whether it was saved
 */
export async function saveKeepsake(pledge, question, fonts) {
  await Promise.all([loadSheet(fonts), loadSheet(LOOKS)]);
  await Promise.allSettled([...document.fonts].map((face) => face.load()));
  addPaperLook();
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
  const ink = tokenOf(`ink-${inkOf(pledge.id)}`);
  paper(pen);
  const below = letterQuestion(pen, question);
  const note = fit(pen, pledge, SIZE - 2 * EDGE, SIZE - below - EDGE);
  pen.translate(EDGE, below + (SIZE - EDGE - below - note.height) / 2);
  drawPaths(pen, drawFrame({ seed: seedOf(pledge.id), width: SIZE - 2 * EDGE, height: note.height, letter: note.letter }), ink);
  letterNote(pen, note, ink);
  return canvas;
}

async function loadSheet(/** @type {string} */ href) {
  if (document.querySelector(`link[href="${href}"]`)) return;
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  await new Promise((/** @type {(loaded?: unknown) => void} */ resolve) => {
    sheet.onload = resolve;
    sheet.onerror = () => {
      sheet.remove(); // so that the next tap asks again
      resolve();
    };
    document.head.append(sheet);
  });
}

/** Have something on the page that has the wall's look, on paper, so that it can be asked for. Nobody sees it. */
function addPaperLook() {
  if (document.querySelector("[data-look]")) return;
  const paper = Object.assign(document.createElement("i"), { hidden: true });
  paper.dataset.look = "paper";
  document.body.append(paper);
}

function paper(/** @type {CanvasRenderingContext2D} */ pen) {
  const light = pen.createRadialGradient(SIZE * 0.4, SIZE * 0.35, 0, SIZE * 0.4, SIZE * 0.35, SIZE);
  light.addColorStop(0, tokenOf("wall-light"));
  light.addColorStop(1, tokenOf("wall"));
  pen.fillStyle = light;
  pen.fillRect(0, 0, SIZE, SIZE);
}

/** @returns {number} where the note may begin */
function letterQuestion(/** @type {CanvasRenderingContext2D} */ pen, /** @type {string} */ question) {
  let size = 76;
  let lines = [];
  do {
    pen.font = `${(size -= 4)}px ${tokenOf("brush")}`;
    lines = wrap(question, (text) => pen.measureText(text).width, SIZE - 2 * EDGE);
  } while (lines.length > 3 && size > 40);
  pen.fillStyle = tokenOf("letters-ink");
  lines.forEach((line, row) => letter(pen, line, 0, SIZE, EDGE + size * (row + 0.8)));
  return EDGE + lines.length * size + EDGE / 2;
}

/** The largest letters with which a note fits. */
function fit(/** @type {CanvasRenderingContext2D} */ pen, /** @type {{text: string, by: string}} */ { text, by }, /** @type {number} */ width, /** @type {number} */ space) {
  const beside = measureOf("note-beside");
  for (let size = LARGEST; ; size -= 3) {
    const inner = width - size * beside * 2;
    const lines = wrapped(pen, text, `${size}px ${tokenOf("letters")}`, inner);
    const names = by ? wrapped(pen, by, `${size}px ${tokenOf("names")}`, inner) : [];
    const height = size * (1.8 + LINE * (lines.length + names.length));
    if (height <= space || size <= SMALLEST) return { letter: size, lines, names, height };
  }
}

function wrapped(/** @type {CanvasRenderingContext2D} */ pen, /** @type {string} */ text, /** @type {string} */ font, /** @type {number} */ width) {
  pen.font = font;
  return wrap(text, (part) => pen.measureText(part).width, width);
}

function letterNote(/** @type {CanvasRenderingContext2D} */ pen, /** @type {{letter: number, lines: string[], names: string[]}} */ note, /** @type {string} */ ink) {
  const beside = note.letter * measureOf("note-beside");
  const rows = [
    ...note.lines.map((line) => ({ line, font: `${note.letter}px ${tokenOf("letters")}`, colour: tokenOf("letters-ink") })),
    ...note.names.map((line) => ({ line, font: `${note.letter}px ${tokenOf("names")}`, colour: ink })),
  ];
  rows.forEach(({ line, font, colour }, row) => {
    pen.font = font;
    pen.fillStyle = colour;
    letter(pen, line, beside - EDGE, SIZE - beside - EDGE, note.letter * (1.4 + LINE * row));
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
  const pale = Number.parseFloat(tokenOf("pale-share")) / 100;
  for (const path of frame.querySelectorAll("path")) {
    const shape = new Path2D(path.getAttribute("d") ?? "");
    const fill = path.getAttribute("fill") ?? "none";
    const stroke = path.getAttribute("stroke") ?? "none";
    pen.globalAlpha = [fill, stroke].some((colour) => colour.includes("--pale")) ? pale : 1;
    pen.fillStyle = pen.strokeStyle = ink;
    pen.lineWidth = Number(path.getAttribute("stroke-width") ?? 1);
    if (fill !== "none") pen.fill(shape);
    if (stroke !== "none") pen.stroke(shape);
  }
  pen.globalAlpha = 1;
}
