/**
 * @typedef {{width: number, height: number, letter: number, columns: number, column: number, gap: number}} Plan
 *   all in pixels but for `columns`: the space for notes, the letters' size, and the columns of a panel
 */

const SMALLEST_LETTER = 1 / 36;
const USUAL_LETTER = 1 / 30;
const COLUMN_IN_LETTERS = 10.4;

/** How tall a pledge's letters are, in pixels: readable from the back, whatever the screen's shape. */
export function letterFor(/** @type {number} */ screenWidth, /** @type {number} */ screenHeight) {
  return Math.ceil(screenHeight * (screenWidth < screenHeight ? SMALLEST_LETTER : USUAL_LETTER));
}

/**
 * How the space that notes may use is divided into columns.
 * @param {{width: number, height: number}} space
 * @param {number} letter
 * @returns {Plan}
 */
export function planScreen({ width, height }, letter) {
  const gap = Math.round(letter * 0.8);
  const columns = Math.max(1, Math.floor((width + gap) / (COLUMN_IN_LETTERS * letter + gap)));
  return { width, height, letter, columns, column: (width - gap * (columns - 1)) / columns, gap };
}

/** The width of a note that spans so many columns. */
export function widthOf(/** @type {Plan} */ plan, /** @type {number} */ span) {
  return plan.column * span + plan.gap * (span - 1);
}
