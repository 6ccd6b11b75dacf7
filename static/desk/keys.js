const MAY_BE_HELD = ["j", "k", "ArrowDown", "ArrowUp"];

/**
 * Single keys work while the focus is in the list, and nowhere else: somebody who dictates or types is never surprised.
 * @param {HTMLElement} list
 * @param {HTMLDialogElement} dialog
 * @param {Record<string, (row: HTMLElement) => void>} keys what each key does; `?` is taken
 */
export function listenToKeys(list, dialog, keys) {
  list.addEventListener("keydown", (pressed) => {
    const { target, key, ctrlKey, metaKey, altKey } = pressed;
    const row = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest(".pledge"));
    if (ctrlKey || metaKey || altKey || !row) return;
    const name = key.length === 1 ? key.toLowerCase() : key;
    const act = name === "?" ? () => dialog.showModal() : keys[name];
    if (act || (pressed.repeat && key === "Enter")) pressed.preventDefault();
    if (!pressed.repeat || MAY_BE_HELD.includes(name)) act?.(row); // a key that is held down decides once
  });
}
