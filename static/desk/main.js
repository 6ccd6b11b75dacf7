/** The desk of one event: the list follows by itself, and decisions are made without leaving the page. */

import { EventCopy } from "../shared/event-copy.js";
import { find, words } from "../shared/page.js";
import { followChanges } from "../shared/changes.js";
import { Bulk } from "./bulk.js";
import { Moderation } from "./moderation.js";
import { Filter } from "./filter.js";
import { FirstSteps } from "./first-steps.js";
import { listenToKeys } from "./keys.js";
import { OneByOne } from "./one-by-one.js";
import { Requests } from "./requests.js";
import { PledgeList } from "./pledge-list.js";
import { Queue } from "./queue.js";
import { Remote } from "./remote.js";
import { RoomState } from "./room-state.js";
import { Stillness } from "./stillness.js";
import { Undo } from "./undo.js";

const page = /** @type {Page.Desk} */ (find(document, ".event"));
const section = find(page, ".list");
const connection = find(section, ".connection");
const title = find(document, "h1");
const closed = find(page, ".closed");

/** @type {EventCopy<Contract.DeskPledge>} */
const copy = new EventCopy();
/** @type {Map<string, string>} */
const people = new Map();
const queue = new Queue();
const requests = new Requests(page);
const undo = new Undo(find(page, ".undo"));
const moderation = new Moderation(copy, requests, undo, words, Number(page.dataset.me));
const bulk = new Bulk(find(page, ".bulk", HTMLButtonElement), requests, undo, words);
const remote = new Remote(page, requests, undo, words);
const still = new Stillness(section, refresh);
const list = new PledgeList(section, find(document, "#pledge", HTMLTemplateElement), refresh);
const oneByOne = new OneByOne(find(section, ".pledges"), list, still, moderation, undo, words);
const filter = new Filter(page, () => still.end());

/** Bring the page in line with the copy and with what is looked for. */
function refresh() {
  if (!copy.event) return;
  const all = [...copy.pledges.values()];
  const shown = queue.arrange(all, filter.wanted, still.now);
  const rows = list.show(shown, people, still.touches);
  filter.count(all);
  if (!still.now) bulk.offer(rows); // what a finger is about to show does not change under it
  remote.show(copy.event.wall);
  title.textContent = copy.event.title;
  closed.hidden = copy.event.open;
  find(section, ".none").hidden = all.length > 0;
  find(section, ".none-found").hidden = !all.length || shown.length > 0;
}

/** A decision was answered: its pledges are as they say, before the next changes arrive. */
function note(/** @type {Contract.DeskPledge[]} */ pledges) {
  for (const pledge of pledges) copy.note(pledge);
  refresh();
}

const live = followChanges(copy, {
  code: page.dataset.event,
  namespace: "/desk",
  changed(_difference, changes) {
    for (const [id, name] of Object.entries(changes.people ?? {})) people.set(id, name);
    refresh();
  },
  restarted() {
    undo.forget();
    refresh();
  },
  connected(yes) {
    connection.textContent = yes ? "" : words("lost");
  },
});
const room = new RoomState(find(page, ".room-state"), live.ask, words);

const firstSteps = /** @type {Page.With<"event"> | null} */ (document.querySelector(".first-steps"));
if (firstSteps) {
  const steps = new FirstSteps(firstSteps, find(section, ".pledges"));
  room.onReport = ({ projectors }) => projectors.length && steps.tick("wall");
}

requests.onFailure = (message) => {
  undo.offer(message || words("failed"), null);
  live.catchUp();
};
moderation.onPledge = (pledge) => note([pledge]);
moderation.onTakenBack = (id) => list.focus(id);
bulk.onPledges = note;

find(section, ".pledges").addEventListener("submit", (submitted) => {
  if (!copy.event) return; // the page has just come and knows too little: the form itself is sent
  submitted.preventDefault();
  const { target, submitter } = submitted;
  const row = /** @type {Page.Row} */ (/** @type {Element} */ (target).closest(".pledge"));
  find(row, "details", HTMLDetailsElement).open = false;
  const button = /** @type {HTMLElement} */ (submitter);
  const action = /** @type {import("./moderation.js").Decision | "spotlight"} */ (button.dataset.action);
  void (action === "spotlight" ? remote.spotlight(row.dataset.id) : oneByOne.decide(row, action, button));
});

/** A key does what the row's own button does. */
const press = (/** @type {HTMLElement} */ row, /** @type {string} */ action) => find(row, `[data-action=${action}]`).click();
const decideBy = (/** @type {"show" | "hide"} */ decision) => (/** @type {HTMLElement} */ row) => {
  const waits = row.dataset.status === "waiting";
  press(row, decision);
  if (!waits) list.moveFocus(1);
};
listenToKeys(section, find(document, "dialog.keys", HTMLDialogElement), {
  j: () => list.moveFocus(1),
  k: () => list.moveFocus(-1),
  ArrowDown: () => list.moveFocus(1),
  ArrowUp: () => list.moveFocus(-1),
  a: decideBy("show"),
  h: decideBy("hide"),
  p: (row) => press(row, row.dataset.pinned === "yes" ? "unpin" : "pin"),
  s: (row) => press(row, "spotlight"),
  e: (row) => location.assign(find(row, "a", HTMLAnchorElement).href),
  u: () => undo.now(),
  "/": () => filter.search(),
});
