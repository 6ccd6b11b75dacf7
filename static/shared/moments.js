/** Dates and times as people of the page's language write them, in their own zone; English means British. */

const { lang } = document.documentElement;
const locale = lang === "en" ? "en-GB" : lang;
const days = new Intl.DateTimeFormat(locale, { dateStyle: "long" });
const times = new Intl.DateTimeFormat(locale, { timeStyle: "short" });

/** 08:25 */
export const timeOf = (/** @type {string} */ at) => times.format(new Date(at));

/** 26 November 2026, 08:25 */
export const momentOf = (/** @type {string} */ at) => `${days.format(new Date(at))}, ${timeOf(at)}`;
