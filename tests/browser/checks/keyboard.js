/**
 * The page by keyboard: where Tab stops, in which order, and whether each stop can be seen there.
 *
 * Order: a stop may not come before the one it follows. It does where it stands to the left in the same row (to the right
 * in Arabic), or higher up. Only what begins beyond the end of the one before may be higher: that is the next column.
 * What is fixed has no place of its own; what sticks is measured where it would stand if it did not.
 *
 * Seen: of five points of a stop all are within the window and under nothing that sticks or is fixed; of a stop that takes
 * half of the window or more, or that is written in, one, since browsers bring no more than its first line into sight. And
 * its outline has appeared.
 * @param {{ walk: boolean }} asked
 */
({ walk }) => {
  const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]";
  const LARGE = 0.5;
  const FIRST_LINE_PX = 20;

  /** @param {Element} one */
  const styleOf = (one) => getComputedStyle(one);

  /** @param {Element | null} one @returns {Element | null} */
  const floatingPartOf = (one) =>
    !one || ["sticky", "fixed"].includes(styleOf(one).position) ? one : floatingPartOf(one.parentElement);

  /** What is drawn for a stop: a radio button may lie unseen over its words. @param {HTMLElement} stop */
  const drawn = (stop) => (styleOf(stop).opacity === "0" && stop.nextElementSibling) || stop;

  /** One of each group of radio buttons. @param {HTMLElement} one */
  const isTheOneOfItsGroup = (one) => {
    if (!(one instanceof HTMLInputElement) || one.type !== "radio" || !one.name) return true;
    const group = [...(one.form ?? document).querySelectorAll(`input[type=radio][name="${CSS.escape(one.name)}"]`)];
    const stops = group.filter((other) => other instanceof HTMLInputElement && other.form === one.form && !other.disabled);
    return one === (stops.find((other) => other.matches(":checked")) ?? stops[0]);
  };

  const stops = () => {
    const within = document.querySelector("dialog:modal") ?? document.body;
    return [.../** @type {NodeListOf<HTMLElement>} */ (within.querySelectorAll(FOCUSABLE))].filter(
      (one) =>
        one.tabIndex >= 0 && !one.matches(":disabled, [inert] *") && one.checkVisibility({ visibilityProperty: true })
        && one.getClientRects().length && isTheOneOfItsGroup(one),
    );
  };

  /** @param {Element} one */
  const named = (one) => {
    const words = (one.getAttribute("aria-label") ?? one.textContent ?? "").trim().replace(/\s+/g, " ");
    return `<${one.localName}${one.id ? ` #${one.id}` : ""}${one.className ? ` .${one.className}` : ""}> ${words.slice(0, 40)}`;
  };

  const backwards = () => {
    const sticky = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("body *"))].filter(
      (one) => styleOf(one).position === "sticky",
    );
    for (const one of sticky) one.style.position = "relative";
    for (const one of sticky) one.style.inset = "auto";
    const mirrored = document.documentElement.dir === "rtl" ? -1 : 1;
    const places = stops()
      .filter((one) => styleOf(floatingPartOf(one) ?? document.body).position !== "fixed")
      .map((one) => {
        const { left, right, top, bottom, height } = drawn(one).getBoundingClientRect();
        const [begin, end] = mirrored === 1 ? [left, right] : [-right, -left];
        return { one, begin, end, top, bottom, height };
      });
    for (const one of sticky) one.style.position = one.style.inset = "";
    return places.flatMap((next, index) => {
      const last = places[index - 1];
      if (!last || last.one.contains(next.one)) return [];
      const shared = Math.min(last.bottom, next.bottom) - Math.max(last.top, next.top);
      const inOneRow = shared > Math.min(last.height, next.height) / 2;
      const before = inOneRow ? next.end <= last.begin + 1 : next.top < last.top && next.begin < last.end - 1;
      return before ? [`${named(last.one)} comes before ${named(next.one)}, which stands before it`] : [];
    });
  };

  /** @param {HTMLElement} stop */
  const outlined = (stop) =>
    [stop, stop.nextElementSibling, stop.parentElement].some((one) => {
      if (!one) return false;
      const { outlineStyle, outlineWidth } = styleOf(one);
      return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    });

  /** Why somebody would not see where the focus is. @param {HTMLElement} stop */
  const unseen = (stop) => {
    if (document.activeElement !== stop) return ["does not take the focus"];
    if (!outlined(stop)) return ["has no outline"];
    const part = drawn(stop);
    const { left, top, width, height } = part.getBoundingClientRect();
    const large = height > innerHeight * LARGE || width > innerWidth || part.matches("textarea");
    const five = [[0.5, 0.5], [0.2, 0.2], [0.8, 0.2], [0.2, 0.8], [0.8, 0.8]];
    const points = (large ? [...five, [0.5, FIRST_LINE_PX / height]] : five).map(([x = 0, y = 0]) => {
      const [across, down] = [left + width * x, top + height * y];
      if (across < 0 || across >= innerWidth || down < 0 || down >= innerHeight) return "is outside of the window";
      const over = floatingPartOf(document.elementFromPoint(across, down));
      return over && !over.contains(part) ? `is under ${named(over)}` : "";
    });
    const enough = large ? points.some((one) => !one) : points.every((one) => !one);
    return enough ? [] : [points.find(Boolean)];
  };

  const found = stops().filter((one) => one.tabIndex > 0).map((one) => `${named(one)} jumps the queue`);
  found.push(...backwards());
  if (!walk) return found;
  /** @type {HTMLElement} */ (document.activeElement).blur();
  scrollTo(0, 0);
  for (const stop of stops()) {
    stop.focus();
    found.push(...unseen(stop).map((why) => `${named(stop)} ${why}`));
  }
  return found;
};
