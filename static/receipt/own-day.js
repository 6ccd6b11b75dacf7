/** A pledge was written on the day that it was where its author is: reminders count from that. */
export function remindFrom(/** @type {string} */ written, /** @type {Iterable<HTMLAnchorElement>} */ links) {
  const moment = new Date(written);
  const parts = [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()];
  const day = parts.map((part) => String(part).padStart(2, "0")).join("-");
  for (const link of links) link.search = `?written=${day}`;
}
