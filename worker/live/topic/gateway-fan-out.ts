/**
 * Brings a stream's messages to every registered gateway: at once after a publish, and again by the topic's alarm until each
 * has acknowledged (WS8). What a gateway has is a row of this table, so a crash between save and send costs only a delay.
 */
import { type Log, logFailure } from "../../app/ports/log.ts";
import {
  type Fragment,
  type GatewayPort,
  type Position,
  seqOf,
  type StreamStart,
} from "../../app/ports/live.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { encodeReset } from "../../protocol/messages/session-message.ts";
import { within } from "../../platform/within.ts";

/** A delivery that takes longer has failed; if it arrives all the same, the gateway drops what it has. */
const PATIENCE_MS = 10_000;
/** How soon the alarm sends again, doubling from the first to the last. */
const RETRY_MS: readonly [first: number, last: number] = [2_000, 600_000];

/** `turn` changes with every subscription, so that the answer to an older delivery cannot undo a subscription. */
const TABLE = `CREATE TABLE IF NOT EXISTS gateways (
  name TEXT PRIMARY KEY, epoch TEXT NOT NULL, seq INTEGER NOT NULL, turn INTEGER NOT NULL, failures INTEGER NOT NULL
) WITHOUT ROWID`;

interface GatewayRow extends Record<string, SqlStorageValue> {
  readonly name: string;
  readonly epoch: string;
  readonly seq: number;
  readonly turn: number;
  readonly failures: number;
}

/** What the fan-out asks of its topic. */
export interface FanOutPorts {
  readonly log: Log;
  readonly topic: string;
  gateway(name: string): GatewayPort;
  position(): Position | null;
  start(since: Position | null): StreamStart;
  exchange?(): Exchange | undefined;
}

/** Delivers a stream to the gateways that subscribed, each in order, and drops one that wants it no more. */
export class FanOut {
  readonly #sql: Pick<SqlStorage, "exec">;
  readonly #ports: FanOutPorts;
  /** At most one delivery a gateway is on its way; what comes meanwhile goes with the next. */
  readonly #busy = new Set<string>();

  constructor(sql: Pick<SqlStorage, "exec">, ports: FanOutPorts) {
    sql.exec(TABLE);
    this.#sql = sql;
    this.#ports = ports;
  }

  /**
   * A new gateway has everything up to `at`, by the answer to its subscription. A known gateway stays where it was, because
   * its other sockets have only what was delivered.
   */
  register(name: string, at: Position): void {
    this.#sql.exec(
      `INSERT INTO gateways VALUES (?1, ?2, ?3, 1, 0)
       ON CONFLICT (name) DO UPDATE SET turn = turn + 1, failures = 0`,
      name,
      at.epoch,
      at.seq,
    );
  }

  gateways(): readonly string[] {
    return this.#rows().map(({ name }) => name);
  }

  /** Milliseconds until the alarm should send again; `null` when every gateway has everything. */
  retryIn(): number | null {
    const behind = this.#rows().filter((row) => !this.#isCurrent(row));
    const [first, last] = RETRY_MS;
    return behind.length === 0
      ? null
      : Math.min(...behind.map(({ failures }) => Math.min(last, first * 2 ** failures)));
  }

  /** A gateway that fails stays behind and is tried again. Rejects only where the object's storage cannot be read. */
  async run(): Promise<void> {
    await Promise.all(this.gateways().map((name) => this.#serve(name)));
  }

  async #serve(name: string): Promise<void> {
    if (this.#busy.has(name)) {
      return;
    }
    this.#busy.add(name);
    try {
      let row = this.#row(name);
      while (row !== null && !this.#isCurrent(row)) {
        const start = this.#ports.start({ epoch: row.epoch, seq: seqOf(row.seq) });
        const exchange = this.#ports.exchange?.();
        const isWanted = await within(
          PATIENCE_MS,
          "Gateway",
          this.#ports
            .gateway(name)
            .deliver({ fragments: this.#due(start), ...(exchange !== undefined && { exchange }) }),
        );
        this.#settle(row, start, isWanted);
        row = this.#row(name);
      }
    } catch (error) {
      // The alarm is set since the publish and sends again.
      logFailure(this.#ports.log, "gateway_not_reached", error, { gateway: name });
      this.#countFailure(name);
    } finally {
      this.#busy.delete(name);
    }
  }

  /** Without the count the gateway is tried again as soon as after its first failure. */
  #countFailure(name: string): void {
    try {
      this.#sql.exec("UPDATE gateways SET failures = failures + 1 WHERE name = ?", name);
    } catch (error) {
      logFailure(this.#ports.log, "gateway_failure_not_counted", error, { gateway: name }, "error");
    }
  }

  /** A gateway beyond the ring gets the last message only, and its sockets ask for the rest from where each stands. */
  #due(start: StreamStart): readonly Fragment[] {
    const { recovered, epoch, seq } = start;
    if (recovered || seq > 0) {
      return recovered ? start.fragments : this.#ports.start({ epoch, seq: seqOf(seq - 1) }).fragments;
    }
    return [{ topic: this.#ports.topic, epoch, seq, text: encodeReset(this.#ports.topic, start) }];
  }

  #settle(row: GatewayRow, at: Position, isWanted: boolean): void {
    if (isWanted) {
      this.#sql.exec(
        "UPDATE gateways SET epoch = ?, seq = ?, failures = 0 WHERE name = ? AND turn = ?",
        at.epoch,
        at.seq,
        row.name,
        row.turn,
      );
    } else {
      this.#sql.exec("DELETE FROM gateways WHERE name = ? AND turn = ?", row.name, row.turn);
    }
  }

  #isCurrent(row: GatewayRow): boolean {
    const at = this.#ports.position();
    return at === null || (row.epoch === at.epoch && row.seq >= at.seq);
  }

  #row(name: string): GatewayRow | null {
    return this.#sql.exec<GatewayRow>("SELECT * FROM gateways WHERE name = ?", name).toArray()[0] ?? null;
  }

  #rows(): readonly GatewayRow[] {
    return this.#sql.exec<GatewayRow>("SELECT * FROM gateways").toArray();
  }
}
