import { find } from "../shared/page.js";
import { line } from "./words.js";

/** How a pledge went, lettered below it. Only on the follow-up wall do pledges bring it along. */
export function letterOutcome(/** @type {HTMLElement} */ note, /** @type {Contract.WallPledge} */ { outcome, sentence }) {
  if (!outcome) return;
  const words = find(find(document, "#outcomes", HTMLTemplateElement).content, `[data-outcome=${outcome}]`).textContent;
  const stamp = line("outcome", words);
  stamp.dataset.outcome = outcome;
  note.append(stamp);
  if (sentence) note.append(line("sentence", `“${sentence}”`));
}
