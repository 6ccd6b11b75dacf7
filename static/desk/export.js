/** Taking pledges home: the file is made on the server while the page shows how far it is; then the browser has it. */

/** @typedef {{done: number, of: number, ready: boolean, failed: boolean}} Report */

const LOOK_AGAIN_MS = 250;

const form = document.querySelector(".take-home form");
const button = form.querySelector("button");
const words = (/** @type {string} */ name) => form.querySelector("#words").content.querySelector(`[data-word=${name}]`).textContent;
const numbers = new Intl.NumberFormat(document.documentElement.lang);
let making = false;

form.addEventListener("submit", (submitted) => {
  submitted.preventDefault();
  if (!making) void make();
});

async function make() {
  rest(false);
  say("");
  try {
    const { job } = await ask(form.dataset.start, {
      method: "POST",
      body: new URLSearchParams(/** @type {any} */ (new FormData(form))),
      headers: { "X-CSRFToken": form.dataset.csrf },
    });
    await follow(`${form.dataset.start}/jobs/${job}`);
  } catch (problem) {
    say(problem instanceof Refused ? problem.message : words("lost"), true);
  }
  rest(true);
}

async function follow(/** @type {string} */ job) {
  for (;;) {
    const report = /** @type {Report} */ (await ask(job));
    if (report.failed) throw new Refused(words("failed"));
    show(report);
    if (report.ready) break;
    await new Promise((done) => setTimeout(done, LOOK_AGAIN_MS));
  }
  location.assign(`${job}/file`); // an attachment: the page stays
  say(words("done"));
}

/** Raises Refused with the server's own words, or what fetch raises. */
async function ask(/** @type {string} */ url, /** @type {RequestInit} */ how = {}) {
  const answer = await fetch(url, { ...how, headers: { Accept: "application/json", ...how.headers } });
  if (answer.status === 401) location.reload();
  const told = await answer.json();
  if (told.error) throw new Refused(Object.values(told.error.fields ?? {})[0] ?? told.error.message);
  return told;
}

class Refused extends Error {}

function show(/** @type {Report} */ report) {
  const bar = form.querySelector("progress");
  bar.max = Math.max(report.of, 1);
  bar.value = report.ready ? bar.max : report.done;
  for (const place of form.querySelectorAll("[data-told]")) place.textContent = numbers.format(report[place.dataset.told]);
}

function rest(/** @type {boolean} */ resting) {
  making = !resting;
  button.setAttribute("aria-disabled", String(making));
  form.querySelector(".making").hidden = resting;
}

function say(/** @type {string} */ what, isProblem = false) {
  for (const [place, shown] of [[".problem", isProblem], [".done", !isProblem]]) {
    form.querySelector(place).textContent = shown ? what : "";
    form.querySelector(place).hidden = !shown || !what;
  }
}
