/** What a screen without anybody in front of it needs: no screen saver, no pointer, and it comes up again by itself. */

const POINTER_MS = 3_000;

/** Ask for the screen to stay on, again each time the page comes back to the front. */
export function holdWakeLock() {
  const ask = () => {
    if (document.visibilityState === "visible") navigator.wakeLock?.request("screen").catch(() => {});
  };
  document.addEventListener("visibilitychange", ask);
  ask();
}

/** The pointer goes away when nobody moves it. */
export function hidePointer() {
  let timer = 0;
  const wake = () => {
    document.documentElement.classList.remove("no-pointer");
    clearTimeout(timer);
    timer = setTimeout(() => document.documentElement.classList.add("no-pointer"), POINTER_MS);
  };
  addEventListener("pointermove", wake);
  wake();
}

/**
 * A reload works without the server too, where the browser allows it: on this machine itself or over https.
 */
export function registerWorker() {
  navigator.serviceWorker?.register("/wall-worker.js").catch(() => {});
}
