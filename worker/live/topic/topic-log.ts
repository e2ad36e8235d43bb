/**
 * What a stream keeps: its position, the ring of its last messages, and the snapshot they add up to (WS4 to WS6).
 * A method that writes more than one row expects a transaction of its caller.
 */
import type { Exchange } from "../../core/instrument/instrument.ts";
import { placeBody } from "../../protocol/messages/server-message.ts";
import { TopicSnapshot } from "./topic-snapshot.ts";
import { type Fragment, type Position, RING_SIZE, seqOf, type StreamStart } from "../../app/ports/live.ts";

/** A message on its way into the stream; its `id` makes a second publish harmless. */
export interface TopicMessage {
  readonly id: string;
  readonly exchange: Exchange;
  /** The message as JSON without epoch and seq. */
  readonly body: string;
}

/** The message at its place. */
export interface SequencedMessage {
  readonly seq: number;
  readonly id: string;
  readonly body: string;
}

/**
 * The ring has one row a message, in slot `seq % 256`: the write replaces the message that leaves, so a publish costs one
 * written row. `position` holds the stream's epoch, last seq and exchange; `''` until a message or a switch names one.
 */
const TABLES = [
  `CREATE TABLE IF NOT EXISTS position (
     id INTEGER PRIMARY KEY CHECK (id = 0), epoch TEXT NOT NULL, seq INTEGER NOT NULL, exchange TEXT NOT NULL)`,
  "CREATE TABLE IF NOT EXISTS ring (slot INTEGER PRIMARY KEY, seq INTEGER NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL)",
];

interface PositionRow extends Record<string, SqlStorageValue> {
  readonly epoch: string;
  readonly seq: number;
  readonly exchange: string;
}

type RingRow = { readonly seq: number; readonly id: string; readonly body: string };

/** Epoch, seq and the last messages in the object's SQLite: what a place in the stream means survives every restart. */
export class TopicLog {
  readonly #sql: SqlStorage;
  readonly #topic: string;
  readonly #snapshot: TopicSnapshot;
  readonly #newEpoch: () => string;

  constructor(sql: SqlStorage, topic: string, newEpoch: () => string) {
    for (const table of TABLES) {
      sql.exec(table);
    }
    this.#sql = sql;
    this.#topic = topic;
    this.#newEpoch = newEpoch;
    this.#snapshot = new TopicSnapshot(sql, topic);
  }

  /** `null` before the first message and the first subscriber. */
  position(): Position | null {
    const row = this.#row();
    return row === null ? null : positionOf(row);
  }

  /** The message in its place, which is new or the one it got when it came first; `null` for a message of another exchange. */
  append({
    id,
    exchange,
    body,
  }: TopicMessage): { readonly fragment: Fragment; readonly isNew: boolean } | null {
    const position = this.#positionIn(exchange);
    if (position === null) {
      return null;
    }
    const { epoch, seq: last } = position;
    const [known] = this.#sql.exec<RingRow>("SELECT seq, id, body FROM ring WHERE id = ?", id).toArray();
    if (known) {
      return { fragment: this.#fragment(epoch, known), isNew: false };
    }
    const seq = last + 1;
    this.#snapshot.apply(body);
    this.#sql.exec("INSERT OR REPLACE INTO ring VALUES (?, ?, ?, ?)", seq % RING_SIZE, seq, id, body);
    this.#sql.exec("UPDATE position SET seq = ?", seq);
    return { fragment: this.#fragment(epoch, { seq, body }), isNew: true };
  }

  /** Begins an epoch with a whole state; `body` `null`: nothing is known yet. */
  begin(exchange: Exchange | "", body: string | null): Position {
    const epoch = this.#newEpoch();
    this.#sql.exec("DELETE FROM ring");
    this.#sql.exec("INSERT OR REPLACE INTO position VALUES (0, ?, 0, ?)", epoch, exchange);
    this.#snapshot.clear();
    if (body !== null) {
      this.#snapshot.apply(body);
    }
    return { epoch, seq: seqOf(0) };
  }

  /** The messages after `seq`, oldest first; `null` when the ring no longer holds all of them. */
  since(seq: number): readonly SequencedMessage[] | null {
    const last = this.position()?.seq ?? 0;
    if (seq > last || last - seq > RING_SIZE) {
      return null;
    }
    return this.#sql
      .exec<RingRow>("SELECT seq, id, body FROM ring WHERE seq > ? ORDER BY seq", seq)
      .toArray();
  }

  /** WS6: exactly what was missed since a position of this epoch in the ring, otherwise a snapshot; never a part of either. */
  start(since: Position | null): StreamStart {
    const at = this.position() ?? this.begin("", null);
    const missed = since?.epoch === at.epoch ? this.since(since.seq) : null;
    if (missed !== null) {
      const fragments = missed.map((message) => this.#fragment(at.epoch, message));
      return { ...at, recovered: true, reset: false, fragments };
    }
    const body = this.#snapshot.body();
    const fragments = body === null ? [] : [this.#fragment(at.epoch, { seq: at.seq, body })];
    return { ...at, recovered: false, reset: since !== null, fragments };
  }

  #fragment(epoch: string, { seq, body }: { readonly seq: number; readonly body: string }): Fragment {
    return { topic: this.#topic, epoch, seq: seqOf(seq), text: placeBody(body, { epoch, seq }) };
  }

  /** The position in that exchange, or `null`: the first message names the exchange, and from then on only a switch changes it. */
  #positionIn(exchange: Exchange): Position | null {
    const row = this.#row();
    if (row === null) {
      return this.begin(exchange, null);
    }
    if (row.exchange !== exchange && row.exchange !== "") {
      return null;
    }
    if (row.exchange === "") {
      this.#sql.exec("UPDATE position SET exchange = ?", exchange);
    }
    return positionOf(row);
  }

  #row(): PositionRow | null {
    return this.#sql.exec<PositionRow>("SELECT epoch, seq, exchange FROM position").toArray()[0] ?? null;
  }
}

function positionOf({ epoch, seq }: PositionRow): Position {
  return { epoch, seq: seqOf(seq) };
}
