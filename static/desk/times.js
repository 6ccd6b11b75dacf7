/** Date and time in the reader's own zone, where the server could only write them in one for all. */

import { momentOf } from "../shared/moments.js";

for (const time of /** @type {NodeListOf<HTMLTimeElement>} */ (document.querySelectorAll("time[data-full]"))) {
  time.textContent = momentOf(time.dateTime);
}
