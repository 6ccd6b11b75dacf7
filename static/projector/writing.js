/** Writing: the words appear one after the other along the lines, then the frame is drawn. */

const LETTER_MS = 32;
const LONGEST_MS = 3_500;
const HAND_APART_MS = 220;
const HANDS = 6;
const FRAME_MS = 700;

/**
 * Write a note that is in its place.
 * @param {HTMLElement} note
 * @param {number} hand the how-manieth note is begun at this moment; hands start a little apart
 */
export function writeNote(note, hand) {
  const words = [...note.querySelectorAll(".text span, .by")];
  const letters = words.reduce((sum, word) => sum + word.textContent.length, 0);
  const pace = Math.min(LETTER_MS, LONGEST_MS / letters);
  let written = (hand % HANDS) * HAND_APART_MS;
  for (const word of words) {
    const ms = Math.max(90, word.textContent.length * pace);
    word.animate([{ opacity: 0 }, { opacity: 1 }], { duration: ms, delay: written, fill: "backwards", easing: "ease-out" });
    written += word.textContent.length * pace;
  }
  const frame = note.querySelector(".frame");
  frame.animate([{ opacity: 0 }, { opacity: 1 }], { duration: FRAME_MS, delay: written, fill: "backwards" });
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) drawAlong(frame, written);
  note.classList.remove("unwritten");
}

function drawAlong(/** @type {Element} */ frame, /** @type {number} */ delay) {
  for (const path of frame.querySelectorAll("path")) {
    const options = { duration: FRAME_MS, delay, fill: /** @type {FillMode} */ ("backwards"), easing: "ease-in-out" };
    path.animate([{ strokeDasharray: "0 1" }, { strokeDasharray: "1 0" }], options);
  }
}
