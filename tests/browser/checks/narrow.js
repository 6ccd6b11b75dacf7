/**
 * A window of 1280 × 1024 at 400 %, which leaves 320 × 256: nothing is pushed sideways but what needs both directions, and
 * what sticks to an edge leaves at least half of the window, however far down the page is.
 */
() => {
  const MOST_COVERED = 0.5;
  const STEP_PX = 4;
  const TWO_DIMENSIONAL = ".scrolls-sideways, .prints"; // tables of figures, and a sheet of paper as it will be printed
  const found = [];

  if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth} px wide`);
  for (const one of document.querySelectorAll("body *")) {
    const pushed = ["auto", "scroll"].includes(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1;
    if (pushed && !one.closest(TWO_DIMENSIONAL) && one.checkVisibility() && !one.matches("textarea"))
      found.push(`<${one.localName} .${one.className}> is pushed sideways`);
  }

  /** @param {Element | null} one @returns {boolean} */
  const sticks = (one) => {
    if (!one || one.matches("dialog:modal")) return false;
    const { position, top, bottom } = getComputedStyle(one);
    const box = one.getBoundingClientRect();
    const atTop = box.top <= parseFloat(top) + 1;
    const atBottom = box.bottom >= innerHeight - parseFloat(bottom) - 1;
    return position === "fixed" || (position === "sticky" && (atTop || atBottom)) || sticks(one.parentElement);
  };

  const was = scrollY;
  const longest = document.documentElement.scrollHeight - innerHeight;
  for (const share of [0, 0.5, 1]) {
    scrollTo(0, longest * share);
    for (const across of [0.1, 0.5, 0.9]) {
      const downs = Array.from({ length: Math.floor(innerHeight / STEP_PX) }, (_, index) => index * STEP_PX + 1);
      const covered = downs.filter((down) => sticks(document.elementFromPoint(innerWidth * across, down)));
      if (covered.length > downs.length * MOST_COVERED) {
        const percent = Math.round((100 * covered.length) / downs.length);
        found.push(`${percent} % of the window is covered at ${share} of the page`);
        break;
      }
    }
  }
  scrollTo(0, was);
  return found;
};
