/**
 * @typedef {{phones: number, opened: number, stored: number, failed: number, done: boolean,
 *   verdict: "green" | "amber" | "red" | null, typical_ms: number, slow_ms: number}} Report
 */

/** The rehearsal on the page: its button, its progress, its numbers and its verdict. */
export class Rehearsal {
  onBegin = () => {};
  running = false;
  #section;
  #numbers = new Intl.NumberFormat(document.documentElement.lang);

  constructor(/** @type {HTMLElement} */ section, /** @type {string} */ token) {
    this.#section = section;
    const form = section.querySelector("form");
    form.addEventListener("submit", (submitted) => {
      submitted.preventDefault();
      if (!this.running) void this.#begin(form.action, token);
    });
  }

  show(/** @type {Report} */ report) {
    this.running = !report.done;
    this.#section.querySelector("form button").setAttribute("aria-disabled", String(this.running));
    this.#section.querySelector(".result").hidden = false;
    const progress = this.#section.querySelector("progress");
    progress.max = report.phones;
    progress.value = report.stored;
    this.#section.querySelector(".verdict").dataset.verdict = report.verdict ?? "none";
    for (const wait of this.#section.querySelectorAll(".waits")) wait.hidden = !report.done || !report.stored;
    for (const place of this.#section.querySelectorAll("[data-told]")) {
      place.textContent = this.#numbers.format(report[place.dataset.told]);
    }
  }

  async #begin(/** @type {string} */ url, /** @type {string} */ token) {
    this.running = true;
    try {
      const answer = await fetch(url, { method: "POST", headers: { Accept: "application/json", "X-CSRFToken": token } });
      if (answer.status === 401) return location.reload();
      const told = await answer.json();
      this.#say(told.error?.message ?? "");
      if (told.rehearsal) this.show(told.rehearsal);
      else this.running = false;
    } catch {
      this.running = false;
      this.#say(this.#section.querySelector("#failed").content.textContent);
    }
    this.onBegin();
  }

  #say(/** @type {string} */ problem) {
    const place = this.#section.querySelector(".problem");
    place.textContent = problem;
    place.hidden = !problem;
  }
}
