import { find } from "../shared/page.js";

const ENOUGH_CONTRAST = 4.5;
const STEPS = 20;

/** Give the page the event's look: paper or night, its ink, its logo. */
export function applyLook(/** @type {HTMLElement} */ page, /** @type {Contract.Event} */ event) {
  const { look, accent, logo } = event.wall;
  const root = document.documentElement;
  if (!new URLSearchParams(location.search).has("look")) root.dataset.look = look;
  root.style.removeProperty("--accent");
  if (accent) root.style.setProperty("--accent", legible(accent, getComputedStyle(root).getPropertyValue("--wall").trim()));
  const picture = find(page, ".logo");
  const address = logo ? `/e/${event.code}/logo/${logo}` : "";
  if (picture.getAttribute("src") !== address) picture.setAttribute("src", address);
  picture.hidden = !logo;
}

/**
 * An ink that can be read on a ground: itself, or as little darker or lighter as it takes.
 * @param {string} ink as `#rrggbb`
 * @param {string} ground as `#rrggbb`
 */
export function legible(ink, ground) {
  const goal = brightness(channels(ground)) > 0.2 ? 0 : 255;
  for (let step = 0; step <= STEPS; step += 1) {
    const mixed = channels(ink).map((channel) => Math.round(channel + ((goal - channel) * step) / STEPS));
    if (contrast(mixed, channels(ground)) >= ENOUGH_CONTRAST) return hex(mixed);
  }
  return hex([goal, goal, goal]);
}

/** WCAG 2.2: from 1 to 21. */
export function contrast(/** @type {number[]} */ one, /** @type {number[]} */ other) {
  const [light = 0, dark = 0] = [brightness(one), brightness(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function brightness(/** @type {number[]} */ rgb) {
  const [red = 0, green = 0, blue = 0] = rgb.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function channels(/** @type {string} */ colour) {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}

function hex(/** @type {number[]} */ rgb) {
  return `#${rgb.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}
