/** The desk of one event: the list follows by itself, and decisions are made without leaving the page. */

import { EventCopy } from "../shared/event-copy.js";
import { watch } from "../shared/watch.js";
import { Decisions } from "./decisions.js";
import { Filter } from "./filter.js";
import { PledgeList } from "./pledge-list.js";
import { Remote } from "./remote.js";

const page = document.querySelector(".event");
const template = document.querySelector("#words");
const words = (/** @type {string} */ name) => template.content.querySelector(`[data-word=${name}]`).textContent;

const copy = new EventCopy();
const list = new PledgeList(page.querySelector(".pledges"), document.querySelector("#pledge"));
const filter = new Filter(page);
const line = page.querySelector(".line");
const decisions = new Decisions(page, words);
const remote = new Remote(page);

const live = watch(copy, {
  code: page.dataset.event,
  namespace: "/desk",
  changed({ added, changed }) {
    for (const pledge of [...added, ...changed]) list.put(pledge);
    page.querySelector(".none").hidden = copy.pledges.size > 0;
    filter.count([...copy.pledges.values()]);
    filter.apply();
    remote.show(copy.event.wall);
  },
  restarted: () => list.clear(),
  connected(yes) {
    line.textContent = yes ? "" : words("lost");
  },
});

function sayFailed() {
  line.textContent = words("failed");
  live.catchUp();
}

decisions.onFailure = sayFailed;
remote.onFailure = sayFailed;
