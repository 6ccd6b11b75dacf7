/** Exporting pledges: the file is made on the server while the page shows how far it is; then the browser has it. */

import { find, words } from "../shared/page.js";

const LOOK_AGAIN_MS = 250;

const form = /** @type {HTMLFormElement & Page.With<"start" | "csrf">} */ (find(document, ".export form"));
const button = find(form, "button");
const numbers = new Intl.NumberFormat(document.documentElement.lang);
let making = false;

form.addEventListener("submit", (submitted) => {
  submitted.preventDefault();
  if (!making) void make();
});

async function make() {
  setMaking(true);
  say("");
  try {
    const { job } = /** @type {{job: string}} */ (await ask(form.dataset.start, {
      method: "POST",
      body: new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)])),
      headers: { "X-CSRFToken": form.dataset.csrf },
    }));
    await follow(`${form.dataset.start}/jobs/${job}`);
  } catch (problem) {
    say(problem instanceof Refused ? problem.message : words("lost"), true);
  }
  setMaking(false);
}

async function follow(/** @type {string} */ job) {
  for (;;) {
    const report = /** @type {Contract.ExportReport} */ (await ask(job));
    if (report.failed) throw new Refused(words("failed"));
    show(report);
    if (report.ready) break;
    await new Promise((done) => setTimeout(done, LOOK_AGAIN_MS));
  }
  location.assign(`${job}/file`); // an attachment: the page stays
  say(words("done"));
}

/**
 * Raises Refused with the server's own words, or what fetch raises.
 * @returns {Promise<unknown>}
 */
async function ask(/** @type {string} */ url, /** @type {RequestInit} */ how = {}) {
  const response = await fetch(url, { ...how, headers: { Accept: "application/json", ...how.headers } });
  if (response.status === 401) location.reload();
  /** @type {Contract.Answer<object>} */
  const answer = await response.json();
  if (answer.error) throw new Refused(Object.values(answer.error.fields ?? {})[0] ?? answer.error.message);
  return answer;
}

class Refused extends Error {}

function show(/** @type {Contract.ExportReport} */ report) {
  const bar = find(form, "progress", HTMLProgressElement);
  bar.max = Math.max(report.of, 1);
  bar.value = report.ready ? bar.max : report.done;
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-figure]"))) {
    place.textContent = numbers.format(report[/** @type {"done" | "of"} */ (place.dataset.figure)]);
  }
}

function setMaking(/** @type {boolean} */ now) {
  making = now;
  button.setAttribute("aria-disabled", String(making));
  find(form, ".making").hidden = !making;
}

function say(/** @type {string} */ what, isProblem = false) {
  for (const [place, shown] of Object.entries({ ".problem": isProblem, ".done": !isProblem })) {
    find(form, place).textContent = shown ? what : "";
    find(form, place).hidden = !shown || !what;
  }
}
