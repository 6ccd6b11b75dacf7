/** The pledge is gone from the server: this phone forgets what it saved of it. */

import { Store } from "../phone/store.js";
import { Outbox } from "../phone/outbox.js";
import { find } from "../shared/page.js";
import { ERASING } from "./erasing.js";

try {
  const erased = sessionStorage.getItem(ERASING);
  sessionStorage.removeItem(ERASING);
  const page = /** @type {Page.With<"event">} */ (find(document, "main"));
  const outbox = new Outbox(new Store(), page.dataset.event);
  for (const { key, receipt } of outbox.entries) {
    if (receipt && new URL(receipt).pathname === erased) outbox.drop(key);
  }
} catch {
  // storage is refused: then nothing is saved on this phone either
}
