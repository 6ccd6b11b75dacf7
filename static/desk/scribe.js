/** The scribe's page: Enter stores a card, and the next one is ready. */

import { Draft } from "../phone/draft.js";
import { Store } from "../phone/store.js";
import { Outbox } from "../phone/outbox.js";
import { find, words } from "../shared/page.js";
import { CardForm } from "./card-form.js";
import { CardSender } from "./card-sender.js";
import { RecentlyAdded } from "./recently-added.js";

const page = /** @type {Page.With<"event">} */ (find(document, ".scribe"));
const status = find(page, ".status");
const numbers = new Intl.NumberFormat(document.documentElement.lang);

const store = new Store();
const code = `${page.dataset.event}:desk`; // not that of this browser's phone page
const outbox = new Outbox(store, code);
const list = new RecentlyAdded(find(page, ".recent"), find(document, "#card", HTMLTemplateElement));
const form = new CardForm(/** @type {Page.CardForm} */ (find(page, ".enter")), words("empty"), new Draft(store, code));

const sender = new CardSender(outbox, form.action, form.token, {
  stored(card, pledge) {
    list.put(card, pledge.status, pledge);
    const word = ["shown", "waiting"].includes(pledge.status) ? pledge.status : "stored";
    say(words(word).replace("{number}", numbers.format(pledge.number)));
  },
  refused(card, error) {
    list.remove(card);
    if (error.fields) say("");
    else say(error.message, true);
    form.giveBack(card.content, error.fields ?? {});
  },
  failed(message) {
    for (const card of outbox.unsent) list.put(card, "unsent");
    say(message || words("failed"), true);
  },
});

function say(/** @type {string} */ what, isProblem = false) {
  status.textContent = what;
  status.classList.toggle("problem", isProblem);
}

form.onEnter = (content) => {
  if (content) list.put(outbox.add(content), "sending");
  void sender.send();
};
form.isIdle = () => outbox.unsent.length === 0;

for (const card of outbox.unsent) list.put(card, "sending");
void sender.send();
