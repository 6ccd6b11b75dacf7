/** Which pledges of the list are looked at: by status, and by what they say. */
export class Filter {
  #page;

  constructor(/** @type {HTMLElement} */ page) {
    this.#page = page;
    page.querySelector(".tools").hidden = false;
    page.querySelector(".tools").addEventListener("input", () => this.apply());
  }

  apply() {
    const status = this.#page.querySelector("[name=filter]:checked").value;
    const wanted = fold(this.#page.querySelector("[type=search]").value);
    for (const row of this.#page.querySelectorAll(".pledge")) {
      const right = status === "all" || row.dataset.status === status;
      row.hidden = !right || !fold(`${row.querySelector(".text").textContent} ${row.querySelector(".by").textContent}`).includes(wanted);
    }
  }

  /** Say how many there are of each status. */
  count(/** @type {import("../shared/event-copy.js").Pledge[]} */ pledges) {
    for (const place of this.#page.querySelectorAll("[data-count]")) {
      const { count } = place.dataset;
      const those = count === "all" ? pledges : pledges.filter(({ status }) => status === count);
      place.textContent = new Intl.NumberFormat(document.documentElement.lang).format(those.length);
    }
  }
}

/** For comparing: without case and accents. */
function fold(/** @type {string} */ text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
