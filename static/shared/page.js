/**
 * What a script needs of its page.
 * @template {Element} [T=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} [kind]
 * @returns {NoInfer<T>}
 */
export function find(root, selector, kind) {
  const part = root.querySelector(selector);
  if (part instanceof (kind ?? HTMLElement)) return /** @type {T} */ (part);
  throw new Error(selector);
}
/**
 * Words of the page by their name; those that count something in the form for that number, with it in place of {count}.
 * @type {Page.Words}
 */
export const words = (name, count) => {
  const said = find(document, "#words", HTMLTemplateElement).content;
  if (count === undefined) return find(said, `[data-word=${name}]`).textContent;
  const { lang } = document.documentElement;
  const form = new Intl.PluralRules(lang).select(count);
  return find(said, `[data-word=${name}][data-count=${form}]`).textContent.replace(/\{\w+\}/, new Intl.NumberFormat(lang).format(count));
};
