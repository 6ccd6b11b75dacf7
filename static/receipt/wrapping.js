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
      line = piece;
      while (measure(line.trimEnd()) > width) line = cut(line, measure, width, lines);
    }
    lines.push(line.trimEnd());
  }
  return lines.filter(Boolean);
}

/** Words with the blanks after them; scripts without blanks letter by letter. */
function pieces(/** @type {string} */ paragraph) {
  return paragraph.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}][\p{P}]*|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+\s*|\s+/gu) ?? [];
}

/** @returns {string} what is left of a word after as much of it as fits on a line */
function cut(/** @type {string} */ word, /** @type {(part: string) => number} */ measure, /** @type {number} */ width, /** @type {string[]} */ lines) {
  const letters = [...word];
  let count = letters.length - 1;
  while (count > 1 && measure(letters.slice(0, count).join("")) > width) count -= 1;
  lines.push(letters.slice(0, count).join(""));
  return letters.slice(count).join("");
}
