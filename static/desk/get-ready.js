/** Getting ready: the page follows which phones were here and how a load check goes. */

import { find } from "../shared/page.js";
import { offerCopying } from "./copying.js";
import { LoadCheck } from "./load-check.js";

const REST_MS = 3_000;
const RUNNING_REST_MS = 500;

const page = /** @type {Page.With<"csrf">} */ (find(document, ".get-ready"));
const loadCheck = new LoadCheck(find(page, "#load-check"), page.dataset.csrf);
let timer = 0;
let turn = 0;

/** Ask for the state, and again after a pause; without an answer the page stays as it is. */
async function follow() {
  clearTimeout(timer);
  const asked = ++turn;
  const state = await ask().catch(() => null);
  if (asked !== turn) return; // a load check was begun meanwhile
  if (state) {
    showReached(state.reached);
    if (state.rehearsal) loadCheck.show(state.rehearsal);
  }
  timer = setTimeout(follow, loadCheck.running ? RUNNING_REST_MS : REST_MS);
}

/** @returns {Promise<{reached: number, rehearsal: Contract.LoadCheckReport | null} | null>} */
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
loadCheck.onBegin = follow;
void follow();
