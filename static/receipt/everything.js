/** Erasing: the page that comes next lets this phone forget the pledge too, once the server has. */

import { find } from "../shared/page.js";
import { ERASING } from "./erasing.js";

const form = find(document, "form.erase", HTMLFormElement);
form.addEventListener("submit", () => {
  try {
    sessionStorage.setItem(ERASING, new URL(form.action).pathname.replace(/\/erase$/, ""));
  } catch {
    // storage is refused: then nothing is saved on this phone either
  }
});
