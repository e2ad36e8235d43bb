/**
 * The state that a stream's messages add up to, as rows keyed by id, so that a late joiner holds what an early one does
 * (WS4). A stream of signals keeps one row a signal; any other stream's message is whole, and the last one is the state.
 */
import * as v from "valibot";
import { assert } from "../../core/assert.ts";

/** WS9: how many signals a snapshot has, and how many bytes. The rest is counted in `omitted`. */
const MAX_SIGNALS = 500;
const MAX_SNAPSHOT = 524_288;

/** Bytes of a snapshot besides its rows. */
const HEAD_ROOM = 1_024;

/** As much of a `signal_update` as the state depends on; rows stay as they came. */
const Change = v.object({
  data: v.object({
    signals: v.array(v.looseObject({ id: v.string(), score: v.number() })),
    removed: v.array(v.string()),
    count: v.number(),
    run_id: v.nullable(v.string()),
    timestamp: v.string(),
  }),
});

/** `head` keeps what the last message states of the whole: `data` without the lists, or the whole message. */
const TABLES = [
  "CREATE TABLE IF NOT EXISTS snapshot (id TEXT PRIMARY KEY, score REAL NOT NULL, body TEXT NOT NULL) WITHOUT ROWID",
  "CREATE TABLE IF NOT EXISTS head (id INTEGER PRIMARY KEY CHECK (id = 0), body TEXT NOT NULL)",
];

const Head = v.object({ run_id: v.nullable(v.string()), timestamp: v.string() });

/** Kept beside the ring, so that a client that was away too long gets one message instead of all of them. */
export class TopicSnapshot {
  readonly #sql: SqlStorage;
  readonly #topic: string;

  constructor(sql: SqlStorage, topic: string) {
    for (const table of TABLES) {
      sql.exec(table);
    }
    this.#sql = sql;
    this.#topic = topic;
  }

  /** Throws on a message that does not name what it changes, so that it gets no place. */
  apply(body: string): void {
    if (!this.#isOfSignals) {
      this.#setHead(body);
      return;
    }
    const parsed = v.safeParse(Change, JSON.parse(body));
    assert(parsed.success, "A message of signals names neither rows nor removed ids");
    const { signals, removed, run_id, timestamp } = parsed.output.data;
    for (const signal of signals) {
      const row = JSON.stringify(signal);
      this.#sql.exec("INSERT OR REPLACE INTO snapshot VALUES (?, ?, ?)", signal.id, signal.score, row);
    }
    for (const id of removed) {
      this.#sql.exec("DELETE FROM snapshot WHERE id = ?", id);
    }
    this.#setHead(JSON.stringify({ run_id, timestamp }));
  }

  clear(): void {
    this.#sql.exec("DELETE FROM snapshot");
    this.#sql.exec("DELETE FROM head");
  }

  /** The state as a message without its place; `null`: nothing is known, which differs from an empty list. */
  body(): string | null {
    const [row] = this.#sql.exec<{ body: string }>("SELECT body FROM head").toArray();
    if (!row) {
      return null;
    }
    if (!this.#isOfSignals) {
      return `{"snapshot":true,${row.body.slice(1)}`;
    }
    const head = v.parse(Head, JSON.parse(row.body));
    const { rows, count } = this.#rows();
    const omitted = count - rows.length;
    const tail = JSON.stringify({
      removed: [],
      count,
      ...head,
      ...(omitted > 0 && { omitted }),
    });
    const data = `{"signal_type":"VCP","signals":[${rows.join(",")}],${tail.slice(1)}`;
    return `{"type":"signal_update","topic":${JSON.stringify(this.#topic)},"snapshot":true,"data":${data}}`;
  }

  /** The best signals first, in the order of the lists, as many as a snapshot may hold. */
  #rows(): { readonly rows: readonly string[]; readonly count: number } {
    const { count } = this.#sql.exec<{ count: number }>("SELECT count(*) AS count FROM snapshot").one();
    const rows: string[] = [];
    let bytes = HEAD_ROOM;
    const best = this.#sql.exec<{ body: string; bytes: number }>(
      "SELECT body, length(CAST(body AS BLOB)) AS bytes FROM snapshot ORDER BY score DESC, id LIMIT ?",
      MAX_SIGNALS,
    );
    for (const row of best) {
      bytes += row.bytes + 1;
      if (bytes > MAX_SNAPSHOT) {
        break;
      }
      rows.push(row.body);
    }
    return { rows, count };
  }

  get #isOfSignals(): boolean {
    return this.#topic.startsWith("signal:");
  }

  #setHead(body: string): void {
    this.#sql.exec("INSERT OR REPLACE INTO head VALUES (0, ?)", body);
  }
}
