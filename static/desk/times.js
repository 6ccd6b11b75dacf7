/** Date and time in the reader's own form and zone, where the server could only write them in one for all. */

const form = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

for (const time of /** @type {NodeListOf<HTMLTimeElement>} */ (document.querySelectorAll("time[data-full]"))) {
  time.textContent = form.format(new Date(time.dateTime));
}
