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
/** @type {Page.Words} */
export const words = (name) => find(find(document, "#words", HTMLTemplateElement).content, `[data-word=${name}]`).textContent;
