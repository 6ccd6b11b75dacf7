/** Before the day: the page follows which phones were here and how a rehearsal goes. */

import { find } from "../shared/page.js";
import { offerCopying } from "./copying.js";
import { Rehearsal } from "./rehearsal.js";

const REST_MS = 3_000;
const RUNNING_REST_MS = 500;

const page = /** @type {Page.With<"csrf">} */ (find(document, ".before"));
const rehearsal = new Rehearsal(find(page, "#rehearsal"), page.dataset.csrf);
let timer = 0;
let turn = 0;

/** Ask how it stands, and again after a rest; what cannot be asked is left as it was. */
async function follow() {
  clearTimeout(timer);
  const asked = ++turn;
  const state = await ask().catch(() => null);
  if (asked !== turn) return; // a rehearsal was begun meanwhile
  if (state) {
    showReached(state.reached);
    if (state.rehearsal) rehearsal.show(state.rehearsal);
  }
  timer = setTimeout(follow, rehearsal.running ? RUNNING_REST_MS : REST_MS);
}

/** @returns {Promise<{reached: number, rehearsal: Contract.RehearsalReport | null} | null>} */
async function ask() {
  const answer = await fetch(location.pathname, { headers: { Accept: "application/json" } });
  if (answer.status === 401) location.reload();
  return answer.ok ? answer.json() : null;
}

function showReached(/** @type {number} */ count) {
  const place = page.querySelector("[data-reached]");
  const verdict = /** @type {HTMLElement | null | undefined} */ (place?.closest(".verdict"));
  if (!place || !verdict || !count) return; // an address that no phone can reach has nothing to count
  place.textContent = new Intl.NumberFormat(document.documentElement.lang).format(count);
  verdict.dataset.verdict = "green";
}

offerCopying(/** @type {Page.With<"copied" | "selected">} */ (find(page, ".copying")));
rehearsal.onBegin = follow;
void follow();
