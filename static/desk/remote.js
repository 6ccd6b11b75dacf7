/** Remote control: scene, spotlight, freeze and blank, for every projector of the event. */
export class Remote {
  onFailure = () => {};
  #page;

  constructor(/** @type {HTMLElement} */ page) {
    this.#page = page;
    page.addEventListener("submit", (submitted) => {
      const form = /** @type {HTMLFormElement} */ (submitted.target);
      if (!("order" in form.dataset)) return;
      submitted.preventDefault();
      void this.#send(form, submitted.submitter);
    });
  }

  /** Show what the wall does now, whoever chose it. */
  show(/** @type {any} */ wall) {
    const remote = this.#page.querySelector(".remote");
    remote.dataset.frozen = wall.frozen_at === null ? "no" : "yes";
    remote.dataset.blank = wall.blank ? "yes" : "no";
    for (const button of remote.querySelectorAll("[name=scene]")) this.#press(button, button.value === wall.scene && !wall.spotlight);
    for (const button of this.#page.querySelectorAll("[name=pledge]")) this.#press(button, button.value === wall.spotlight);
  }

  async #send(/** @type {HTMLFormElement} */ form, /** @type {any} */ button) {
    const body = new URLSearchParams({ [button.name]: button.value });
    const headers = { Accept: "application/json", "X-CSRFToken": this.#page.dataset.csrf };
    try {
      const answer = await fetch(form.action, { method: "POST", headers, body });
      if (answer.status === 401) return location.reload();
      if (!answer.ok) throw new Error(String(answer.status));
      this.show((await answer.json()).wall);
    } catch {
      this.onFailure();
    }
  }

  #press(/** @type {HTMLElement} */ button, /** @type {boolean} */ yes) {
    button.setAttribute("aria-pressed", String(yes));
  }
}
