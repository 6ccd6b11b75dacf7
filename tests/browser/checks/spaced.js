/** Letters, words, lines and paragraphs further apart, as some people need them to read: no word is cut off. */
() => {
  const PICTURES = ".a4, [role=img]"; // what will be printed, and a picture of the wall, have the size that they have
  const CUTS = ["hidden", "clip"];
  const spacing = new CSSStyleSheet();
  spacing.replaceSync(
    `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
     p { margin-block-end: 2em !important }`,
  );
  document.adoptedStyleSheets.push(spacing);
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth} px wide`);
  for (const one of document.querySelectorAll("body *")) {
    const { overflowX, overflowY, clipPath } = getComputedStyle(one);
    if (!one.checkVisibility() || one.closest(`svg, ${PICTURES}`) || !one.textContent?.trim() || clipPath !== "none") continue;
    const wide = one.scrollWidth > one.clientWidth + 1 && (CUTS.includes(overflowX) || one.matches("button, .button, .again, summary"));
    const tall = one.scrollHeight > one.clientHeight + 1 && CUTS.includes(overflowY);
    if (one.clientWidth && (wide || tall)) found.push(`<${one.localName} .${one.className}> cuts off ${one.textContent.trim().slice(0, 40)}`);
  }
  document.adoptedStyleSheets.pop();
  return found;
};
