/** The settings of an event: nothing that was typed is lost by leaving, and the wall's design is seen before it is saved. */

import { find } from "../shared/page.js";
import { AccentField } from "./accent-field.js";
import { Still } from "./wall-preview.js";
import { keepUnsaved } from "./unsaved.js";

const form = find(document, ".all-settings", HTMLFormElement);
const still = new Still(find(form, ".still"), form);
const accent = new AccentField(form);
accent.onChange = (ink) => still.dress(ink);
accent.show();
keepUnsaved(form, find(form, ".save-bar [role=status]"));
form.querySelector("[autofocus]")?.scrollIntoView({ block: "center" }); // what has come in above it has pushed it down
