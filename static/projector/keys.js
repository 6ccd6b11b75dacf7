/** Keys on the wall, for whoever stands at the projector. `?` shows what each does. */

/**
 * @param {HTMLDialogElement} help
 * @param {{ readonly on: boolean }} keySwitch
 * @param {Record<string, () => void>} actions by key: a lower-case letter, or the key's name
 */
export function listenToKeys(help, keySwitch, actions) {
  addEventListener("keydown", (pressed) => {
    if (!keySwitch.on || pressed.ctrlKey || pressed.metaKey || pressed.altKey) return;
    const key = pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key;
    if (key === " " && isControl(pressed.target)) return;
    if (key === "?") help.open ? help.close() : help.showModal();
    else if (actions[key]) {
      if (help.open) help.close();
      actions[key]();
    } else return;
    pressed.preventDefault();
  });
}

/** In and out of full screen. */
export function toggleFullScreen() {
  if (document.fullscreenElement) void document.exitFullscreen();
  else document.documentElement.requestFullscreen().catch(() => {});
}

/** Space presses it. */
function isControl(/** @type {EventTarget | null} */ target) {
  return target instanceof HTMLElement && target.matches("button, input");
}
