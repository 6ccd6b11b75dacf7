/** The settings of an event: nothing that was typed is lost by leaving, and the wall's design is seen before it is saved. */

import { find } from "../shared/page.js";
import { AccentField } from "./accent-field.js";
import { WallPreview } from "./wall-preview.js";
import { warnOfUnsaved } from "./unsaved.js";

const form = find(document, ".all-settings", HTMLFormElement);
const preview = new WallPreview(find(form, ".wall-preview"), form);
const accent = new AccentField(form);
accent.onChange = (ink) => preview.setAccent(ink);
accent.show();
warnOfUnsaved(form, find(form, ".save-bar [role=status]"));
form.querySelector("[autofocus]")?.scrollIntoView({ block: "center" }); // what has come in above it has pushed it down
