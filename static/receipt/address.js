/** The page's own address, to be copied; where the browser refuses, it is shown to be copied by hand. */
export function offerAddress(/** @type {HTMLElement} */ button, /** @type {(word: string) => void} */ say) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy); // missing on plain http, which venue pages are
      say("copied");
    } catch {
      button.closest("section").querySelector("details").open = true;
      getSelection().selectAllChildren(document.querySelector(".own-address"));
      say(document.execCommand("copy") ? "copied" : "not_copied");
    }
  });
}
