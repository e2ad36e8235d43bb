/**
 * The sequencer of one stream: gives every message its place, once, and keeps the last 256 of them (WS5, WS8).
 * Its doors and its snapshot come with the sockets.
 */
import { DurableObject } from "cloudflare:workers";
import type { Exchange } from "../core/instrument.ts";

/** WS6: messages that can be resumed from. */
export const RING_SIZE = 256;

export interface TopicMessage {
  readonly id: string;
  readonly exchange: Exchange;
  /** The message as JSON without epoch and seq. */
  readonly body: string;
}

export interface TopicPosition {
  readonly epoch: string;
  readonly seq: number;
}

export interface SequencedMessage {
  readonly seq: number;
  readonly id: string;
  readonly body: string;
}

/**
 * One row a message, in slot `seq % 256`: the write replaces the message that leaves the ring, so a publish costs one
 * written row. `position` holds the stream's epoch, last seq and exchange.
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

export class TopicStream extends DurableObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    for (const table of TABLES) {
      ctx.storage.sql.exec(table);
    }
  }

  /** Durable when it resolves. A message published before keeps its place; one of another exchange begins a new epoch. */
  publish({ id, exchange, body }: TopicMessage): TopicPosition {
    return this.ctx.storage.transactionSync(() => {
      const position = this.#positionIn(exchange);
      const [known] = this.#sql.exec<{ seq: number }>("SELECT seq FROM ring WHERE id = ?", id).toArray();
      if (known) {
        return { epoch: position.epoch, seq: known.seq };
      }
      const seq = position.seq + 1;
      this.#sql.exec("INSERT OR REPLACE INTO ring VALUES (?, ?, ?, ?)", seq % RING_SIZE, seq, id, body);
      this.#sql.exec("UPDATE position SET seq = ?", seq);
      return { epoch: position.epoch, seq };
    });
  }

  /** `null` before the first message. */
  position(): TopicPosition | null {
    const [row] = this.#sql.exec<PositionRow>("SELECT epoch, seq, exchange FROM position").toArray();
    return row ? { epoch: row.epoch, seq: row.seq } : null;
  }

  /** The messages after `seq`, oldest first; `null` when the ring no longer holds all of them. */
  since(seq: number): readonly SequencedMessage[] | null {
    const last = this.position()?.seq ?? 0;
    if (seq > last || last - seq > RING_SIZE) {
      return null;
    }
    return this.#sql
      .exec<{ seq: number; id: string; body: string }>(
        "SELECT seq, id, body FROM ring WHERE seq > ? ORDER BY seq",
        seq,
      )
      .toArray();
  }

  get #sql(): SqlStorage {
    return this.ctx.storage.sql;
  }

  #positionIn(exchange: Exchange): TopicPosition {
    const [row] = this.#sql.exec<PositionRow>("SELECT epoch, seq, exchange FROM position").toArray();
    if (row?.exchange === exchange) {
      return row;
    }
    const epoch = crypto.randomUUID();
    this.#sql.exec("DELETE FROM ring");
    this.#sql.exec("INSERT OR REPLACE INTO position VALUES (0, ?, 0, ?)", epoch, exchange);
    return { epoch, seq: 0 };
  }
}
