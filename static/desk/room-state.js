import { momentOf } from "../shared/moments.js";
import { find } from "../shared/page.js";
import { NO_ACCESS } from "../shared/changes.js";

const EVERY_MS = 4_000;
const SHOWN_AWAY = "no-projector";

/** How the room is: phones, projectors and what they show, and whether the server is well. */
export class RoomState {
  /** @type {(report: Contract.RoomReport) => void} hears of each report */
  onReport = () => {};
  #place;
  #ask;
  #words;

  /**
   * @param {HTMLElement} place
   * @param {(message: string) => Promise<unknown>} ask
   * @param {Page.Words} words
   */
  constructor(place, ask, words) {
    this.#place = place;
    this.#ask = ask;
    this.#words = words;
    void this.#look();
  }

  async #look() {
    try {
      const answer = /** @type {Contract.Answer<Contract.RoomReport>} */ (await this.#ask("state"));
      if (answer.error && NO_ACCESS.includes(answer.error.code)) return location.reload(); // the session ended, or the role did; the page says which
      if (answer.error?.code === "try_again") this.#showTrouble(answer.error.message);
      else if (answer.error) throw new Error(answer.error.code);
      else this.#show(answer);
    } catch {
      this.#place.dataset.well = "unknown"; // where there is no connection, the line above the list says so
    }
    setTimeout(() => this.#look(), EVERY_MS);
  }

  #show(/** @type {Contract.RoomReport} */ report) {
    const { version, phones, projectors, server } = report;
    this.onReport(report);
    const phonesText = this.#words("phones", phones);
    const projectorsText = projectors.length ? this.#words("projectors", projectors.length) : this.#words(SHOWN_AWAY);
    const each = projectors.map((shown, index) =>
      this.#say(shown === version ? "up-to-date" : "behind", { number: index + 1, version: shown ?? 0, latest: version }),
    );
    const [well, serverText] = this.#judge(server);
    this.#place.hidden = false;
    this.#place.dataset.well = well && projectors.length ? "yes" : "no";
    this.#put("short", well ? `${phonesText} · ${projectorsText}` : serverText);
    this.#put("phones", phonesText);
    this.#put("projectors", [projectorsText, ...each].join("\n"));
    this.#put("server", serverText);
    this.#put("backup", this.#backup(server));
  }

  /** The server can read nothing, and says why. */
  #showTrouble(/** @type {string} */ why) {
    this.#place.hidden = false;
    this.#place.dataset.well = "no";
    this.#put("short", why);
    for (const name of ["phones", "projectors", "server", "backup"]) this.#put(name, "");
  }

  #backup(/** @type {Contract.ServerReport} */ { backup, backup_failed }) {
    if (backup_failed) return this.#words("backup-failed");
    if (!backup) return this.#words("no-backup");
    return this.#words("backup").replace("{time}", momentOf(backup));
  }

  /** @returns {[boolean, string]} whether the server is well, and words for it */
  #judge(/** @type {Contract.ServerReport} */ { database, disk, free_mb, ledger, waiting, backup_failed, servers }) {
    const values = { free: free_mb / 1000, waiting };
    if (database !== "ok") return [false, this.#say("database-failed", values)];
    if (disk !== "ok") return [false, this.#say("disk-low", values)];
    if (backup_failed) return [false, this.#words("backup-failed")];
    if (ledger !== "ok") return [false, this.#say("ledger-busy", values)];
    if (servers === "slow") return [true, `${this.#say("well", values)} · ${this.#words("servers-slow")}`];
    return [true, this.#say("well", values)];
  }

  #say(/** @type {string} */ name, /** @type {Record<string, number>} */ values) {
    const format = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
    return this.#words(name).replace(/\{(\w+)\}/g, (_, key) => format.format(values[key] ?? NaN));
  }

  #put(/** @type {string} */ name, /** @type {string} */ text) {
    const place = find(this.#place, `[data-part=${name}]`);
    if (place.textContent !== text) place.textContent = text;
  }
}
