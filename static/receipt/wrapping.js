/**
 * Break a text into lines that fit: between words, inside a word only where it alone is too long.
 * @param {string} text
 * @param {(part: string) => number} measure how wide a part is
 * @param {number} width
 * @returns {string[]}
 */
export function wrap(text, measure, width) {
  const lines = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const piece of pieces(paragraph)) {
      if (measure((line + piece).trimEnd()) <= width) {
        line += piece;
        continue;
      }
      if (line.trim()) lines.push(line.trimEnd());
      line = measure(piece.trimEnd()) > width ? cut(piece.trimEnd(), measure, width, lines) + piece.slice(piece.trimEnd().length) : piece;
    }
    lines.push(line.trimEnd());
  }
  return lines.filter(Boolean);
}

/** Words with the blanks after them; scripts without blanks letter by letter. */
function pieces(/** @type {string} */ paragraph) {
  return paragraph.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}][\p{P}]*|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+\s*|\s+/gu) ?? [];
}

/**
 * Letter by letter from the front, so that what is measured is never longer than a line.
 * @returns {string} what is left of a word after the lines that it fills
 */
function cut(/** @type {string} */ word, /** @type {(part: string) => number} */ measure, /** @type {number} */ width, /** @type {string[]} */ lines) {
  let line = "";
  for (const letter of word) {
    if (line && measure(line + letter) > width) {
      lines.push(line);
      line = "";
    }
    line += letter;
  }
  return line;
}
