/** What the object keeps in its own storage: its place in the log, what it gathered, what it sent, and the secrets of its channels. */

/** The part of the platform's storage that is used. */
export interface AlertStorage {
  readonly sql: Pick<SqlStorage, "exec">;
  transactionSync<T>(act: () => T): T;
}

/**
 * `message.state`: `open` gathers, `sent` was handed to its deliveries, `withdrawn` had nobody or nothing left. `hit.is_taken`: 0 stands,
 * 1 was told and waits for its correction, 2 was corrected or never told. `delivery.state`: `waiting`, `sent`, `dead`, `withdrawn`.
 */
const TABLES = [
  "CREATE TABLE IF NOT EXISTS place (id INTEGER PRIMARY KEY CHECK (id = 0), position INTEGER NOT NULL)",
  `CREATE TABLE IF NOT EXISTS message (number INTEGER PRIMARY KEY AUTOINCREMENT, rule TEXT NOT NULL, kind TEXT NOT NULL,
    state TEXT NOT NULL, opened_at INTEGER NOT NULL, last_at INTEGER NOT NULL, due_at INTEGER NOT NULL, closed_at INTEGER,
    of INTEGER, body TEXT)`,
  "CREATE INDEX IF NOT EXISTS message_due ON message (state, due_at)",
  "CREATE INDEX IF NOT EXISTS message_rule ON message (rule, closed_at)",
  `CREATE TABLE IF NOT EXISTS hit (rule TEXT NOT NULL, event TEXT NOT NULL, key TEXT NOT NULL, signal TEXT, cooldown TEXT NOT NULL,
    at INTEGER NOT NULL, message INTEGER NOT NULL, is_taken INTEGER NOT NULL DEFAULT 0, detail TEXT NOT NULL,
    PRIMARY KEY (rule, event))`,
  "CREATE INDEX IF NOT EXISTS hit_key ON hit (key)",
  "CREATE INDEX IF NOT EXISTS hit_signal ON hit (signal)",
  "CREATE INDEX IF NOT EXISTS hit_message ON hit (message)",
  "CREATE INDEX IF NOT EXISTS hit_cooldown ON hit (rule, cooldown, at)",
  `CREATE TABLE IF NOT EXISTS delivery (message INTEGER NOT NULL, receiver TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,
    created_at INTEGER NOT NULL, next_at INTEGER NOT NULL, sent_at INTEGER, reason TEXT, PRIMARY KEY (message, receiver))`,
  "CREATE INDEX IF NOT EXISTS delivery_due ON delivery (state, next_at)",
  `CREATE TABLE IF NOT EXISTS channel (id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, target TEXT NOT NULL,
    secret TEXT NOT NULL, failures INTEGER NOT NULL, last_sent_at INTEGER)`,
  "CREATE TABLE IF NOT EXISTS own_key (id INTEGER PRIMARY KEY CHECK (id = 0), public TEXT NOT NULL, private TEXT NOT NULL)",
] as const;

/** Columns that installations of before do not have; the code of before leaves them at their default. */
const LATER_COLUMNS = [
  ["message", "reason", "TEXT"],
  // When it was due before quiet hours held it; `null` in a message of before.
  ["message", "ready_at", "INTEGER"],
  // `null` unless quiet hours hold it.
  ["delivery", "ready_at", "INTEGER"],
] as const;

export function makeTables({ sql }: AlertStorage): void {
  for (const table of TABLES) {
    sql.exec(table);
  }
  for (const [table, column, type] of LATER_COLUMNS) {
    const known = sql.exec("SELECT 1 FROM pragma_table_info(?) WHERE name = ?", table, column).toArray();
    if (known.length === 0) {
      sql.exec(`ALTER TABLE ${table} ADD COLUMN ${column} ${type}`);
    }
  }
}
