/** The phone page: write, save, send, and say honestly where the pledge is. */

import { find, words } from "../shared/page.js";
import { Card } from "./card.js";
import { Draft } from "./draft.js";
import { WriteForm } from "./form.js";
import { Store } from "./store.js";
import { Outbox } from "./outbox.js";
import { Sender } from "./sender.js";

const sheet = /** @type {Page.Sheet} */ (find(document, "main"));
const form = /** @type {Page.PledgeForm} */ (find(sheet, "form.write"));
const code = sheet.dataset.event;

const store = new Store();
const outbox = new Outbox(store, code);
const draft = new Draft(store, code);
const writing = new WriteForm(form, Number(sheet.dataset.limit), words);
const card = new Card(find(sheet, ".card"), words, outbox);
const sender = new Sender(outbox, form.action, { stored, refused, delayed });

/** @type {string | null} the key of the entry on the card */
let onCard = null;
/** @type {Phone.News | null} */
let news = null;
/** @type {Phone.Hint | null} */
let hint = null;
/** @type {Phone.Mine | null} */
let mine = null;

function showCard(/** @type {Phone.Entry} */ entry, /** @type {Phone.State} */ state, seconds = 0) {
  onCard = entry.key;
  form.hidden = true;
  card.show(entry, state, seconds);
  showMine();
  if (entry.receipt) void followNews(entry);
}

function showMine() {
  mine?.showExcept(onCard, outbox.entries);
}

function stored(/** @type {Phone.StoredEntry} */ entry) {
  if (entry.key === onCard) showCard(entry, entry.status);
  else showMine();
}

function delayed(/** @type {Phone.Delay} */ why, /** @type {number} */ seconds) {
  const waiting = outbox.unsent.find(({ key }) => key === onCard);
  if (waiting) showCard(waiting, why, seconds);
}

/** It stays on this phone in any case; what helps its author comes when there is something to help with. */
function refused(/** @type {Phone.Entry} */ entry, /** @type {Contract.Problem} */ error) {
  const seen = entry.key === onCard;
  if (seen) writeAnother();
  else showMine();
  import("./refusal.js").then(
    ({ giveBack }) => {
      giveBack(entry, error, seen, { writing, draft, outbox, words });
      showMine();
    },
    () => {},
  );
}

function writeAnother() {
  onCard = null;
  news?.stop();
  card.hide();
  form.hidden = false;
  showMine();
}

/** Loaded only when there is something to hear of: the page is usable long before. */
async function followNews(/** @type {Phone.StoredEntry} */ entry) {
  try {
    const { News } = await import("./news.js");
    news ??= new News(sheet, store, outbox, card);
    if (entry.key === onCard) news.follow(entry);
  } catch {
    // away again just now; it is stored all the same, and the next visit hears more
  }
}

form.addEventListener("submit", (submitted) => {
  submitted.preventDefault();
  if (!writing.check()) return;
  if (submitted.submitter?.getAttribute("name") !== "anyway" && hint?.stops(writing.content.text)) return;
  const entry = outbox.add(writing.content);
  draft.clear();
  writing.clearText();
  showCard(entry, "sending");
  card.fly();
  void sender.send();
});
form.addEventListener("input", () => {
  draft.save(writing.typed);
  hint?.hide();
});
form.addEventListener("click", (clicked) => {
  const { target } = clicked;
  if (!(target instanceof Element && target.matches(".starters a"))) return;
  clicked.preventDefault();
  writing.fill({ ...writing.typed, text: target.textContent });
  draft.save(writing.typed);
  form.elements.text.focus();
});
find(sheet, ".another").addEventListener("click", (clicked) => {
  clicked.preventDefault();
  writeAnother();
  form.elements.text.focus();
});

for (const moment of ["online", "pageshow"]) addEventListener(moment, () => void sender.send());
document.addEventListener("visibilitychange", () => void sender.send());
addEventListener("beforeunload", (leaving) => {
  if (outbox.unsent.some(({ key }) => !outbox.isSaved(key))) leaving.preventDefault();
});
addEventListener("storage", () => {
  for (const entry of outbox.entries) if (entry.receipt) stored(entry); // by another tab
});

if (draft.content && !form.elements.text.value) writing.fill(draft.content);
const last = outbox.unsent.at(-1) ?? (draft.content?.text ? null : outbox.latest);
if (last && find(form, ".problem").hidden && !form.querySelector("[aria-invalid]")) {
  showCard(last, last.status ?? "sending");
  if (last.receipt) void followNews(last).then(() => news?.askNow());
}
void sender.send();

// The page can be used before these have come, and without them: the server looks at each text too.
for (const sheet of ["./card.css", "../vendor/phone-fonts/fonts.css"]) {
  const href = new URL(sheet, import.meta.url).href;
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
}
import("./hint.js").then(
  ({ Hint }) => {
    hint = new Hint(find(form, ".guard"));
  },
  () => {},
);
import("./live.js").then(
  ({ followEvent }) => followEvent({ sheet, writing, refreshed: () => void sender.send() }),
  () => {},
);
import("./mine.js").then(
  ({ Mine }) => {
    mine = new Mine(find(sheet, ".mine"));
    showMine();
  },
  () => {},
);
