/**
 * BK32: the switch to the exchange of this book, completed whatever dies: a row and the alarm are written before the switch is
 * recorded, and stay until every topic, gateway and feed has followed it.
 */
import type { Clock } from "../../app/ports/clock.ts";
import { type Log, logFailure } from "../../app/ports/log.ts";
import type { ExchangeSwitch, Settings } from "../../app/ports/settings.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { within } from "../../platform/within.ts";
import type { BookAlarm } from "./book-alarm.ts";

const TABLE = "CREATE TABLE IF NOT EXISTS switch_under_way (one INTEGER PRIMARY KEY, at INTEGER NOT NULL)";

/** What a dead process sent to the store may be recorded after the first alarm: the alarm looks again for so long. */
const LATE_MS = 10_000;
/** A store that is silent for longer may do what it was asked all the same. */
const PATIENCE_MS = 8_000;

export interface SwitchPorts {
  readonly clock: Clock;
  readonly settings: Pick<Settings, "setActiveExchange">;
  /** Has every topic, gateway and the feed of the exchange follow the recorded switch. Rejects when one of them did not, or not in time. */
  followSwitch(exchange: Exchange): Promise<void>;
}

export interface SwitchDeps {
  readonly ports: SwitchPorts;
  readonly sql: Pick<SqlStorage, "exec">;
  readonly alarm: BookAlarm;
  readonly log: Log;
  exchange(): Exchange;
}

export class SwitchInProgress {
  readonly #deps: SwitchDeps;
  /** Switches of this process. */
  #running = 0;
  /** Alarms in a row at which one did not follow. */
  #failures = 0;

  constructor(deps: SwitchDeps) {
    deps.sql.exec(TABLE);
    this.#deps = deps;
  }

  /** While this holds the alarm is set. */
  isUnderWay(): boolean {
    return this.#begunAt() !== null;
  }

  /** Rejects when the switch is not recorded, or when one did not follow: the alarm does the rest. */
  async begin(): Promise<ExchangeSwitch> {
    const { settings } = this.#deps.ports;
    return this.seeThrough(async () => settings.setActiveExchange(this.#deps.exchange()));
  }

  /** As {@link begin}, of a switch that `record` records, or that it does not: then `null`, and nobody follows. */
  async seeThrough<T extends ExchangeSwitch | null>(record: () => Promise<T>): Promise<T> {
    const { alarm, ports, sql } = this.#deps;
    this.#running += 1;
    try {
      sql.exec("INSERT OR REPLACE INTO switch_under_way VALUES (1, ?)", ports.clock.now());
      // Nothing is awaited between the row and the alarm, so both are one write.
      await alarm.soon();
      const recorded = await within(PATIENCE_MS, "D1", record());
      if (recorded !== null) {
        await ports.followSwitch(recorded.exchange);
      }
      if (this.#running === 1) {
        this.#end();
      }
      return recorded;
    } finally {
      this.#running -= 1;
    }
  }

  /** To be called by the alarm. Never rejects for a neighbour's failure. */
  async complete(): Promise<void> {
    const { alarm, log, ports } = this.#deps;
    const begunAt = this.#begunAt();
    if (begunAt === null) {
      return;
    }
    await alarm.soon();
    try {
      await ports.followSwitch(this.#deps.exchange());
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      logFailure(log, "switch_not_followed", error, { exchange: this.#deps.exchange() });
      return;
    }
    if (this.#running === 0 && ports.clock.now() - begunAt >= LATE_MS) {
      this.#end();
    }
  }

  /** To be called when the alarm has nothing else to do: one that stays away would cost a call to each object every two seconds. */
  async waitLonger(): Promise<void> {
    if (this.#failures > 0 && this.isUnderWay()) {
      await this.#deps.alarm.later(this.#failures);
    }
  }

  #end(): void {
    this.#deps.sql.exec("DELETE FROM switch_under_way");
  }

  #begunAt(): number | null {
    const rows = this.#deps.sql.exec<{ at: number }>("SELECT at FROM switch_under_way").toArray();
    return rows[0]?.at ?? null;
  }
}
