import { find } from "../shared/page.js";

/** @typedef {"opened" | "stored" | "failed" | "typical_ms" | "slow_ms"} Figure a number of the report that the page has a place for */

/** The load check on the page: its button, its progress, its numbers and its verdict. */
export class LoadCheck {
  onBegin = () => {};
  running = false;
  #section;
  #numbers = new Intl.NumberFormat(document.documentElement.lang);

  constructor(/** @type {HTMLElement} */ section, /** @type {string} */ token) {
    this.#section = section;
    const form = find(section, "form", HTMLFormElement);
    form.addEventListener("submit", (submitted) => {
      submitted.preventDefault();
      if (!this.running) void this.#begin(form.action, token);
    });
  }

  show(/** @type {Contract.LoadCheckReport} */ report) {
    this.running = !report.done;
    find(this.#section, "form button").setAttribute("aria-disabled", String(this.running));
    find(this.#section, ".result").hidden = false;
    const progress = find(this.#section, "progress", HTMLProgressElement);
    progress.max = report.phones;
    progress.value = report.stored;
    find(this.#section, ".verdict").dataset.verdict = report.verdict ?? "none";
    for (const wait of /** @type {NodeListOf<HTMLElement>} */ (this.#section.querySelectorAll(".waits"))) wait.hidden = !report.done || !report.stored;
    for (const place of /** @type {NodeListOf<HTMLElement>} */ (this.#section.querySelectorAll("[data-figure]"))) {
      place.textContent = this.#numbers.format(report[/** @type {Figure} */ (place.dataset.figure)]);
    }
  }

  async #begin(/** @type {string} */ url, /** @type {string} */ token) {
    this.running = true;
    try {
      const response = await fetch(url, { method: "POST", headers: { Accept: "application/json", "X-CSRFToken": token } });
      if (response.status === 401) return location.reload();
      /** @type {Contract.Answer<{rehearsal: Contract.LoadCheckReport}>} */
      const answer = await response.json();
      this.#say(answer.error?.message ?? "");
      if (answer.rehearsal) this.show(answer.rehearsal);
      else this.running = false;
    } catch {
      this.running = false;
      this.#say(find(this.#section, "#failed", HTMLTemplateElement).content.textContent);
    }
    this.onBegin();
  }

  #say(/** @type {string} */ problem) {
    const place = find(this.#section, ".problem");
    place.textContent = problem;
    place.hidden = !problem;
  }
}
