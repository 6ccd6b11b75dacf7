/** The phone page on a tablet that is passed around: each person finds it as if nobody had been there. */

import { find, words } from "../shared/page.js";
import { Card } from "./card.js";
import { WriteForm } from "./form.js";
import { Countdown } from "./countdown.js";
import { Store } from "./store.js";
import { Outbox } from "./outbox.js";
import { Sender } from "./sender.js";

const UNSENT_SECONDS = 90;
const STORED_SECONDS = 45; // to get a phone out and scan

const sheet = /** @type {Page.Sheet} */ (find(document, "main"));
const form = /** @type {Page.PledgeForm | null} */ (sheet.querySelector("form.write"));
if (form) begin(form);
else import("../shared/room.js").then(({ listen }) => listen(sheet.dataset.event, ({ open }) => open && location.reload()));

function begin(/** @type {Page.PledgeForm} */ form) {
  const outbox = new Outbox(new Store(), `${sheet.dataset.event}:shared`); // what is not stored yet, and nothing else
  const writing = new WriteForm(form, Number(sheet.dataset.limit), words);
  const place = find(sheet, ".card");
  const picture = find(place, "img", HTMLImageElement);
  const card = new Card(place, words, outbox);
  const countdown = new Countdown(find(place, "[data-clears]"), (seconds) => words("clears", seconds), next);
  const sender = new Sender(outbox, form.action, { stored, refused, delayed });
  /** @type {string | null} the key of the entry on the card */
  let onCard = null;
  /** @type {Phone.Hint | null} */
  let hint = null;

  /** Its author may take the private page along; the tablet forgets it. */
  function stored(/** @type {Phone.StoredEntry} */ entry) {
    if (entry.key === onCard) {
      card.show(entry, entry.status);
      picture.src = `${new URL(entry.receipt).pathname}/qr.svg`;
      countdown.start(STORED_SECONDS);
    }
    outbox.drop(entry.key);
  }

  function delayed(/** @type {Phone.Delay} */ why, /** @type {number} */ seconds) {
    const waiting = outbox.unsent.find(({ key }) => key === onCard);
    if (waiting) card.show(waiting, why, seconds);
  }

  /** Whoever wrote it can put it right while they are here; later nobody else may read it. */
  function refused(/** @type {Phone.Entry} */ entry, /** @type {Contract.Problem} */ error) {
    if (entry.key !== onCard) return;
    next();
    outbox.drop(entry.key);
    writing.fill(entry.content);
    writing.show(error);
  }

  /** As if nobody had been here. */
  function next() {
    onCard = null;
    countdown.stop();
    card.hide();
    hint?.hide();
    picture.removeAttribute("src");
    for (const part of place.querySelectorAll("[data-text], [data-by], .state")) part.textContent = "";
    writing.fill({});
    writing.show({});
    form.hidden = false;
  }

  form.addEventListener("submit", (submitted) => {
    submitted.preventDefault();
    if (!writing.check()) return;
    if (submitted.submitter?.getAttribute("name") !== "anyway" && hint?.stops(writing.content.text)) return;
    const entry = outbox.add(writing.content);
    next();
    onCard = entry.key;
    form.hidden = true;
    card.show(entry, "sending");
    card.fly();
    countdown.start(UNSENT_SECONDS);
    void sender.send();
  });
  form.addEventListener("input", () => hint?.hide());
  form.addEventListener("click", (clicked) => {
    const { target } = clicked;
    if (!(target instanceof Element && target.matches(".starters a"))) return;
    clicked.preventDefault();
    writing.fill({ ...writing.typed, text: target.textContent });
  });
  find(place, "button").addEventListener("click", () => {
    next();
    form.elements.text.focus();
  });

  for (const moment of ["online", "pageshow"]) addEventListener(moment, () => void sender.send());
  document.addEventListener("visibilitychange", () => void sender.send());
  addEventListener("pagehide", next); // the back button finds an empty page
  addEventListener("beforeunload", (leaving) => {
    if (outbox.unsent.some(({ key }) => !outbox.isSaved(key))) leaving.preventDefault();
  });
  void sender.send();

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
}
