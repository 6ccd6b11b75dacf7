/** What the desk asks of the server: each request is a form, and its answer says whether it was done. */
export class Requests {
  /** @type {(message: string) => void} what was wrong, in the server's words; empty where it could not be asked */
  onFailure = () => {};
  #code;
  #token;

  constructor(/** @type {Page.Desk} */ page) {
    this.#code = page.dataset.event;
    this.#token = page.dataset.csrf;
  }

  /**
   * @param {string} path below the event's desk, such as `pledges/ID/hide`
   * @param {[string, string][]} fields
   * @returns {Promise<Contract.Done | null>} the answer, or null where nothing was done; why was said
   */
  async send(path, fields = []) {
    const headers = { Accept: "application/json", "X-CSRFToken": this.#token };
    try {
      const response = await fetch(`/desk/e/${this.#code}/${path}`, { method: "POST", headers, body: new URLSearchParams(fields) });
      if (response.status === 401) location.reload();
      /** @type {Contract.Answer<Contract.Done>} */
      const answer = await response.json();
      if (response.ok && !answer.error) return answer;
      this.onFailure(answer.error?.message ?? "");
    } catch {
      this.onFailure("");
    }
    return null;
  }
}
