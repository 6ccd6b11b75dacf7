import { io } from "../vendor/socket.io-client/socket.io.esm.min.js";

const ASK_AGAIN_MS = 1_000;
const SHOWING_EVERY_MS = 500;
const LONGEST_WAIT_MS = 5_000;
const LONGEST_ANSWER_MS = 15_000; // a database that is locked takes its time to say so

/** What the server answers to those who may not see this desk any more. */
export const NO_ACCESS = ["not_signed_in", "event_not_found", "not_your_role"];

/**
 * Keeps an EventCopy up to date for as long as the page is open: catches up after any gap, and for ever tries to
 * come back.
 *
 * @template {Contract.Pledge} P
 * @param {import("./event-copy.js").EventCopy<P>} copy
 * @param {{code: string, namespace?: string, as?: string, shows?: () => number,
 *   changed: (difference: import("./event-copy.js").Difference<P>, changes: Contract.Changes<P>) => void,
 *   restarted?: () => void,
 *   connected?: (yes: boolean) => void}} options `as` is "wall", or "kept" for the follow-up wall; `restarted` where the copy had to be forgotten; a projector reports to
 *   the desk which version it `shows`; `connected` hears of each change
 * @returns {{catchUp: () => void, ask: (message: string) => Promise<unknown>}} `ask` rejects where no answer came in time
 */
export function followChanges(copy, { code, namespace = "/", as = "wall", shows, changed, restarted = () => {}, connected = () => {} }) {
  const socket = io(namespace, {
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: LONGEST_WAIT_MS,
  });
  let asking = false;
  let showing = 0;

  function ask() {
    if (asking || !socket.connected) return;
    asking = true;
    socket.timeout(LONGEST_WAIT_MS).emit("watch", { event: code, since: copy.version, as, screen: shows && "projector" }, answered);
  }

  function answered(/** @type {Error | null} */ late, /** @type {Contract.Answer<Contract.Changes<P>>} */ answer) {
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
    if (namespace === "/desk" && NO_ACCESS.includes(answer.error.code)) return location.reload(); // the page says why
    setTimeout(ask, answer.error.retry_after ? answer.error.retry_after * 1_000 : ASK_AGAIN_MS);
  }

  /** Now and then, however fast the changes come: the desk wants to know, and no server likes to be flooded. */
  function reportShowing(/** @type {() => number} */ version) {
    showing ||= setTimeout(() => {
      showing = 0;
      socket.emit("showing", { version: version() });
    }, SHOWING_EVERY_MS);
  }

  function take(/** @type {Contract.Changes<P>} */ changes) {
    const outcome = copy.apply(changes);
    if (outcome === "gap") ask();
    else if (outcome !== "old") changed(outcome, changes);
    if (shows) reportShowing(shows);
  }

  socket.on("connect", ask);
  socket.on("changes", take);
  socket.on("gone", () => location.reload());
  socket.on("disconnect", (/** @type {string} */ reason) => {
    asking = false;
    connected(false);
    if (reason === "io server disconnect") socket.connect(); // only then the client would not try by itself
  });
  socket.on("connect_error", () => {
    connected(false);
    if (!socket.active) location.reload(); // the server let nobody in: the session ended
  });
  return {
    catchUp: ask,
    ask: (message) => socket.timeout(LONGEST_ANSWER_MS).emitWithAck(message, { event: code }),
  };
}
