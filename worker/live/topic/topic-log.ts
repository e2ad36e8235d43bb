/**
 * What a stream keeps: its position, the ring of its last messages, and the snapshot they add up to (WS4 to WS6).
 * A method that writes more than one row expects a transaction of its caller.
 */
import { type ExchangeSwitch, isSameSwitch } from "../../app/ports/settings.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { placeBody } from "../../protocol/messages/server-message.ts";
import { TopicSnapshot } from "./topic-snapshot.ts";
import { type Fragment, type Position, RING_SIZE, seqOf, type StreamStart } from "../../app/ports/live.ts";

/** A message on its way into the stream; its `id` makes a second publish harmless. */
export interface TopicMessage {
  readonly id: string;
  readonly exchange: Exchange;
  /** The switch under which its publisher hands it over; absent from a publisher of a version without generations. */
  readonly generation?: number;
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
 * `generation` holds the switch that the stream stands on; no row: none yet, which is generation 0.
 */
const TABLES = [
  `CREATE TABLE IF NOT EXISTS position (
     id INTEGER PRIMARY KEY CHECK (id = 0), epoch TEXT NOT NULL, seq INTEGER NOT NULL, exchange TEXT NOT NULL)`,
  "CREATE TABLE IF NOT EXISTS ring (slot INTEGER PRIMARY KEY, seq INTEGER NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL)",
  "CREATE TABLE IF NOT EXISTS generation (one INTEGER PRIMARY KEY, applied INTEGER NOT NULL)",
];

interface PositionRow extends Record<string, SqlStorageValue> {
  readonly epoch: string;
  readonly seq: number;
  readonly exchange: Exchange | "";
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

  /** The switch that the stream stands on; `null` before a message or a switch named its exchange. */
  applied(): ExchangeSwitch | null {
    const exchange = this.#row()?.exchange ?? "";
    return exchange === "" ? null : { exchange, generation: this.#generation() };
  }

  /** Whether the stream stands on that switch, or on none while there was none. */
  isOn(to: ExchangeSwitch): boolean {
    const applied = this.applied();
    return applied === null ? to.generation === this.#generation() : isSameSwitch(applied, to);
  }

  /** Whether the message is of the switch that the stream stands on. */
  takes({ exchange, generation = this.#generation() }: TopicMessage): boolean {
    return this.isOn({ exchange, generation });
  }

  /** The message in its place, which is new or the one it got when it came first; `null` for a message of another switch. */
  append(message: TopicMessage): { readonly fragment: Fragment; readonly isNew: boolean } | null {
    if (!this.takes(message)) {
      return null;
    }
    const { id, exchange, body } = message;
    const { epoch, seq: last } = this.#positionIn(exchange);
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

  /** Begins the epoch of a switch with a whole state; `body` `null`: nothing is known yet. */
  begin({ exchange, generation }: ExchangeSwitch, body: string | null): Position {
    this.#sql.exec("INSERT OR REPLACE INTO generation VALUES (1, ?)", generation);
    return this.#begin(exchange, body);
  }

  #begin(exchange: Exchange | "", body: string | null): Position {
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
    const at = this.position() ?? this.#begin("", null);
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

  /** The first message names the exchange, and from then on only a switch changes it. */
  #positionIn(exchange: Exchange): Position {
    const row = this.#row();
    if (row === null) {
      return this.#begin(exchange, null);
    }
    if (row.exchange === "") {
      this.#sql.exec("UPDATE position SET exchange = ?", exchange);
    }
    return positionOf(row);
  }

  #generation(): number {
    const rows = this.#sql.exec<{ applied: number }>("SELECT applied FROM generation").toArray();
    return rows[0]?.applied ?? 0;
  }

  #row(): PositionRow | null {
    return this.#sql.exec<PositionRow>("SELECT epoch, seq, exchange FROM position").toArray()[0] ?? null;
  }
}

function positionOf({ epoch, seq }: PositionRow): Position {
  return { epoch, seq: seqOf(seq) };
}
