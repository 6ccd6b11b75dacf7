/** The database: an event, and its pledges, each with the version that it raised the event to. */
import { DatabaseSync } from "node:sqlite";

const TABLES = `
  CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY, version INTEGER NOT NULL, last_number INTEGER NOT NULL);
  INSERT OR IGNORE INTO events VALUES (1, 0, 0);
  CREATE TABLE IF NOT EXISTS pledges (
    id TEXT PRIMARY KEY, event_id INTEGER NOT NULL, number INTEGER NOT NULL, key TEXT NOT NULL, receipt_token TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL, name TEXT NOT NULL, organisation TEXT NOT NULL, theme TEXT NOT NULL, created_at TEXT NOT NULL,
    version INTEGER NOT NULL, UNIQUE (event_id, key), UNIQUE (event_id, number));
  CREATE INDEX IF NOT EXISTS by_version ON pledges (event_id, version);
`;
const COLUMNS = "id, event_id, number, key, receipt_token, text, name, organisation, theme, created_at, version";

export class Book {
  #database;
  #event;
  #add;
  #byKey;
  #count;

  constructor(file) {
    this.#database = new DatabaseSync(file);
    this.#database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON");
    this.#database.exec(TABLES);
    this.#event = this.#database.prepare("SELECT version, last_number FROM events WHERE id = 1");
    this.#add = this.#database.prepare(`INSERT INTO pledges (${COLUMNS}) VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (event_id, key) DO NOTHING`);
    this.#byKey = this.#database.prepare(`SELECT ${COLUMNS} FROM pledges WHERE event_id = 1 AND key = ?`);
    this.#count = this.#database.prepare("UPDATE events SET version = ?, last_number = ? WHERE id = 1");
  }

  /** Store a batch in one transaction: what became of each, and from which version to which the event went. */
  commit(batch) {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const event = this.#event.get();
      const from = event.version;
      const results = batch.map((made) => this.#store(event, made));
      this.#count.run(event.version, event.last_number);
      this.#database.exec("COMMIT");
      return { from, to: event.version, results };
    } catch {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK"); // a full disk has done so already
      return { from: 0, to: 0, results: batch.map(() => ({ failed: true })) };
    }
  }

  #store(event, made) {
    const { id, key, token, text, name, organisation, theme, at } = made;
    const [number, version] = [event.last_number + 1, event.version + 1];
    const { changes } = this.#add.run(id, number, key, token, text, name, organisation, theme, at, version);
    if (!changes) return this.#storedBefore(made);
    event.last_number = number;
    event.version = version;
    return { pledge: told({ ...made, number, version, created_at: at }), token, fresh: true };
  }

  /** The same key again: the same answer, unless it says something else. */
  #storedBefore(made) {
    const before = this.#byKey.get(made.key);
    const same = ["text", "name", "organisation", "theme"].every((field) => before[field] === made[field]);
    return same ? { pledge: told(before), token: before.receipt_token } : { reused: true };
  }
}

/** A pledge as everybody may see it. */
function told({ id, number, text, name, organisation, theme, created_at, version }) {
  return { id, number, text, name, organisation, theme, pinned: false, created_at, version, shown_since: version, me_too: 0 };
}
