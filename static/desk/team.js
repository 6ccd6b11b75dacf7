/** The team: an invitation that was just made is copied with one tap. */

import { offerCopying } from "./copying.js";

const made = /** @type {Page.With<"copied" | "selected"> | null} */ (document.querySelector(".copying"));
if (made) offerCopying(made);
