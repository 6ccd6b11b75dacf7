import { io } from "../vendor/socket.io-client/socket.io.esm.min.js";

const ASK_AGAIN_MS = 1_000;
const LONGEST_WAIT_MS = 5_000;

/**
 * Keeps an EventCopy true for as long as the page is open: catches up after any gap, and for ever tries to
 * come back.
 *
 * @param {import("./event-copy.js").EventCopy} copy
 * @param {{code: string, namespace?: string,
 *   changed: (difference: import("./event-copy.js").Difference) => void,
 *   restarted?: () => void,
 *   connected?: (yes: boolean) => void}} options `restarted` where the copy had to be forgotten
 * @returns {{catchUp: () => void}}
 */
export function watch(copy, { code, namespace = "/", changed, restarted = () => {}, connected = () => {} }) {
  const socket = io(namespace, {
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: LONGEST_WAIT_MS,
  });
  let asking = false;

  function ask() {
    if (asking || !socket.connected) return;
    asking = true;
    socket.timeout(LONGEST_WAIT_MS).emit("watch", { event: code, since: copy.version }, answered);
  }

  function answered(/** @type {Error | null} */ late, /** @type {any} */ answer) {
    asking = false;
    if (late) return ask();
    if (!answer.error) {
      connected(true);
      return take(answer);
    }
    if (answer.error.code === "version_unknown") {
      copy.forget();
      restarted();
      return ask();
    }
    setTimeout(ask, ASK_AGAIN_MS);
  }

  function take(/** @type {import("./event-copy.js").Changes} */ changes) {
    const outcome = copy.apply(changes);
    if (outcome === "gap") ask();
    else if (outcome !== "old") changed(outcome);
  }

  socket.on("connect", ask);
  socket.on("changes", take);
  socket.on("disconnect", (/** @type {string} */ reason) => {
    asking = false;
    connected(false);
    if (reason === "io server disconnect") socket.connect(); // only then the client would not try by itself
  });
  socket.on("connect_error", () => connected(false));
  return { catchUp: ask };
}
