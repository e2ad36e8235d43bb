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
  // AL31: when the next of its waiting messages is due, for each receiver that has one.
  "CREATE TABLE IF NOT EXISTS receiver (name TEXT PRIMARY KEY, next_at INTEGER NOT NULL)",
  "CREATE INDEX IF NOT EXISTS receiver_due ON receiver (next_at, name)",
  `CREATE TABLE IF NOT EXISTS channel (id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, target TEXT NOT NULL,
    secret TEXT NOT NULL, failures INTEGER NOT NULL, last_sent_at INTEGER)`,
  "CREATE TABLE IF NOT EXISTS own_key (id INTEGER PRIMARY KEY CHECK (id = 0), public TEXT NOT NULL, private TEXT NOT NULL)",
  "CREATE TABLE IF NOT EXISTS own_origin (id INTEGER PRIMARY KEY CHECK (id = 0), origin TEXT NOT NULL)",
] as const;

/** Columns that installations of before do not have; the code of before leaves them at their default. */
const LATER_COLUMNS = [
  ["message", "reason", "TEXT"],
  // When it was due before quiet hours held it; `null` in a message of before.
  ["message", "ready_at", "INTEGER"],
  // AL28: the holder of its rule, and how manieth of that holder it is; filled below where the code of before wrote it.
  ["message", "holder", "TEXT NOT NULL DEFAULT ''"],
  ["message", "nth", "INTEGER NOT NULL DEFAULT 0"],
  // `null` unless quiet hours hold it.
  ["delivery", "ready_at", "INTEGER"],
] as const;

/** Over the columns above. An index that nothing uses any more costs a row written with each row. */
const INDEXES = [
  "CREATE INDEX IF NOT EXISTS message_holder ON message (holder, nth)",
  "CREATE INDEX IF NOT EXISTS message_of ON message (of) WHERE of IS NOT NULL",
  "CREATE INDEX IF NOT EXISTS delivery_waiting ON delivery (receiver, next_at, message) WHERE state = 'waiting'",
  "DROP INDEX IF EXISTS delivery_due",
];

/** What the code of before has written since, if it ran again: nothing to read and nothing to write otherwise. */
const REPAIRS = [
  `UPDATE message SET holder = filled.holder, nth = filled.nth FROM (
     SELECT number, substr(rule, 1, instr(rule, '/') - 1) AS holder,
       row_number() OVER (PARTITION BY substr(rule, 1, instr(rule, '/') - 1) ORDER BY number) + coalesce(
         (SELECT max(nth) FROM message known WHERE known.holder = substr(late.rule, 1, instr(late.rule, '/') - 1)), 0) AS nth
     FROM message late WHERE holder = '') AS filled
   WHERE message.number = filled.number`,
  "DELETE FROM receiver WHERE name NOT IN (SELECT receiver FROM delivery WHERE state = 'waiting')",
  `INSERT INTO receiver SELECT receiver, min(next_at) FROM delivery WHERE state = 'waiting' GROUP BY receiver
   ON CONFLICT (name) DO UPDATE SET next_at = excluded.next_at WHERE next_at <> excluded.next_at`,
];

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
  for (const statement of [...INDEXES, ...REPAIRS]) {
    sql.exec(statement);
  }
}
