/** News of the pledge on the card, and of the room: loaded only once there is something to hear of. */

import { Follow } from "./follow.js";
import { MeToo } from "./me-too.js";
import { showCount } from "./room-count.js";
import { find } from "../shared/page.js";
import { listen } from "../shared/room.js";

export class News {
  #sheet;
  #outbox;
  #card;
  #meToo;
  #follow = new Follow((status) => this.#showStatus(status));
  #key = "";

  /**
   * @param {Page.Sheet} sheet
   * @param {Phone.Store} store
   * @param {Phone.Outbox} outbox
   * @param {Phone.Card} card
   */
  constructor(sheet, store, outbox, card) {
    this.#sheet = sheet;
    this.#outbox = outbox;
    this.#card = card;
    this.#meToo = new MeToo(find(sheet, ".room"), find(document, "#other", HTMLTemplateElement), store, sheet.dataset.event);
    listen(sheet.dataset.event, (room) => this.#showRoom(room));
  }

  /** Follow this pledge from now on, and no other. */
  follow(/** @type {Phone.StoredEntry} */ { key, receipt }) {
    this.#key = key;
    this.#follow.start(receipt);
  }

  /** Ask at once how it is doing: the page was opened again. */
  askNow() {
    void this.#follow.ask();
  }

  stop() {
    this.#follow.stop();
  }

  #showStatus(/** @type {Phone.Status} */ status) {
    this.#outbox.note(this.#key, { status });
    const entry = this.#outbox.entries.find(({ key }) => key === this.#key);
    if (entry) this.#card.show(entry, status);
  }

  #showRoom(/** @type {Contract.Room} */ room) {
    showCount(find(this.#sheet, ".room-count"), room.shown);
    this.#meToo.show(room.latest, this.#outbox.entries.map(({ id }) => id));
    this.#follow.askSoon();
  }
}
