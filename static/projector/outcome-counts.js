import { find } from "../shared/page.js";

/** Beside the follow-up wall: how many pledges were kept, still go on or changed. */
export class OutcomeCounts {
  #place;

  constructor(/** @type {HTMLElement} */ place) {
    this.#place = place;
  }

  show(/** @type {Contract.WallPledge[]} */ pledges) {
    const numbers = new Intl.NumberFormat(document.documentElement.lang);
    for (const row of /** @type {NodeListOf<HTMLElement>} */ (this.#place.querySelectorAll("[data-outcome]"))) {
      const count = pledges.filter(({ outcome }) => outcome === row.dataset.outcome).length;
      row.hidden = !count;
      find(row, "b").textContent = numbers.format(count);
    }
  }
}
