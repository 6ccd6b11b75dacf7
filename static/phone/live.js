/** Notices when the page is not what its event asks now; how it follows comes when there is something to follow. */

import { listen } from "../shared/room.js";

const SPREAD_MS = 4_000; // a hall of phones does not ask in one moment

/** @param {Phone.Open} page */
export function followEvent(page) {
  let timer = 0;
  const ask = async () => {
    await import("./refresh.js").then(({ refresh }) => refresh(page)).catch(() => {}); // away: the next change in the room asks again
    timer = 0;
  };
  listen(page.sheet.dataset.event, ({ form }) => {
    if (form !== page.sheet.dataset.form) timer ||= setTimeout(ask, Math.random() * SPREAD_MS);
  });
}
