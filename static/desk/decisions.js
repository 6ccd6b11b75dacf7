const UNDO_MS = 10_000;
const BACK = { hide: "show", show: "hide" };
const SAID = { hide: "hidden", show: "shown" };

/** Hide and show, one tap each, with undo. The row itself changes when the server says so. */
export class Decisions {
  onFailure = () => {};
  #page;
  #words;
  #timer = 0;

  constructor(/** @type {HTMLElement} */ page, /** @type {(name: string) => string} */ words) {
    this.#page = page;
    this.#words = words;
    page.querySelector(".pledges").addEventListener("submit", (submitted) => {
      const form = submitted.target;
      if (!(form.dataset.action in BACK)) return;
      submitted.preventDefault();
      void this.#decide(form.closest(".pledge").dataset.id, form.dataset.action, true);
    });
  }

  async #decide(/** @type {string} */ id, /** @type {"hide" | "show"} */ action, /** @type {boolean} */ undoable) {
    const url = `/desk/e/${this.#page.dataset.event}/pledges/${id}/${action}`;
    const headers = { Accept: "application/json", "X-CSRFToken": this.#page.dataset.csrf };
    try {
      const answer = await fetch(url, { method: "POST", headers });
      if (answer.status === 401) return location.reload();
      if (!answer.ok) throw new Error(String(answer.status));
    } catch {
      return this.onFailure();
    }
    this.#offerUndo(undoable ? () => this.#decide(id, BACK[action], false) : null, SAID[action]);
  }

  #offerUndo(/** @type {(() => void) | null} */ undo, /** @type {string} */ said) {
    const bar = this.#page.querySelector(".undo");
    const button = bar.querySelector("button");
    bar.querySelector("span").textContent = this.#words(said);
    button.hidden = !undo;
    button.onclick = undo;
    bar.hidden = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      bar.hidden = true;
    }, UNDO_MS);
  }
}
