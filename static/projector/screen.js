/**
 * @typedef {{width: number, height: number, letter: number, smallest: number, columns: number, column: number, gap: number}} Plan
 *   all in pixels but for `columns`: the space for notes, the letters' size and the smallest that is allowed, and the
 *   columns of a panel
 */

const SMALLEST_LETTER = 1 / 36;
const USUAL_LETTER = 1 / 30;
const COLUMN_IN_LETTERS = 10.4;
const METRES_FOR_A_FULL_SCREEN = 435;
/* From the back row a letter should look 10 arc minutes tall: 2.9 mm for each metre. On a picture 1.8 m high, and
   with capitals that take 0.7 of the letters' size, that is one 435th of its height for each metre. */

/** How tall a pledge's letters are, in pixels: readable from the back, whatever the screen's shape. */
export function letterFor(/** @type {number} */ width, /** @type {number} */ height, metres = 0) {
  const usual = width < height ? SMALLEST_LETTER : USUAL_LETTER;
  return Math.ceil(height * Math.max(usual, metres / METRES_FOR_A_FULL_SCREEN));
}

/** The smallest letters that a pledge may ever have. */
export function smallestLetter(/** @type {number} */ height) {
  return Math.ceil(height * SMALLEST_LETTER);
}

/**
 * How the space that notes may use is divided into columns.
 * @param {{width: number, height: number}} space
 * @param {number} letter
 * @param {number} smallest
 * @returns {Plan}
 */
export function planScreen({ width, height }, letter, smallest) {
  const gap = Math.round(letter * 0.8);
  const columns = Math.max(1, Math.floor((width + gap) / (COLUMN_IN_LETTERS * letter + gap)));
  return { width, height, letter, smallest, columns, column: (width - gap * (columns - 1)) / columns, gap };
}

/** The width of a note that spans so many columns. */
export function widthOf(/** @type {Plan} */ plan, /** @type {number} */ span) {
  return plan.column * span + plan.gap * (span - 1);
}
