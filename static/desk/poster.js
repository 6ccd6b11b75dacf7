/** The print button: the browser prints the page, or saves it as PDF. */

import { find } from "../shared/page.js";

const button = find(document, "[data-print]");
button.hidden = false;
button.addEventListener("click", () => print());
