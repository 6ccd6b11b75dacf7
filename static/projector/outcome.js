import { line } from "./words.js";

/** What became of a pledge, lettered below it. Only the kept wall's pledges bring it along. */
export function letterOutcome(/** @type {HTMLElement} */ note, /** @type {import("../shared/event-copy.js").Pledge} */ { outcome, sentence }) {
  if (!outcome) return;
  const words = document.querySelector("#outcomes").content.querySelector(`[data-outcome=${outcome}]`).textContent;
  const became = line("became", words);
  became.dataset.outcome = outcome;
  note.append(became);
  if (sentence) note.append(line("sentence", `“${sentence}”`));
}
