/** The desk of one event: the list follows by itself, and decisions are made without leaving the page. */

import { EventCopy } from "../shared/event-copy.js";
import { watch } from "../shared/watch.js";
import { Bulk } from "./bulk.js";
import { Decisions } from "./decisions.js";
import { Filter } from "./filter.js";
import { listenToKeys } from "./keys.js";
import { Orders } from "./orders.js";
import { PledgeList } from "./pledge-list.js";
import { Queue } from "./queue.js";
import { Remote } from "./remote.js";
import { RoomState } from "./room-state.js";
import { Stillness } from "./stillness.js";
import { Undo } from "./undo.js";

const page = document.querySelector(".event");
const section = page.querySelector(".list");
const line = section.querySelector(".line");
const title = document.querySelector("h1");
const closed = page.querySelector(".closed");
const template = document.querySelector("#words");
const words = (/** @type {string} */ name) => template.content.querySelector(`[data-word=${name}]`).textContent;

const copy = new EventCopy();
/** @type {Map<string, string>} */
const people = new Map();
const queue = new Queue();
const orders = new Orders(page);
const undo = new Undo(page.querySelector(".undo"));
const decisions = new Decisions(copy, orders, undo, words, Number(page.dataset.me));
const bulk = new Bulk(page.querySelector(".bulk"), orders, undo, words);
const remote = new Remote(page, orders, undo, words);
const still = new Stillness(section, refresh);
const list = new PledgeList(section, document.querySelector("#pledge"), refresh);
const filter = new Filter(page, () => still.end());

/** Bring the page in line with the copy and with what is looked for. */
function refresh() {
  if (!copy.event) return;
  const all = [...copy.pledges.values()];
  const shown = queue.arrange(all, filter.wanted, still.now);
  const rows = list.show(shown, people, still.touches);
  filter.count(all);
  if (!still.now) bulk.hear(rows); // what a finger is about to show does not change under it
  remote.show(copy.event.wall);
  title.textContent = copy.event.title;
  closed.hidden = copy.event.open;
  section.querySelector(".none").hidden = all.length > 0;
  section.querySelector(".none-found").hidden = !all.length || shown.length > 0;
}

/** A decision was answered: its pledges are as they say, before the next changes arrive. */
function note(/** @type {import("../shared/event-copy.js").Pledge[]} */ pledges) {
  for (const pledge of pledges) copy.note(pledge);
  refresh();
}

const live = watch(copy, {
  code: page.dataset.event,
  namespace: "/desk",
  changed(_difference, changes) {
    for (const [id, name] of Object.entries(changes.people)) people.set(id, name);
    refresh();
  },
  restarted() {
    undo.forget();
    refresh();
  },
  connected(yes) {
    line.textContent = yes ? "" : words("lost");
  },
});
new RoomState(page.querySelector(".room-state"), live.ask, words);

orders.onFailure = (message) => {
  undo.offer(message || words("failed"), null);
  live.catchUp();
};
decisions.onPledge = (pledge) => note([pledge]);
bulk.onPledges = note;

section.querySelector(".pledges").addEventListener("submit", (submitted) => {
  if (!copy.event) return; // the page has just come and knows too little: the form itself is sent
  submitted.preventDefault();
  const { target, submitter } = submitted;
  target.querySelector("details").open = false;
  const { id } = target.closest(".pledge").dataset;
  const { action } = submitter.dataset;
  void (action === "spotlight" ? remote.spotlight(id) : decisions.decide(id, action));
});

/** A key does what the row's own button does. */
const press = (/** @type {HTMLElement} */ row, /** @type {string} */ action) => row.querySelector(`[data-action=${action}]`).click();
const decideBy = (/** @type {"show" | "hide"} */ decision) => (/** @type {HTMLElement} */ row) => {
  press(row, decision);
  list.move(1);
};
listenToKeys(section, document.querySelector("dialog.keys"), {
  j: () => list.move(1),
  k: () => list.move(-1),
  ArrowDown: () => list.move(1),
  ArrowUp: () => list.move(-1),
  a: decideBy("show"),
  h: decideBy("hide"),
  p: (row) => press(row, row.dataset.pinned === "yes" ? "unpin" : "pin"),
  s: (row) => press(row, "spotlight"),
  e: (row) => location.assign(row.querySelector("a").href),
  u: () => undo.now(),
  "/": () => filter.search(),
});
