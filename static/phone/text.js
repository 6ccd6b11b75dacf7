/** What is typed, in the form in which the server stores and counts it. */

const BREAKS_SCREENS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffc\ufffe\uffff]/g;

/** Leaves out characters that nobody sees and that the server refuses: they come along when text is pasted. */
export function withoutHidden(/** @type {string} */ text) {
  return text.replace(BREAKS_SCREENS, "");
}

/** As the server does: NFC, blanks squeezed, blank lines dropped. */
export function tidy(/** @type {string} */ text) {
  return withoutHidden(text)
    .normalize("NFC")
    .replace(/\r\n?|\u2028|\u2029/g, "\n")
    .replace(/[^\S\n]+/g, " ")
    .replace(/\s*\n\s*/g, "\n")
    .trim();
}

/** How long a text is, in code points. */
export function lengthOf(/** @type {string} */ text) {
  return [...tidy(text)].length;
}
