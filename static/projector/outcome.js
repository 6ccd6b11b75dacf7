import { find } from "../shared/page.js";
import { line } from "./words.js";

/** What became of a pledge, lettered below it. Only the kept wall's pledges bring it along. */
export function letterOutcome(/** @type {HTMLElement} */ note, /** @type {Contract.WallPledge} */ { outcome, sentence }) {
  if (!outcome) return;
  const words = find(find(document, "#outcomes", HTMLTemplateElement).content, `[data-outcome=${outcome}]`).textContent;
  const became = line("became", words);
  became.dataset.outcome = outcome;
  note.append(became);
  if (sentence) note.append(line("sentence", `“${sentence}”`));
}
