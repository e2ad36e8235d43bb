/** AL24: live prices that stopped, as events of the alert log. */
import type { FeedStatus } from "../../app/ports/live.ts";
import { type Log, logFailure } from "../../app/ports/log.ts";
import type { OperationAlert } from "../../core/alerts/alert-event.ts";
import { tradingDayAt } from "../../core/calendar/trading-day.ts";
import type { FeedPorts } from "../feed-ports.ts";

/** A connection that comes back within it has stopped nothing. */
const PATIENCE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Whom the event reaches, and who logs it when it does not. */
interface StaleDeps {
  readonly alerts: FeedPorts["alerts"];
  readonly log: Log;
}

export class StaleAlerts {
  readonly #deps: StaleDeps;
  /** Since when nothing else was seen; `null` while prices come or none are due. */
  #since: number | null = null;
  #stated = "";

  constructor(deps: StaleDeps) {
    this.#deps = deps;
  }

  /** Logs the event that the status makes. A log that is out of reach stops no step. */
  async state(status: Pick<FeedStatus, "exchange" | "state">, now: number): Promise<void> {
    const event = this.#note(status, now);
    if (event !== null) {
      try {
        await this.#deps.alerts.append([event]);
        await this.#deps.alerts.wake();
      } catch (error) {
        logFailure(this.#deps.log, "stale_feed_not_told", error, { exchange: event.exchange });
      }
    }
  }

  /** The event that the status makes, once; `null` for every other. `now` in milliseconds since the epoch. */
  #note({ exchange, state }: Pick<FeedStatus, "exchange" | "state">, now: number): OperationAlert | null {
    this.#since = state === "stale" ? (this.#since ?? now) : null;
    const day = tradingDayAt(now);
    const id = `${exchange}:feed_stale:${day}.${Math.floor(now / HOUR_MS)}`;
    if (this.#since === null || now - this.#since < PATIENCE_MS || this.#stated === id) {
      return null;
    }
    this.#stated = id;
    return { id, exchange, day, at: now, kind: "feed_stale" };
  }
}
