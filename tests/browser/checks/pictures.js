/** Every picture has a name, or is hidden from those who do not see it: what it shows is said beside it. */
() => {
  /** @param {Element} one */
  const nameOf = (one) =>
    one.getAttribute("aria-label")
    || (one.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join(" ").trim()
    || one.querySelector(":scope > title, :scope > figcaption")?.textContent?.trim()
    || one.getAttribute("alt")?.trim();

  return [...document.querySelectorAll("svg, figure, canvas, img, video, [role=img], progress, meter")]
    .filter((one) => one.checkVisibility() && !one.closest("[aria-hidden=true]") && one.getAttribute("alt") !== "" && !nameOf(one))
    .filter((one) => !(one instanceof HTMLProgressElement && one.labels.length))
    .map((one) => `no name: ${one.outerHTML.slice(0, 120)}`);
};
