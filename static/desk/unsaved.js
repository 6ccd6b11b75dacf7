import { words } from "../shared/page.js";

/** Say that a form has something unsaved in it, and have the browser ask before its page is left. */
export function warnOfUnsaved(/** @type {HTMLFormElement} */ form, /** @type {HTMLElement} */ place) {
  const saved = place.innerHTML;
  const asItCame = "unsaved" in form.dataset ? "" : typedInto(form);
  let sending = false;
  const isUnsaved = () => !sending && typedInto(form) !== asItCame;

  function say() {
    const unsaved = isUnsaved();
    if (unsaved === place.classList.contains("unsaved")) return;
    place.classList.toggle("unsaved", unsaved);
    if (unsaved) place.textContent = words("unsaved");
    else place.innerHTML = saved;
  }

  form.addEventListener("input", say);
  form.addEventListener("submit", () => {
    sending = true;
  });
  addEventListener("pageshow", () => {
    sending = false; // back from the page that came after
    say();
  });
  addEventListener("beforeunload", (leaving) => {
    if (isUnsaved()) leaving.preventDefault();
  });
}

/** What is in the fields, with the names of chosen files. */
function typedInto(/** @type {HTMLFormElement} */ form) {
  const fields = [...new FormData(form)].map(([name, value]) => [name, value instanceof File ? value.name : value]);
  return JSON.stringify(fields);
}
