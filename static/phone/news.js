/** News of the pledge on the card, and of the room: loaded only once there is something to hear of. */

import { Follow } from "./follow.js";
import { listen } from "../shared/room.js";

export { Others } from "./others.js";

const style = new URL("./room.css", import.meta.url).href;
document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: style }));

/** @type {Follow | null} */
let follow = null;

/**
 * Follow this receipt from now on, and no other.
 * @param {string} code
 * @param {string} receipt
 * @param {{status: (status: string) => void, room: (room: any) => void}} hear
 */
export function hearOf(code, receipt, hear) {
  follow ??= new Follow(hear.status);
  follow.start(receipt);
  listen(code, (room) => {
    hear.room(room);
    follow.moved();
  });
}

/** Ask at once how it is doing: the page was opened again. */
export function askNow() {
  void follow?.ask();
}

export function hearNoMore() {
  follow?.stop();
}
