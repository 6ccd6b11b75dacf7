/** The receipt page: follows the pledge's status while it is open, and helps to change, copy and save the pledge. */

import { Follow } from "../phone/follow.js";
import { WriteForm } from "../phone/form.js";
import { Hint } from "../phone/hint.js";
import { dayOf, find, words } from "../shared/page.js";
import { listen } from "../shared/room.js";
import { offerAddress } from "./address.js";

const sheet = /** @type {Page.With<"event" | "limit" | "id" | "written" | "question" | "fonts">} */ (find(document, "main"));
const card = find(sheet, ".card");
const say = (/** @type {string} */ name) => {
  find(sheet, ".done").textContent = words(name);
};

const follow = new Follow((status) => {
  if (status === "gone") location.reload(); // the page that comes says what is to be said
  card.dataset.status = status;
});
follow.start(location.pathname);
listen(sheet.dataset.event, () => follow.askSoon());

const form = /** @type {Page.PledgeForm | null} */ (sheet.querySelector("form.write"));
if (form) {
  const writing = new WriteForm(form, Number(sheet.dataset.limit), words);
  const hint = new Hint(find(form, ".guard"));
  form.addEventListener("input", () => hint.hide());
  form.addEventListener("submit", (submitted) => {
    const decided = submitted.submitter?.getAttribute("name") === "anyway";
    if (!writing.check() || (!decided && hint.stops(writing.content.text))) submitted.preventDefault();
  });
}

const reminders = /** @type {NodeListOf<HTMLAnchorElement>} */ (sheet.querySelectorAll("a[href*=remind-]"));
for (const link of reminders) link.search = `?written=${dayOf(sheet.dataset.written)}`;

const copy = /** @type {Page.With<"copy"> | null} */ (sheet.querySelector("[data-copy]"));
if (copy) offerAddress(copy, say);

const picture = /** @type {HTMLElement | null} */ (sheet.querySelector("[data-keepsake]"));
if (picture) {
  picture.hidden = false;
  picture.addEventListener("click", async () => {
    const { saveKeepsake } = await import("./keepsake.js");
    const [text = "", by = ""] = [...card.querySelectorAll(".note > *")].map((part) => part.textContent);
    const pledge = { id: sheet.dataset.id, text, by };
    if (await saveKeepsake(pledge, sheet.dataset.question, sheet.dataset.fonts)) say("saved");
  });
}
