/** A button that copies the address in the field before it; plain http has only the old way to do that. */
export function offerCopying(/** @type {HTMLElement} */ panel) {
  const field = panel.querySelector("input");
  const place = panel.querySelector(".copying");
  place.hidden = false;
  place.querySelector("button").addEventListener("click", async () => {
    field.select();
    const copied = await navigator.clipboard?.writeText(field.value).then(() => true, () => false);
    place.querySelector("[role=status]").hidden = !(copied || document.execCommand("copy"));
  });
}
