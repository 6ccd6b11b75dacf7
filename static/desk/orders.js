/** What the desk asks of the server: each order is a form, and its answer tells whether it was done. */
export class Orders {
  /** @type {(message: string) => void} what was wrong, in the server's words; empty where it could not be asked */
  onFailure = () => {};
  #code;
  #token;

  constructor(/** @type {HTMLElement} */ page) {
    this.#code = page.dataset.event;
    this.#token = page.dataset.csrf;
  }

  /**
   * @param {string} path below the event's desk, such as `pledges/ID/hide`
   * @param {[string, string][]} fields
   * @returns {Promise<any>} the answer, or null where nothing was done; why was said
   */
  async give(path, fields = []) {
    const headers = { Accept: "application/json", "X-CSRFToken": this.#token };
    try {
      const answer = await fetch(`/desk/e/${this.#code}/${path}`, { method: "POST", headers, body: new URLSearchParams(fields) });
      if (answer.status === 401) location.reload();
      const told = await answer.json();
      if (answer.ok) return told;
      this.onFailure(told.error.message);
    } catch {
      this.onFailure("");
    }
    return null;
  }
}
