/** The print button: the browser prints the page, or saves it as PDF. */

const button = document.querySelector("[data-print]");
button.hidden = false;
button.addEventListener("click", () => print());
