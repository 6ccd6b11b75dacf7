/** The page of a closed event: the way back to what was written on this phone, and the texts that came too late. */

import { find } from "../shared/page.js";
import { listen } from "../shared/room.js";
import { Draft } from "./draft.js";
import { Store } from "./store.js";
import { Mine } from "./mine.js";
import { Outbox } from "./outbox.js";
import { Sender } from "./sender.js";

const SPREAD_MS = 4_000; // a hall of phones does not come back in one moment

const sheet = /** @type {Page.Sheet} */ (find(document, "main"));
const code = sheet.dataset.event;
const store = new Store();
const outbox = new Outbox(store, code);
const draft = new Draft(store, code);
const mine = new Mine(find(sheet, ".mine"));
const show = () => mine.show([...outbox.entries, ...(draft.content?.text ? [{ key: "", content: draft.content }] : [])]);

/** One whose answer was lost is stored all the same, and is found again by its key; others stay here to be copied. */
const sender = new Sender(outbox, `/e/${code}/pledges`, { stored: show, refused: show, delayed: show });

show();
void sender.send();
listen(code, ({ open }) => {
  if (open) setTimeout(() => location.reload(), Math.random() * SPREAD_MS);
});
