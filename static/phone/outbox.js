/** The pledges written on this phone: saved before anything is sent, each with its own key. */
export class Outbox {
  #store;
  #name;
  /** @type {Map<string, Partial<Phone.Entry> | null>} by key, what the storage would not take; null where one was dropped */
  #loose = new Map();

  constructor(/** @type {Phone.Store} */ store, /** @type {string} */ code) {
    this.#store = store;
    this.#name = `scribe-wall:${code}:outbox`;
  }

  /** @returns {Phone.Entry[]} oldest first */
  get entries() {
    return this.#with(this.#store.read(this.#name));
  }

  /** The ones that still have to be stored; an event that was closed may be opened again. */
  get unsent() {
    return this.entries.filter(({ receipt, refused }) => !receipt && (!refused || refused.code === "event_closed"));
  }

  /** The newest that was stored. */
  get latest() {
    return this.entries.filter(({ receipt }) => receipt).at(-1);
  }

  /** @returns {Phone.Entry} */
  add(/** @type {Contract.Content} */ content) {
    const entry = { key: newKey(), content };
    this.note(entry.key, entry);
    return entry;
  }

  /** Note what the server said of an entry: its receipt, its status. */
  note(/** @type {string} */ key, /** @type {Partial<Phone.Entry>} */ news) {
    this.#loose.set(key, { ...this.#loose.get(key), ...news });
    this.#save();
  }

  /** Take an entry out: it is being written again, or was erased. */
  drop(/** @type {string} */ key) {
    this.#loose.set(key, null);
    this.#save();
  }

  /** @returns {boolean} whether an entry would still be here after a reload; the storage is asked once more */
  isSaved(/** @type {string} */ key) {
    if (this.#loose.size) this.#save();
    return listOf(this.#store.read(this.#name)).some((entry) => entry.key === key);
  }

  /** Only what is new goes into what is there now: another tab may have written meanwhile. */
  #save() {
    if (this.#store.change(this.#name, (saved) => this.#with(saved))) this.#loose.clear();
  }

  #with(/** @type {unknown} */ saved) {
    const entries = new Map(listOf(saved).map((entry) => [entry.key, entry]));
    for (const [key, news] of this.#loose) {
      const entry = /** @type {Phone.Entry} */ ({ ...entries.get(key), ...news });
      if (news && entry.content) entries.set(key, entry);
      else entries.delete(key);
    }
    return [...entries.values()];
  }
}

/** @returns {Phone.Entry[]} */
function listOf(/** @type {unknown} */ saved) {
  return Array.isArray(saved) ? saved.filter((entry) => entry?.content) : [];
}

/** A random UUID. `crypto.randomUUID` is missing on plain http, which venue pages are. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
