/**
 * @typedef {{count: number, scale: number, transformOf: (index: number) => string, zoomOn: (index: number) => string}} Overview
 *   where each panel stands when all can be seen, and the view of one of them that fills the screen
 */

const GAPS_BETWEEN_ROWS = 2;

/**
 * Arrange the panels of the long wall in rows, as large as the screen allows.
 * @param {number} count
 * @param {number} panelWidth
 * @param {import("./screen.js").Plan} plan
 * @returns {Overview}
 */
export function arrange(count, panelWidth, plan) {
  const panelHeight = plan.height + plan.gap * GAPS_BETWEEN_ROWS;
  let best = { columns: 1, scale: 0 };
  for (let columns = 1; columns <= Math.max(1, count); columns += 1) {
    const rows = Math.ceil(Math.max(1, count) / columns);
    const scale = Math.min(1, plan.width / (columns * panelWidth), plan.height / (rows * panelHeight));
    if (scale > best.scale) best = { columns, scale };
  }
  const { columns, scale } = best;
  const left = (plan.width - Math.min(columns, count) * panelWidth * scale) / 2;
  const top = (plan.height - Math.ceil(count / columns) * panelHeight * scale) / 2;
  const x = (/** @type {number} */ index) => left + (index % columns) * panelWidth * scale;
  const y = (/** @type {number} */ index) => top + Math.floor(index / columns) * panelHeight * scale;
  return {
    count,
    scale,
    transformOf: (index) => `translate(${x(index)}px, ${y(index)}px) scale(${scale})`,
    zoomOn: (index) => `scale(${1 / scale}) translate(${-x(index)}px, ${-y(index)}px)`,
  };
}
