/** News of the pledge on the card, and of the room: loaded only once there is something to hear of. */

import { Follow } from "./follow.js";
import { Others } from "./others.js";
import { showCount } from "./room-count.js";
import { listen } from "../shared/room.js";

/** @typedef {import("./outbox.js").Entry} Entry */

export class News {
  #sheet;
  #outbox;
  #card;
  #others;
  #follow = new Follow((status) => this.#hearStatus(status));
  #key = "";

  /**
   * @param {HTMLElement} sheet
   * @param {import("./keeper.js").Keeper} keeper
   * @param {import("./outbox.js").Outbox} outbox
   * @param {import("./card.js").Card} card
   */
  constructor(sheet, keeper, outbox, card) {
    this.#sheet = sheet;
    this.#outbox = outbox;
    this.#card = card;
    this.#others = new Others(sheet.querySelector(".room"), document.querySelector("#other"), keeper, sheet.dataset.event);
    listen(sheet.dataset.event, (room) => this.#hearRoom(room));
  }

  /** Follow this pledge from now on, and no other. */
  hearOf(/** @type {Entry} */ { key, receipt }) {
    this.#key = key;
    this.#follow.start(receipt);
  }

  /** Ask at once how it is doing: the page was opened again. */
  askNow() {
    void this.#follow.ask();
  }

  hearNoMore() {
    this.#follow.stop();
  }

  #hearStatus(/** @type {string} */ status) {
    this.#outbox.note(this.#key, { status });
    const entry = this.#outbox.entries.find(({ key }) => key === this.#key);
    if (entry) this.#card.show(entry, status);
  }

  #hearRoom(/** @type {any} */ room) {
    showCount(this.#sheet.querySelector(".room-count"), room.shown);
    this.#others.show(room.latest, this.#outbox.entries.map(({ id }) => id));
    this.#follow.moved();
  }
}
