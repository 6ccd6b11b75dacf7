/** What the room is doing: the phones' share of the live connection. */

import { io } from "../vendor/socket.io-client/socket.io.esm.min.js";

let listening = false;

/** Tell `hear` of the room now, at each change (a few times a second at most), and after each gap; `gone` when it is deleted. */
export function listen(/** @type {string} */ code, /** @type {(room: any) => void} */ hear, gone = () => {}) {
  if (listening) return;
  listening = true;
  const socket = io({ transports: ["websocket", "polling"], tryAllTransports: true, reconnectionDelayMax: 15_000, randomizationFactor: 1 });
  const take = (/** @type {any} */ room) => {
    if (!room.error) hear(room);
  };
  socket.on("connect", () => socket.emit("watch", { event: code, as: "phone" }, take));
  socket.on("room", take);
  socket.on("gone", gone);
}
