/** What the room is doing: the phones' share of the live connection. */

import { io } from "../vendor/socket.io-client/socket.io.esm.min.js";

let listening = false;

/** Tell `hear` of the room now, at each change (a few times a second at most), and after each gap; `gone` when it is deleted. */
export function listen(/** @type {string} */ code, /** @type {(room: any) => void} */ hear, gone = () => {}) {
  if (listening) return;
  listening = true;
  const socket = io({ transports: ["websocket", "polling"], tryAllTransports: true, reconnectionDelayMax: 15_000, randomizationFactor: 1 });
  const ask = () => socket.emit("watch", { event: code, as: "phone" }, take);
  const take = (/** @type {any} */ room) => {
    if (!room.error) hear(room);
    else if (room.error.retry_after) setTimeout(() => socket.connected && ask(), room.error.retry_after * 1_000);
  };
  socket.on("connect", ask);
  socket.on("room", take);
  socket.on("gone", gone);
}
