/** Erasing: the page that comes next lets this phone forget the pledge too, once the server has. */

import { ERASING } from "./erasing.js";

document.querySelector("form.erase").addEventListener("submit", ({ target }) => {
  try {
    sessionStorage.setItem(ERASING, new URL(target.action).pathname.replace(/\/erase$/, ""));
  } catch {
    // storage is refused: then nothing is kept on this phone either
  }
});
