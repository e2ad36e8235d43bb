/** The tables of a book, and the part of Durable Object storage that it needs. */

/** What the book uses of `ctx.storage`; narrow, so that a test can give it a failing disk. */
export interface BookStorage {
  readonly sql: Pick<SqlStorage, "exec">;
  /** Rolls everything back when the closure throws. */
  transactionSync<T>(closure: () => T): T;
}

/**
 * `series` and `index_series` hold packed columns by key. `day_rows` holds one closed day each: row i of the columns
 * belongs to `tickers[i]` (JSON). `session` counts the tickers with a row on a day, `changed_day` has the days whose rows
 * changed since they were last scanned, and the revision of the last change. Ordinary rowid tables on purpose:
 * the key's index then answers "which tickers" without touching the blobs.
 */
const TABLES = [
  "CREATE TABLE IF NOT EXISTS series (ticker TEXT PRIMARY KEY, columns BLOB NOT NULL)",
  "CREATE TABLE IF NOT EXISTS index_series (code TEXT PRIMARY KEY, columns BLOB NOT NULL)",
  "CREATE TABLE IF NOT EXISTS day_rows (day INTEGER PRIMARY KEY, tickers TEXT NOT NULL, columns BLOB NOT NULL)",
  "CREATE TABLE IF NOT EXISTS session (day INTEGER PRIMARY KEY, rows INTEGER NOT NULL)",
  "CREATE TABLE IF NOT EXISTS origin (id INTEGER PRIMARY KEY, source TEXT NOT NULL, close TEXT NOT NULL, final INTEGER NOT NULL, received_at INTEGER NOT NULL)",
  "CREATE TABLE IF NOT EXISTS day_close (day INTEGER PRIMARY KEY, close TEXT NOT NULL)",
  "CREATE TABLE IF NOT EXISTS day_provisional (day INTEGER PRIMARY KEY)",
  "CREATE TABLE IF NOT EXISTS rebased (ticker TEXT PRIMARY KEY, factor REAL NOT NULL, days INTEGER NOT NULL)",
  "CREATE TABLE IF NOT EXISTS changed_day (day INTEGER PRIMARY KEY, revision INTEGER NOT NULL)",
  "CREATE TABLE IF NOT EXISTS import_mark (id TEXT PRIMARY KEY, next INTEGER NOT NULL)",
  "CREATE TABLE IF NOT EXISTS run_lock (id INTEGER PRIMARY KEY CHECK (id = 0), run TEXT NOT NULL)",
  "CREATE TABLE IF NOT EXISTS owed_run (id INTEGER PRIMARY KEY CHECK (id = 0), since INTEGER NOT NULL)",
  "CREATE TABLE IF NOT EXISTS measure_mark (id INTEGER PRIMARY KEY CHECK (id = 0), changed INTEGER NOT NULL, as_of INTEGER, stamp INTEGER NOT NULL)",
  "CREATE TABLE IF NOT EXISTS market_step (kind TEXT NOT NULL, day INTEGER NOT NULL, status TEXT NOT NULL, text TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (kind, day))",
  "CREATE TABLE IF NOT EXISTS backfill (id INTEGER PRIMARY KEY CHECK (id = 0), state TEXT NOT NULL)",
  "CREATE TABLE IF NOT EXISTS backfill_day (day INTEGER PRIMARY KEY, body TEXT NOT NULL)",
  "CREATE TABLE IF NOT EXISTS share_walk (kind TEXT PRIMARY KEY, state TEXT NOT NULL)",
  "CREATE TABLE IF NOT EXISTS share_walk_part (kind TEXT NOT NULL, ticker TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, ticker))",
  "CREATE TABLE IF NOT EXISTS study (id INTEGER PRIMARY KEY CHECK (id = 0), standing TEXT NOT NULL)",
  "CREATE TABLE IF NOT EXISTS study_changed (id INTEGER PRIMARY KEY CHECK (id = 0), day INTEGER NOT NULL)",
  "CREATE TABLE IF NOT EXISTS study_part (kind TEXT NOT NULL, place INTEGER NOT NULL, body NOT NULL, PRIMARY KEY (kind, place))",
  "CREATE TABLE IF NOT EXISTS study_result (kind TEXT NOT NULL, place INTEGER NOT NULL, body NOT NULL, PRIMARY KEY (kind, place))",
  "CREATE TABLE IF NOT EXISTS stated_day (day INTEGER PRIMARY KEY, open INTEGER NOT NULL)",
  "CREATE TABLE IF NOT EXISTS day_difference (day INTEGER PRIMARY KEY, at INTEGER NOT NULL, rows INTEGER NOT NULL, added INTEGER NOT NULL, unconfirmed INTEGER NOT NULL, fields TEXT NOT NULL)",
  "CREATE TABLE IF NOT EXISTS plan_since (part TEXT PRIMARY KEY, at INTEGER NOT NULL)",
  "CREATE TABLE IF NOT EXISTS revision (id INTEGER PRIMARY KEY CHECK (id = 0), value INTEGER NOT NULL)",
];

/** What {@link emptyBookTables} leaves: who holds the book, what is owed to the clock, and the count of the bars' states. */
const KEPT = new Set(["run_lock", "owed_run", "revision"]);

/** All bars, and all that is known of them; to be called inside a transaction. */
export function emptyBookTables(storage: BookStorage): void {
  for (const statement of TABLES) {
    const [, table] = /EXISTS (\w+)/u.exec(statement) ?? [];
    if (table !== undefined && !KEPT.has(table)) {
      storage.sql.exec(`DELETE FROM ${table}`);
    }
  }
}

/** Idempotent: an object is born on old storage as often as on empty storage. */
export function createBookTables(storage: BookStorage): void {
  storage.transactionSync(() => {
    for (const table of TABLES) {
      storage.sql.exec(table);
    }
  });
}
