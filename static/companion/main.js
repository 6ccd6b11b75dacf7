/** The companion wall: follows the event gently, and says what is new without talking all the time. */

import { EventCopy } from "../shared/event-copy.js";
import { find } from "../shared/page.js";
import { listen } from "../shared/room.js";
import { News } from "./news.js";
import { PledgeText } from "./pledge-text.js";

const LEAST_MS = 3_000;
const SPREAD_MS = 2_000;

const page = /** @type {Page.With<"event">} */ (find(document, "main"));
const asKept = page.dataset.audience === "kept" ? "&as=kept" : "";
/** @type {EventCopy<Contract.WallPledge>} */
const copy = new EventCopy();
const list = new PledgeText(find(page, ".pledges"), find(document, "#pledge", HTMLTemplateElement));
const news = new News(find(page, ".news"), find(document, "#words", HTMLTemplateElement));

let asking = false;
let wanted = false;

/** Ask what changed, never more often than a hall of phones can afford. */
async function catchUp() {
  wanted = true;
  if (asking) return;
  asking = true;
  while (wanted) {
    wanted = false;
    await ask().catch(() => {}); // away; the next change in the room asks again
    await new Promise((resolve) => setTimeout(resolve, LEAST_MS + Math.random() * SPREAD_MS));
  }
  asking = false;
}

async function ask() {
  const response = await fetch(`/e/${page.dataset.event}/pledges?since=${copy.version}${asKept}`);
  /** @type {Contract.Answer<Contract.Changes<Contract.WallPledge>>} */
  const answer = await response.json();
  if (response.status === 429) {
    await new Promise((resolve) => setTimeout(resolve, Number(response.headers.get("Retry-After")) * 1_000));
    wanted = true;
  }
  if (answer.error?.code === "version_unknown") {
    copy.forget();
    list.clear();
    wanted = true;
  }
  if (!response.ok || answer.error) return;
  const difference = copy.apply(answer);
  if (typeof difference === "string") return;
  list.remove(difference.removed);
  const unread = difference.added.filter(({ id }) => !list.has(id)); // the page came with what there was
  for (const pledge of [...difference.added, ...difference.changed]) list.put(pledge);
  find(page, ".count").textContent = new Intl.NumberFormat(document.documentElement.lang).format(copy.pledges.size);
  news.add(unread);
}

listen(
  page.dataset.event,
  () => void catchUp(),
  () => location.reload(),
);
