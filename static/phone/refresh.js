/** An open page follows its event: the question, what is asked, the limit, open or closed. What was typed stays. */

import { find } from "../shared/page.js";

const PARTS = [".starters", ".themes", ".who", ".visibility"];

/** Ask for the page as it is now, and take over what is different. */
export async function refresh(/** @type {Phone.Open} */ page) {
  const query = new URLSearchParams(location.search);
  query.set("anew", "");
  const answer = await fetch(`/e/${page.sheet.dataset.event}?${query}`, { headers: { Accept: "text/html" } });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main[data-form]");
  if (fresh) update(page, /** @type {Page.Sheet} */ (fresh));
}

function update(/** @type {Phone.Open} */ { sheet, writing, refreshed }, /** @type {Page.Sheet} */ fresh) {
  sheet.dataset.form = fresh.dataset.form;
  for (const part of ["h1", ".event-title"]) find(sheet, part).replaceWith(find(fresh, part));
  for (const old of sheet.querySelectorAll(":scope > :is(.closed, .changed)")) old.remove();
  const form = find(sheet, "form.write");
  const now = /** @type {HTMLElement | null} */ (fresh.querySelector("form.write"));
  close(sheet, form, !now, Boolean(writing.typed.text));
  if (now) {
    const typed = writing.typed;
    swap(form, now);
    const offered = [.../** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[name=theme]"))].map(({ value }) => value);
    writing.fill({ ...typed, theme: offered.includes(typed.theme) ? typed.theme : "" });
    writing.limit = Number(fresh.dataset.limit);
  }
  const news = fresh.querySelector(".closed, .changed");
  if (news) say(form, news);
  refreshed();
}

/** Nothing more can be sent; a text that was being written can still be read and copied. */
function close(/** @type {HTMLElement} */ sheet, /** @type {HTMLElement} */ form, /** @type {boolean} */ closed, /** @type {boolean} */ typed) {
  form.style.display = closed && !typed ? "none" : "";
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (sheet.querySelectorAll(".sending, .another"))) button.style.display = closed ? "none" : "";
}

/** Only what is other than before, so that nobody is disturbed in a field. */
function swap(/** @type {HTMLElement} */ form, /** @type {HTMLElement} */ now) {
  for (const [index, part] of PARTS.entries()) {
    const [old, fresh] = [form.querySelector(part), now.querySelector(part)];
    if (old?.outerHTML === fresh?.outerHTML) continue;
    if (!fresh) old?.remove();
    else if (old) old.replaceWith(fresh);
    else find(form, [...PARTS.slice(index + 1, -1), ".sending"].join()).before(fresh);
  }
}

/** Filled after it is in the page, so that screen readers say it. */
function say(/** @type {HTMLElement} */ form, /** @type {Element} */ news) {
  const { textContent } = news;
  news.textContent = "";
  news.setAttribute("role", "status");
  form.before(news);
  news.textContent = textContent;
}
