/** The list of pledges on the desk, newest first. */
export class PledgeList {
  #list;
  #template;

  constructor(/** @type {HTMLElement} */ list, /** @type {HTMLTemplateElement} */ template) {
    this.#list = list;
    this.#template = template;
    for (const time of list.querySelectorAll("time")) showTime(time, time.dateTime);
  }

  /** Show a pledge as it is now: in its row, or in a new one. */
  put(/** @type {import("../shared/event-copy.js").Pledge} */ pledge) {
    const row = document.getElementById(`pledge-${pledge.id}`) ?? this.#addRow(pledge);
    row.dataset.status = pledge.status;
    row.dataset.heldFor = pledge.held_for;
    row.querySelector(".text").textContent = pledge.text;
    row.querySelector(".by").textContent = [pledge.name, pledge.organisation, pledge.theme].filter(Boolean).join(" · ");
    for (const number of row.querySelectorAll(".number")) number.textContent = String(pledge.number);
    showTime(row.querySelector("time"), pledge.created_at);
  }

  clear() {
    this.#list.replaceChildren();
  }

  #addRow(/** @type {import("../shared/event-copy.js").Pledge} */ pledge) {
    const row = this.#template.content.firstElementChild.cloneNode(true);
    row.id = `pledge-${pledge.id}`;
    row.dataset.id = pledge.id;
    row.querySelector("[name=pledge]").value = pledge.id;
    for (const form of row.querySelectorAll("form")) form.setAttribute("action", form.getAttribute("action").replace("/ID/", `/${pledge.id}/`));
    this.#list.prepend(row);
    return row;
  }
}

/** A time of day as the reader writes it. */
function showTime(/** @type {HTMLTimeElement} */ place, /** @type {string} */ iso) {
  place.dateTime = iso;
  place.textContent = new Date(iso).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
}
