import rough from "../vendor/roughjs/rough.esm.js";

const generator = rough.generator();
const TAIL = 0.75;

/** @import { Drawable, Options, Point } from "../vendor/roughjs/rough.esm.js" */

/**
 * The five frames, each drawn for a note's size; `m` is the letters' size, the measure of everything drawn.
 * @type {((w: number, h: number, m: number, o: Options & {pale: string}) => Drawable[])[]}
 */
const FRAMES = [
  (w, h, m, o) => [generator.rectangle(0, 0, w, h, { ...o, strokeWidth: m / 11, roughness: m / 26 })],
  (w, h, m, o) => [generator.path(bubble(w, h - m * TAIL, m), { ...o, strokeWidth: m / 11, roughness: m / 36 })],
  (w, h, m, o) => [
    generator.rectangle(0, 0, w, h, { ...o, stroke: "none", fill: o.pale, fillStyle: "hachure", hachureGap: m / 3, fillWeight: m / 22, roughness: m / 22 }),
  ],
  (w, h, m, o) => [generator.polygon(leaning(w, h, m), { ...o, stroke: "none", fill: o.pale, fillStyle: "solid", roughness: m / 30 })],
  (_w, h, m, o) => [generator.line(0, 0, 0, h, { ...o, strokeWidth: m / 5, roughness: m / 20 })],
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
  const options = { seed: (seed % 2_000_000) + 1, stroke: "currentColor", pale: "var(--pale)", bowing: 1.4 };
  const drawer = rough.svg(svg);
  for (const shape of FRAMES[kind]?.(width, height, letter, options) ?? []) svg.append(drawer.draw(shape));
  for (const path of svg.querySelectorAll("path")) path.setAttribute("pathLength", "1");
  return svg;
}

function bubble(/** @type {number} */ w, /** @type {number} */ h, /** @type {number} */ m) {
  const r = m * 0.5;
  return (
    `M ${r} 0 L ${w - r} 0 Q ${w} 0 ${w} ${r} L ${w} ${h - r} Q ${w} ${h} ${w - r} ${h} ` +
    `L ${m * 2.4} ${h} L ${m * 1.5} ${h + m * TAIL} L ${m * 1.3} ${h} L ${r} ${h} Q 0 ${h} 0 ${h - r} L 0 ${r} Q 0 0 ${r} 0`
  );
}

/** @returns {Point[]} */
function leaning(/** @type {number} */ w, /** @type {number} */ h, /** @type {number} */ m) {
  const lean = m / 7;
  return [[lean, 0], [w, lean], [w - lean, h], [0, h - lean]];
}
