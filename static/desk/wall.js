/** The desk's page about the wall: the remote control, and which screens show it. */

import { EventCopy } from "../shared/event-copy.js";
import { find, words } from "../shared/page.js";
import { followChanges } from "../shared/changes.js";
import { Requests } from "./requests.js";
import { Remote } from "./remote.js";
import { RoomState } from "./room-state.js";
import { Undo } from "./undo.js";

const page = /** @type {Page.Desk} */ (find(document, ".wall-page"));
const connection = find(page, ".connection");

/** @type {EventCopy<Contract.DeskPledge>} */
const copy = new EventCopy();
const requests = new Requests(page);
const undo = new Undo(find(page, ".undo"));
const remote = new Remote(page, requests, undo, words);

const live = followChanges(copy, {
  code: page.dataset.event,
  namespace: "/desk",
  changed() {
    if (!copy.event) return;
    remote.show(copy.event.wall);
    find(page, ".closed").hidden = copy.event.open;
  },
  restarted: () => undo.forget(),
  connected(yes) {
    connection.textContent = yes ? "" : words("lost");
  },
});
new RoomState(find(page, ".room-state"), live.ask, words);

requests.onFailure = (message) => {
  undo.offer(message || words("failed"), null);
  live.catchUp();
};
