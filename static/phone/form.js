import { FIELDS, contentOf } from "../shared/content.js";
import { count, find } from "../shared/page.js";
import { lengthOf, tidy, withoutHidden } from "./text.js";

/** The form: reads and fills it, counts the room left, says what is wrong. */
export class WriteForm {
  #form;
  #limit;
  #words;

  /**
   * @param {Page.PledgeForm} form
   * @param {number} limit most code points in a text
   * @param {Page.Words} words
   */
  constructor(form, limit, words) {
    this.#form = form;
    this.#limit = limit;
    this.#words = words;
    find(form, "#room-left").hidden = false;
    form.addEventListener("input", () => this.#count());
    this.#count();
  }

  set limit(/** @type {number} */ limit) {
    this.#limit = limit;
    this.#count();
  }

  get content() {
    return this.#read(tidy);
  }

  /** What is in the form now, for the draft. */
  get typed() {
    return this.#read(withoutHidden);
  }

  fill(/** @type {Partial<Contract.Content>} */ content) {
    for (const field of FIELDS) {
      const input = this.#form.elements[field]; // an event need not ask for all of them
      if (input) input.value = content[field] ?? "";
    }
    for (const choice of /** @type {NodeListOf<HTMLInputElement>} */ (this.#form.querySelectorAll("[name=theme]"))) {
      choice.checked = choice.value === (content.theme ?? "");
    }
    this.#count();
  }

  /** For the next pledge of the same person: their name stays. */
  clearText() {
    this.fill({ ...this.typed, text: "", theme: "" });
  }

  /** Whether it can be sent; what is wrong is said beside the text. */
  check() {
    const over = lengthOf(this.content.text) - this.#limit;
    const problem = !this.content.text
      ? this.#words("empty")
      : over > 0
        ? this.#words("too_long", over)
        : "";
    this.show(problem ? { fields: { text: problem } } : {});
    return !problem;
  }

  /** Put an error of the contract's shape beside its fields, or above the form. */
  show(/** @type {Partial<Contract.Problem>} */ error) {
    const fields = error.fields ?? {};
    const named = FIELDS.filter((field) => this.#say(field, fields[field] ?? ""));
    const problem = find(this.#form, ".problem");
    problem.textContent = named.length ? "" : (error.message ?? "");
    problem.hidden = !problem.textContent;
    if (named.length) find(this.#form, `[name=${named[0]}]`).focus();
  }

  #read(/** @type {(written: string) => string} */ clean) {
    return contentOf(this.#form, clean);
  }

  #say(/** @type {string} */ field, /** @type {string} */ problem) {
    const place = /** @type {HTMLElement | null} */ (this.#form.querySelector(`#${field}-problem`));
    if (!place) return false;
    place.textContent = problem;
    place.hidden = !problem;
    const input = this.#form.querySelector(`#${field}`);
    if (problem) input?.setAttribute("aria-invalid", "true");
    else input?.removeAttribute("aria-invalid");
    return Boolean(problem);
  }

  #count() {
    const left = this.#limit - lengthOf(this.#form.elements.text.value);
    const place = find(this.#form, "#room-left");
    count(place, left);
    place.toggleAttribute("data-over", left < 0);
  }
}
