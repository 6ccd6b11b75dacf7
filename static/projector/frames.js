import rough from "../vendor/roughjs/rough.esm.js";
import { measureOf } from "./tokens.js";

const generator = rough.generator();
const PALE = "var(--pale)";

/** @import { Drawable, Options, Point } from "../vendor/roughjs/rough.esm.js" */

/**
 * The five frames, each drawn for a note's size; `m` is the letters' size, the measure of everything drawn.
 * @type {((w: number, h: number, m: number, o: Options) => Drawable[])[]}
 */
const FRAMES = [
  (w, h, m, o) => [generator.rectangle(0, 0, w, h, { ...o, ...pen("box", m) })],
  (w, h, m, o) => [generator.path(bubble(w, h - m * measureOf("tail-length"), m), { ...o, ...pen("bubble", m) })],
  (w, h, m, o) => [generator.rectangle(0, 0, w, h, { ...o, ...hatching(m) })],
  (w, h, m, o) => [generator.polygon(strip(w, h, m), { ...o, stroke: "none", fill: PALE, fillStyle: "solid", roughness: m / measureOf("strip-wobble") })],
  (_w, h, m, o) => [generator.line(0, 0, 0, h, { ...o, ...pen("bar", m) })],
];

/**
 * Draw the frame that belongs to a note: the same on every screen and after every reload.
 * @param {{seed: number, width: number, height: number, letter: number}} note
 * @returns {SVGSVGElement}
 */
export function drawFrame({ seed, width, height, letter }) {
  const kind = seed % FRAMES.length;
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("frame");
  const options = { seed: (seed % 2_000_000) + 1, stroke: "currentColor", bowing: measureOf("bowing") };
  const drawer = rough.svg(svg);
  for (const shape of FRAMES[kind]?.(width, height, letter, options) ?? []) svg.append(drawer.draw(shape));
  for (const path of svg.querySelectorAll("path")) path.setAttribute("pathLength", "1");
  return svg;
}

/** @returns {Options} */
function pen(/** @type {"box" | "bubble" | "bar"} */ frame, /** @type {number} */ m) {
  return { strokeWidth: m / measureOf(`${frame}-pen`), roughness: m / measureOf(`${frame}-wobble`) };
}

/** @returns {Options} */
function hatching(/** @type {number} */ m) {
  return {
    stroke: "none",
    fill: PALE,
    fillStyle: "hachure",
    fillWeight: m / measureOf("hatching-pen"),
    roughness: m / measureOf("hatching-wobble"),
    hachureGap: m / measureOf("hatching-gap"),
    hachureAngle: measureOf("hatching-degrees"),
  };
}

function bubble(/** @type {number} */ w, /** @type {number} */ h, /** @type {number} */ m) {
  const r = m * measureOf("bubble-corner");
  const tail = (/** @type {"start" | "tip" | "end" | "length"} */ part) => m * measureOf(`tail-${part}`);
  return (
    `M ${r} 0 L ${w - r} 0 Q ${w} 0 ${w} ${r} L ${w} ${h - r} Q ${w} ${h} ${w - r} ${h} ` +
    `L ${tail("end")} ${h} L ${tail("tip")} ${h + tail("length")} L ${tail("start")} ${h} L ${r} ${h} Q 0 ${h} 0 ${h - r} L 0 ${r} Q 0 0 ${r} 0`
  );
}

/** @returns {Point[]} */
function strip(/** @type {number} */ w, /** @type {number} */ h, /** @type {number} */ m) {
  const lean = m / measureOf("strip-lean");
  return [[lean, 0], [w, lean], [w - lean, h], [0, h - lean]];
}
