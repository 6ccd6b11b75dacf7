/** @type {Contract.Field[]} */
export const FIELDS = ["text", "name", "organisation", "theme"];

/** @type {Contract.AuthorField[]} */
const AUTHOR = ["name", "organisation"];

/** @type {(content: Contract.Content) => string} */
export const byline = (content) => AUTHOR.map((field) => content[field]).filter(Boolean).join(", ");

/** @type {(form: HTMLFormElement, clean: (typed: string) => string) => Contract.Content} */
export const contentOf = (form, clean) => {
  const data = new FormData(form);
  return /** @type {Contract.Content} */ (Object.fromEntries(FIELDS.map((field) => [field, clean(String(data.get(field) ?? ""))])));
};
