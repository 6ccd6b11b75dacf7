/** Remote control: scene, freeze and blank, for every projector of the event. */
export class Remote {
  #page;
  #orders;

  constructor(/** @type {HTMLElement} */ page, /** @type {import("./orders.js").Orders} */ orders) {
    this.#page = page;
    this.#orders = orders;
    page.querySelector(".remote").addEventListener("submit", (submitted) => {
      submitted.preventDefault();
      void this.#send(submitted.target, submitted.submitter);
    });
  }

  /** Show what the wall does now, whoever chose it. */
  show(/** @type {any} */ wall) {
    const remote = this.#page.querySelector(".remote");
    remote.dataset.frozen = wall.frozen_at === null ? "no" : "yes";
    remote.dataset.blank = wall.blank ? "yes" : "no";
    for (const button of remote.querySelectorAll("[name=scene]")) press(button, button.value === wall.scene && !wall.spotlight);
    for (const button of this.#page.querySelectorAll("[data-action=spotlight]")) press(button, button.value === wall.spotlight);
  }

  async #send(/** @type {HTMLFormElement} */ form, /** @type {any} */ button) {
    const answer = await this.#orders.give(`wall/${form.dataset.order}`, [[button.name, button.value]]);
    if (answer) this.show(answer.wall);
  }
}

function press(/** @type {HTMLElement} */ button, /** @type {boolean} */ yes) {
  button.setAttribute("aria-pressed", String(yes));
}
