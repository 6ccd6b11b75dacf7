import { find } from "../shared/page.js";

const HINT_MS = 12_000;

/**
 * Where the browser lets no page keep the screen awake (neither https nor this machine itself), whoever opens the wall sees
 * a hint for some seconds, and in the help for as long as they like.
 */
export function showAwakeHint(/** @type {HTMLElement} */ page) {
  const hint = /** @type {HTMLElement | null} */ (page.querySelector(".awake-hint"));
  if (isSecureContext || !hint) return;
  find(page, ".may-sleep").hidden = false;
  hint.hidden = false;
  setTimeout(() => (hint.hidden = true), HINT_MS);
}
