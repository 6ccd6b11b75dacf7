/**
 * Have an element of the list at a height of the screen, whatever came or went above it. Where the page ends before that, the list makes room.
 * @param {HTMLElement} list
 * @param {Element} element
 * @param {number} top
 */
export function bringTo(list, element, top) {
  const missing = () => element.getBoundingClientRect().top - top;
  list.style.paddingBlock = "";
  scrollBy({ top: missing(), behavior: "instant" });
  const room = Math.round(missing());
  if (room < 0) list.style.paddingBlockStart = `${-room}px`;
  if (room > 0) {
    list.style.paddingBlockEnd = `${room}px`;
    scrollBy({ top: room, behavior: "instant" });
  }
}

/** From where to where of the screen nothing covers the page. */
export function freeLines() {
  const { scrollPaddingTop, scrollPaddingBottom } = getComputedStyle(document.documentElement);
  return { from: parseFloat(scrollPaddingTop), to: innerHeight - parseFloat(scrollPaddingBottom) };
}
