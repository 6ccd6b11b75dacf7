import { find } from "../shared/page.js";

/** A button that copies the link in the field before it. Plain http has only the old way to do that; where that is refused too, the link is selected. */
export function offerCopying(/** @type {Page.With<"copied" | "selected">} */ place) {
  const field = find(place, "input", HTMLInputElement);
  const button = find(place, "button");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const copied = await navigator.clipboard?.writeText(field.value).then(() => true, () => false);
    field.focus();
    field.select();
    const { dataset } = place;
    find(place, "[role=status]").textContent = copied || document.execCommand("copy") ? dataset.copied : dataset.selected;
  });
}
