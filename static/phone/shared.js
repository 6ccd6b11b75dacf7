/** The phone page on a tablet that is passed around: each person finds it as if nobody had been there. */

/** @typedef {import("./outbox.js").Entry} Entry */

import { Card } from "./card.js";
import { WriteForm } from "./form.js";
import { HandOver } from "./hand-over.js";
import { Keeper } from "./keeper.js";
import { Outbox } from "./outbox.js";
import { Sender } from "./sender.js";

const UNSENT_SECONDS = 90;
const STORED_SECONDS = 45; // to get a phone out and scan

const sheet = document.querySelector("main");
const form = sheet.querySelector("form.write");
if (form) begin();
else import("../shared/room.js").then(({ listen }) => listen(sheet.dataset.event, ({ open }) => open && location.reload()));

function begin() {
  const template = document.querySelector("#words");
  const words = (/** @type {string} */ name) => template.content.querySelector(`[data-word=${name}]`).textContent;
  const outbox = new Outbox(new Keeper(), `${sheet.dataset.event}:shared`); // what is not stored yet, and nothing else
  const writing = new WriteForm(form, Number(sheet.dataset.limit), words);
  const place = sheet.querySelector(".card");
  const card = new Card(place, words, outbox);
  const handOver = new HandOver(place.querySelector("[data-clears]"), words("clears"), next);
  const sender = new Sender(outbox, form.action, { stored, refused, delayed });
  /** @type {string | null} the key of the entry on the card */
  let onCard = null;
  /** @type {import("./hint.js").Hint | null} */
  let hint = null;

  /** Its author may take the private page along; the tablet forgets it. */
  function stored(/** @type {Entry} */ entry) {
    if (entry.key === onCard) {
      card.show(entry, entry.status);
      place.querySelector("img").src = `${new URL(entry.receipt).pathname}/qr.svg`;
      handOver.start(STORED_SECONDS);
    }
    outbox.drop(entry.key);
  }

  function delayed(/** @type {string} */ why, /** @type {number} */ seconds) {
    const waiting = outbox.unsent.find(({ key }) => key === onCard);
    if (waiting) card.show(waiting, why, seconds);
  }

  /** Whoever wrote it can put it right while they are here; later nobody else may read it. */
  function refused(/** @type {Entry} */ entry, /** @type {any} */ error) {
    if (entry.key !== onCard) return;
    next();
    outbox.drop(entry.key);
    writing.fill(entry.content);
    writing.show(error);
  }

  /** As if nobody had been here. */
  function next() {
    onCard = null;
    handOver.stop();
    card.hide();
    hint?.hide();
    place.querySelector("img").removeAttribute("src");
    for (const part of place.querySelectorAll("[data-text], [data-by], .state")) part.textContent = "";
    writing.fill({});
    writing.show({});
    form.hidden = false;
  }

  form.addEventListener("submit", (submitted) => {
    submitted.preventDefault();
    if (!writing.check()) return;
    if (submitted.submitter?.name !== "anyway" && hint?.stops(writing.content.text)) return;
    const entry = outbox.add(writing.content);
    next();
    onCard = entry.key;
    form.hidden = true;
    card.show(entry, "sending");
    card.fly();
    handOver.start(UNSENT_SECONDS);
    void sender.hurry();
  });
  form.addEventListener("input", () => hint?.hide());
  form.addEventListener("click", (clicked) => {
    if (!clicked.target.matches(".starters a")) return;
    clicked.preventDefault();
    writing.fill({ ...writing.typed, text: clicked.target.textContent });
  });
  place.querySelector("button").addEventListener("click", () => {
    next();
    form.elements.text.focus();
  });

  for (const moment of ["online", "pageshow"]) addEventListener(moment, () => void sender.hurry());
  document.addEventListener("visibilitychange", () => void sender.hurry());
  addEventListener("pagehide", next); // the back button finds an empty page
  addEventListener("beforeunload", (leaving) => {
    if (outbox.unsent.some(({ key }) => !outbox.keeps(key))) leaving.preventDefault();
  });
  void sender.hurry();

  import("./hint.js").then(
    ({ Hint }) => {
      hint = new Hint(form.querySelector(".guard"));
    },
    () => {},
  );
  import("./live.js").then(
    ({ keepTrue }) => keepTrue({ sheet, writing, followed: () => void sender.hurry() }),
    () => {},
  );
}
