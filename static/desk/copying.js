import { find } from "../shared/page.js";

/** A button that copies the address in the field before it; plain http has only the old way to do that. */
export function offerCopying(/** @type {HTMLElement} */ panel) {
  const field = find(panel, "input", HTMLInputElement);
  const place = find(panel, ".copying");
  place.hidden = false;
  find(place, "button").addEventListener("click", async () => {
    field.select();
    const copied = await navigator.clipboard?.writeText(field.value).then(() => true, () => false);
    find(place, "[role=status]").hidden = !(copied || document.execCommand("copy"));
  });
}
