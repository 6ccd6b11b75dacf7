/** What the room is doing: the phones' share of the live connection. */

import { io } from "../vendor/socket.io-client/socket.io.esm.min.js";

/** @type {Contract.RoomListener[]} */
const listeners = [];
/** @type {Contract.Room | null} */
let latest = null;

/** Call `listener` with the room now, at each change (a few times a second at most), and after each gap; `gone` when it is deleted. */
export function listen(/** @type {string} */ code, /** @type {Contract.RoomListener} */ listener, gone = () => {}) {
  listeners.push(listener);
  if (latest) listener(latest);
  if (listeners.length > 1) return;
  const socket = io({ transports: ["websocket", "polling"], tryAllTransports: true, reconnectionDelayMax: 15_000, randomizationFactor: 1 });
  const ask = () => socket.emit("watch", { event: code, as: "phone" }, take);
  const take = (/** @type {Contract.Answer<Contract.Room>} */ room) => {
    if (room.error) {
      if (room.error.retry_after) setTimeout(() => socket.connected && ask(), room.error.retry_after * 1_000);
      return;
    }
    latest = room;
    for (const one of listeners) one(room);
  };
  socket.on("connect", ask);
  socket.on("room", take);
  socket.on("gone", gone);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && socket.connected) ask(); // what a sleeping phone has missed
  });
}
