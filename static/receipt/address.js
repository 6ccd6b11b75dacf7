import { find } from "../shared/page.js";

/** The page's own address, to be copied; where the browser refuses, it is shown to be copied by hand. */
export function offerAddress(/** @type {Page.With<"copy">} */ button, /** @type {(word: string) => void} */ say) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy); // missing on plain http, which venue pages are
      say("copied");
    } catch {
      find(button.closest("section") ?? document, "details", HTMLDetailsElement).open = true;
      getSelection()?.selectAllChildren(find(document, ".own-address"));
      say(document.execCommand("copy") ? "copied" : "not_copied");
    }
  });
}
