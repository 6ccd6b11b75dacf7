import { find } from "../shared/page.js";

/** On *join*: the code, the name and the password of the Wi-Fi, where the event shows one. */
export class WifiSign {
  #scene;
  #address;
  #shown = "";

  constructor(/** @type {HTMLElement} */ scene, /** @type {string} */ code) {
    this.#scene = scene;
    this.#address = `/e/${code}/wall/wifi.svg`;
    this.#shown = scene.hasAttribute("data-wifi") ? this.#asText(this.#part(".wifi-name").textContent, this.#part(".wifi-password").textContent) : "";
  }

  /** `version` is the event's: a code that changed is fetched anew. */
  show(/** @type {Contract.Wifi | null} */ wifi, /** @type {number} */ version) {
    const wanted = wifi ? this.#asText(wifi.name, wifi.password) : "";
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    this.#scene.toggleAttribute("data-wifi", Boolean(wifi));
    this.#part(".wifi-name").textContent = wifi?.name ?? "";
    this.#part(".wifi-password").textContent = wifi?.password ?? "";
    this.#part(".with-password").hidden = !wifi?.password;
    const code = find(this.#scene, ".qr-wifi", HTMLImageElement);
    if (wifi) code.src = `${this.#address}?${version}`;
    else code.removeAttribute("src");
  }

  #asText(/** @type {string} */ name, /** @type {string} */ password) {
    return JSON.stringify([name, password]);
  }

  #part(/** @type {string} */ selector) {
    return find(this.#scene, selector);
  }
}
