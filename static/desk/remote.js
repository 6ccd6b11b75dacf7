import { find } from "../shared/page.js";
import { Views } from "./views.js";

/** @type {Record<string, string>} */
const SWITCHES = { freeze: "release", release: "freeze", blank: "unblank", unblank: "blank" };

/** Remote control: scene, spotlight, freeze and blank, for every projector of the event. Each order has its way back. */
export class Remote {
  #page;
  #requests;
  #undo;
  #words;
  #views;
  /** @type {Contract.WallState | null} */
  #wall = null;

  /**
   * @param {HTMLElement} page
   * @param {import("./requests.js").Requests} requests
   * @param {import("./undo.js").Undo} undo
   * @param {Page.Words} words
   */
  constructor(page, requests, undo, words) {
    this.#page = page;
    this.#requests = requests;
    this.#undo = undo;
    this.#words = words;
    const remote = find(page, ".remote");
    this.#views = new Views(remote);
    remote.addEventListener("submit", (submitted) => {
      submitted.preventDefault();
      const { name, value } = /** @type {HTMLButtonElement} */ (submitted.submitter);
      const { order } = /** @type {Page.With<"order">} */ (submitted.target).dataset;
      this.#views.close();
      void this.#change(order, name, value);
    });
  }

  /** Show what the wall does now, whoever chose it. */
  show(/** @type {Contract.WallState} */ wall) {
    this.#wall = wall;
    const remote = find(this.#page, ".remote");
    remote.dataset.scene = wall.spotlight ? "spotlight" : wall.scene;
    remote.dataset.frozen = wall.frozen_at === null ? "no" : "yes";
    remote.dataset.blank = wall.blank ? "yes" : "no";
    for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (remote.querySelectorAll("[name=scene]"))) press(button, button.value === wall.scene && !wall.spotlight);
    for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (this.#page.querySelectorAll("[data-action=spotlight]"))) press(button, button.value === wall.spotlight);
  }

  /** Have the wall show one pledge, large. */
  async spotlight(/** @type {string} */ id) {
    await this.#change("spotlight", "pledge", id);
  }

  async #change(/** @type {string} */ order, /** @type {string} */ name, /** @type {string} */ value) {
    const back = this.#wayBack(order, value);
    if (!(await this.#send(order, name, value)) || !back) return;
    this.#undo.offer(this.#words(order === "spotlight" ? "spotlight" : "wall"), async () => {
      if (await this.#send(...back)) this.#undo.offer(this.#words("wall-back"), null);
    });
  }

  /** @returns {[string, string, string] | null} the order that has the wall do again what it does now */
  #wayBack(/** @type {string} */ order, /** @type {string} */ value) {
    if (!this.#wall) return null;
    if (order === "switch") return ["switch", "to", SWITCHES[value] ?? ""];
    const { scene, spotlight } = this.#wall;
    return spotlight ? ["spotlight", "pledge", spotlight] : ["scene", "scene", scene];
  }

  async #send(/** @type {string} */ order, /** @type {string} */ name, /** @type {string} */ value) {
    const answer = await this.#requests.send(`wall/${order}`, [[name, value]]);
    if (answer?.wall) this.show(answer.wall);
    return Boolean(answer);
  }
}

function press(/** @type {HTMLElement} */ button, /** @type {boolean} */ yes) {
  button.setAttribute("aria-pressed", String(yes));
}
