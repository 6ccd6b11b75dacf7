import { FIELDS, contentOf } from "../shared/content.js";
import { find } from "../shared/page.js";

/** The form for one card. Enter takes what it says and leaves it ready for the next. */
export class CardForm {
  /** @type {(content: Contract.Content | null) => void} what to do with a card; it is null where no text was typed */
  onEnter = () => {};
  /** Whether no card is on its way, so that Enter without a text is a mistake. */
  isIdle = () => true;
  #form;
  #empty;
  #draft;
  /** @type {Contract.Content[]} what was being typed when an earlier card came back */
  #aside = [];

  /**
   * @param {Page.CardForm} form
   * @param {string} empty what to say where no text was typed
   * @param {Phone.Draft} draft saves what is typed while an earlier card is put right
   */
  constructor(form, empty, draft) {
    this.#form = form;
    this.#empty = empty;
    this.#draft = draft;
    const saved = draft.content;
    if (saved && !this.#content.text) this.#fill(saved);
    form.addEventListener("keydown", (pressed) => this.#press(pressed));
    form.addEventListener("input", ({ target }) => {
      this.#say(/** @type {HTMLInputElement} */ (target).name, "");
      this.#saveDraft();
    });
    form.addEventListener("submit", (submitted) => {
      submitted.preventDefault();
      this.#enter();
    });
  }

  get action() {
    return this.#form.action;
  }

  get token() {
    return this.#form.elements.csrf_token.value;
  }

  /** Put a card back that was refused, with what is wrong beside its fields. What is typed comes after it. */
  giveBack(/** @type {Contract.Content} */ content, /** @type {Record<string, string>} */ problems) {
    const typed = this.#content;
    if (typed.text || typed.name) this.#aside.push(typed);
    this.#fill(content);
    this.#show(problems);
  }

  /** Enter stores; with Shift, and while a word is being composed, it is the text's. */
  #press(/** @type {KeyboardEvent} */ pressed) {
    if (pressed.key !== "Enter" || pressed.target !== this.#form.elements.text) return;
    if (pressed.shiftKey || pressed.isComposing || pressed.keyCode === 229) return; // 229: composing, in Safari
    pressed.preventDefault();
    if (!pressed.repeat) this.#form.requestSubmit();
  }

  #enter() {
    const content = this.#content;
    const next = this.#aside.pop();
    if (content.text || next) this.#fill({ ...content, text: "", name: "", ...next });
    this.#show(!content.text && !next && this.isIdle() ? { text: this.#empty } : {});
    this.onEnter(content.text ? content : null);
  }

  /** @returns {Contract.Content} */
  get #content() {
    return contentOf(this.#form, (typed) => typed.trim());
  }

  #fill(/** @type {Contract.Content} */ content) {
    for (const field of FIELDS) {
      const input = this.#form.elements[field]; // an event need not ask for all of them
      if (input) input.value = content[field];
    }
    this.#saveDraft();
  }

  #saveDraft() {
    const typed = this.#content;
    if (typed.text || typed.name) this.#draft.save(typed);
    else this.#draft.clear();
  }

  #show(/** @type {Record<string, string>} */ problems) {
    for (const field of FIELDS) this.#say(field, problems[field] ?? "");
    const wrong = FIELDS.find((field) => problems[field] && this.#form.elements[field]) ?? "text";
    this.#form.elements[wrong]?.focus();
  }

  #say(/** @type {string} */ field, /** @type {string} */ problem) {
    const place = /** @type {HTMLElement | null} */ (this.#form.querySelector(`#${field}-problem`));
    if (!place) return;
    place.textContent = problem;
    place.hidden = !problem;
    find(this.#form, `[name=${field}]`).setAttribute("aria-invalid", String(Boolean(problem)));
  }
}
