/** What a state folder holds, read in its SQLite files by themselves: no object answers between a death and the next birth. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import * as v from "valibot";
import { exchangeOf, isSimulated } from "../../core/instrument/exchange-profile.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";

const Text = v.nullable(v.string());
const Run = v.object({
  id: v.string(),
  status: v.string(),
  reason: Text,
  as_of: v.nullable(v.number()),
  kind: v.string(),
});
const Event = v.object({ signal_id: v.string(), seq: v.number(), run_id: v.string(), row: v.string() });
const Message = v.object({ id: v.string(), topic: v.string(), published_at: v.nullable(v.number()) });
const Keyed = v.object({ key: v.string() });
const Position = v.object({ epoch: v.string(), seq: v.number() });
const RingRow = v.object({ seq: v.number(), id: v.string(), topic: v.string() });
const Session = v.object({ day: v.number(), rows: v.number() });
const Count = v.object({ n: v.number() });

type Run = v.InferOutput<typeof Run>;
type Event = v.InferOutput<typeof Event>;
type Message = v.InferOutput<typeof Message>;

/** A stream as its Topic has it. */
export interface StreamRecord {
  readonly epoch: string;
  readonly seq: number;
  /** By place, oldest first. */
  readonly ring: readonly { readonly seq: number; readonly id: string }[];
}

export interface StoredRecords {
  readonly runs: readonly Run[];
  readonly events: readonly Event[];
  readonly signals: readonly string[];
  /** In the order of publishing. */
  readonly outbox: readonly Message[];
  readonly outcomes: readonly string[];
  readonly gates: readonly string[];
  readonly streams: Readonly<Record<string, StreamRecord>>;
  /** Of every stream, also of one without a message. */
  readonly epochs: readonly string[];
  readonly sessions: readonly { readonly day: number; readonly rows: number }[];
  /** Rows of the books that state work to be done: a run that holds one, a run that is owed, outcomes to be measured. */
  readonly open: number;
  /** A session's scan that a feed owes. */
  readonly due: number;
}

function databases(stateDir: string, folder: string): readonly string[] {
  const at = join(stateDir, "v3", folder);
  return readdirSync(at)
    .filter((name) => name.endsWith(".sqlite") && name !== "metadata.sqlite")
    .map((name) => join(at, name));
}

/** All rows of one query in every file of the folder that has the table. */
function rowsIn<T>(
  files: readonly string[],
  table: string,
  sql: string,
  schema: v.GenericSchema<unknown, T>,
): T[] {
  return files.flatMap((file) => {
    const database = new DatabaseSync(file, { timeout: 2_000 });
    try {
      const has = database.prepare("SELECT 1 FROM sqlite_master WHERE name = ?").get(table);
      return has === undefined ? [] : v.parse(v.array(schema), database.prepare(sql).all());
    } finally {
      database.close();
    }
  });
}

function streamsIn(stateDir: string): StoredRecords["streams"] {
  const streams: Record<string, StreamRecord> = {};
  for (const file of databases(stateDir, "do/vcp-radar-Topic")) {
    const [position] = rowsIn([file], "position", "SELECT epoch, seq FROM position", Position);
    const ring = rowsIn(
      [file],
      "ring",
      "SELECT seq, id, json_extract(body, '$.topic') AS topic FROM ring ORDER BY seq",
      RingRow,
    );
    const topic = ring[0]?.topic;
    if (position !== undefined && topic !== undefined) {
      streams[topic] = { ...position, ring: ring.map(({ seq, id }) => ({ seq, id })) };
    }
  }
  return streams;
}

/** The book of the exchange: an object's file has no name, its tickers name the exchange. */
function booksOf(stateDir: string, exchange: Exchange): readonly string[] {
  return databases(stateDir, "do/vcp-radar-MarketBook").filter((file) => {
    const [first] = rowsIn([file], "series", "SELECT ticker AS key FROM series LIMIT 1", Keyed);
    return first !== undefined && exchangeOf(first.key) === exchange;
  });
}

/** Each line of the master as JSON, by ticker; when it was written is no part of it. */
export function readMaster(stateDir: string, exchange: Exchange): readonly string[] {
  const line = `json_array(ticker, name, name_en, market, kind, notice, industry, listed_on, listed_shares)`;
  return rowsIn(
    databases(stateDir, "d1/miniflare-D1DatabaseObject"),
    "instrument",
    `SELECT ${line} AS key FROM instrument WHERE exchange = '${exchange}' ORDER BY ticker`,
    Keyed,
  ).map(({ key }) => key);
}

/** Of one exchange, which is the active one. */
export function readRecords(stateDir: string, exchange: Exchange): StoredRecords {
  const d1 = databases(stateDir, "d1/miniflare-D1DatabaseObject");
  const books = booksOf(stateDir, exchange);
  const own = (table: string): string => `FROM ${table} WHERE exchange = '${exchange}'`;
  const keys = (table: string, key: string): readonly string[] =>
    rowsIn(d1, table, `SELECT ${key} AS key ${own(table)}`, Keyed).map((row) => row.key);
  const countIn = (files: readonly string[], table: string, where = "true"): number =>
    rowsIn(files, table, `SELECT count(*) AS n FROM ${table} WHERE ${where}`, Count).reduce(
      (sum, { n }) => sum + n,
      0,
    );
  const run = `SELECT id, status, reason, as_of, kind ${own("scan_run")} ORDER BY started_at, id`;
  const event = `SELECT signal_id, seq, run_id, json_array(day, from_state, to_state, reason, detail, at) AS row
    ${own("signal_event")} ORDER BY signal_id, seq`;
  const message = `SELECT id, topic, published_at ${own("outbox")} ORDER BY position`;
  return {
    runs: rowsIn(d1, "scan_run", run, Run),
    events: rowsIn(d1, "signal_event", event, Event),
    signals: keys("signal", "id"),
    outbox: rowsIn(d1, "outbox", message, Message),
    outcomes: keys("outcome", "signal_id || ' ' || horizon"),
    gates: keys("market_gate", "day || ''"),
    streams: streamsIn(stateDir),
    epochs: databases(stateDir, "do/vcp-radar-Topic").flatMap((file) =>
      rowsIn([file], "position", "SELECT epoch AS key FROM position", Keyed).map(({ key }) => key),
    ),
    sessions: rowsIn(books, "session", "SELECT day, rows FROM session ORDER BY day", Session),
    // Bars that changed since the last run are measured with the next one, and wait for nothing before.
    open:
      countIn(books, "run_lock") +
      countIn(books, "owed_run") +
      countIn(books, "measure_mark", "as_of IS NOT NULL"),
    due: isSimulated(exchange)
      ? countIn(databases(stateDir, "do/vcp-radar-MarketFeed"), "standing", "due = 1")
      : 0,
  };
}
