/**
 * @typedef {{text: string, name: string, organisation: string, theme: string}} Content
 * @typedef {{key: string, content: Content, receipt?: string, status?: string, id?: string, refused?: any}} Entry
 *   an entry without a receipt has not been stored yet; `refused` is why the server would not have it
 */

/** The pledges written on this phone: kept before anything is sent, each with its own key. */
export class Outbox {
  #keeper;
  #name;

  constructor(/** @type {import("./keeper.js").Keeper} */ keeper, /** @type {string} */ code) {
    this.#keeper = keeper;
    this.#name = `scribe-wall:${code}:outbox`;
  }

  /** @returns {Entry[]} oldest first */
  get entries() {
    const kept = this.#keeper.read(this.#name);
    return Array.isArray(kept) ? kept : [];
  }

  /** The ones that still have to be stored; an event that was closed may be opened again. */
  get unsent() {
    return this.entries.filter(({ receipt, refused }) => !receipt && (!refused || refused.code === "event_closed"));
  }

  /** The newest that was stored. */
  get latest() {
    return this.entries.filter(({ receipt }) => receipt).at(-1);
  }

  /** @returns {Entry} */
  add(/** @type {Content} */ content) {
    const entry = { key: newKey(), content };
    this.#keeper.keep(this.#name, [...this.entries, entry]);
    return entry;
  }

  /** Note what the server said of an entry: its receipt, its status. */
  note(/** @type {string} */ key, /** @type {Partial<Entry>} */ news) {
    const entries = this.entries.map((entry) => (entry.key === key ? { ...entry, ...news } : entry));
    this.#keeper.keep(this.#name, entries);
  }

  /** Take an entry out: it is being written again, or was erased. */
  drop(/** @type {string} */ key) {
    this.#keeper.keep(
      this.#name,
      this.entries.filter((entry) => entry.key !== key),
    );
  }
}

/** A random UUID. `crypto.randomUUID` is missing on plain http, which venue pages are. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
