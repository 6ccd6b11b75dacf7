/**
 * Windows' high contrast, where colours are the reader's own: every button and field has an edge, and what is chosen or
 * current has a sign that is not a colour.
 */
() => {
  const PRESSED = "button, [type=submit], .button, .again, .send, .remind, .me-too, .chip > span, .filter span, .more > summary";
  const FIELDS = "input:not([type=radio], [type=checkbox], [type=hidden], [type=file]), textarea, select";
  const SIDES = /** @type {const} */ (["Top", "Right", "Bottom", "Left"]);

  /** @param {Element} one */
  const isSeen = (one) => one.checkVisibility() && one.getBoundingClientRect().width > 1 && !one.closest("[hidden], .visually-hidden");

  /** @param {Element} one */
  const hasAnEdge = (one) => {
    const style = getComputedStyle(one);
    return SIDES.every(
      (side) => parseFloat(style[`border${side}Width`]) >= 1 && style[`border${side}Style`] !== "none" && style[`border${side}Color`] !== style.backgroundColor,
    );
  };

  /** A sign before or after it, a line under it, or an edge of another kind or colour than the page. @param {Element} one */
  const signsOf = (one) => {
    const style = getComputedStyle(one);
    const page = getComputedStyle(document.documentElement).backgroundColor;
    const edge = style.borderBottomStyle === "none" || style.borderBottomColor === page ? "" : style.borderBottomStyle + style.borderBottomWidth;
    return [getComputedStyle(one, "::before").content, getComputedStyle(one, "::after").content, style.textDecorationLine, edge].join(" ");
  };

  /** @param {Element} one */
  const named = (one) => one.outerHTML.slice(0, 120);

  if (!matchMedia("(forced-colors: active)").matches) return ["no colours are forced"];
  const found = [...document.querySelectorAll(PRESSED)].filter((one) => isSeen(one) && !hasAnEdge(one)).map((one) => `no edge: ${named(one)}`);
  for (const one of document.querySelectorAll(FIELDS))
    if (isSeen(one) && !hasAnEdge(one) && !(one.parentElement && hasAnEdge(one.parentElement))) found.push(`no edge: ${named(one)}`);

  for (const one of document.querySelectorAll("[aria-pressed=true], [aria-current], input:checked + span")) {
    if (!isSeen(one)) continue;
    const drawnByBrowser = one.previousElementSibling?.matches("input") && getComputedStyle(one.previousElementSibling).opacity !== "0";
    const group = one.closest("nav, ul, ol, fieldset, [role=group], .outcomes") ?? document.body;
    const others = [...group.querySelectorAll(one.matches("span:not([aria-current])") ? "input:not(:checked) + span" : one.ariaPressed ? "[aria-pressed=false]" : "a:not([aria-current])")];
    if (!drawnByBrowser && others.some((other) => signsOf(other) === signsOf(one))) found.push(`chosen by colour alone: ${named(one)}`);
  }
  return found;
};
