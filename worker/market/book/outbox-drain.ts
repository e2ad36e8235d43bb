/** BK15, BK18: the work after a save: the messages of the outbox are published, then outcomes are measured. */
import { measureOutcomes, type OutcomePorts } from "../../app/jobs/outcomes.ts";
import { publishOutbox, type PublishPorts } from "../../app/jobs/publish-outbox.ts";
import type { ScanBars } from "../../app/jobs/scan-bars.ts";
import { type Log, logFailure } from "../../app/ports/log.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { PARAMS } from "../../core/params.ts";
import { Turns } from "../../platform/turns.ts";
import { within } from "../../platform/within.ts";
import type { BookAlarm } from "./book-alarm.ts";
import type { BookPorts } from "./book-ports.ts";
import type { OutcomeWatermark } from "./book-marks.ts";

/** A topic that is silent for longer is out of reach: drains come one after the other, and each run ends with one. */
const PATIENCE_MS = 10_000;

/** What a drain needs of its book. */
export interface DrainDeps {
  readonly ports: PublishPorts & OutcomePorts & Pick<BookPorts, "alerts">;
  readonly bars: ScanBars;
  readonly watermark: OutcomeWatermark;
  readonly alarm: BookAlarm;
  readonly log: Log;
  exchange(): Exchange;
  /** What a dead run saved is published with the rest. */
  closeDeadRun(): Promise<unknown>;
  /** BK21, BK30, BK32: another needs the alarm: a run that is owed, which it begins, a lock, which it frees, rows to prune, or a switch. */
  isAlarmNeeded(): boolean;
}

/** Repeatable: a message that was published before the process died is published again, and its id makes that harmless. */
export class OutboxDrain {
  readonly #deps: DrainDeps;
  /** Drains come one after the other: two at once would publish and measure everything twice. */
  readonly #turns = new Turns();
  /** The message since which whoever tells is out of reach. */
  #owedWake: string | null = null;

  constructor(deps: DrainDeps) {
    this.#deps = deps;
  }

  /** Resolves when everything is published and measured, or when an alarm is set for what failed. */
  async drain(): Promise<void> {
    await this.#turns.take(async () => this.#drain());
  }

  async #drain(): Promise<void> {
    const { alarm, log, ports } = this.#deps;
    const mine = await alarm.soon();
    try {
      await this.#deps.closeDeadRun();
      await publishOutbox(this.#deps.exchange(), {
        ...ports,
        publisher: {
          publish: async (message, generation) => {
            const woken = this.#wakeAlerts(message.id);
            // A message that arrives after the wait is known by its id when it is published again (TP2).
            await within(PATIENCE_MS, "Topic", ports.publisher.publish(message, generation));
            await woken;
          },
        },
      });
      await this.#measure();
      if (this.#owedWake !== null) {
        await within(PATIENCE_MS, "Alerts", ports.alerts.wake());
        this.#owedWake = null;
      }
      alarm.succeeded();
      if (!this.#deps.isAlarmNeeded()) {
        await alarm.done(mine);
      }
    } catch (error) {
      // The messages stay in the outbox, whose age /api/health shows.
      logFailure(log, "outbox_drain_failed", error, { exchange: this.#deps.exchange() });
      await alarm.afterFailure();
    }
  }

  /**
   * AL12: what moved the signals is in the alert log with the message. Before the message is marked as published, so that a process
   * that dies does both again; readers do not wait for who tells.
   */
  async #wakeAlerts(message: string): Promise<void> {
    try {
      if (this.#owedWake === null) {
        await within(PATIENCE_MS, "Alerts", this.#deps.ports.alerts.wake());
      }
    } catch (error) {
      logFailure(this.#deps.log, "alerts_not_woken", error, { message });
      this.#owedWake = message;
    }
  }

  async #measure(): Promise<void> {
    const due = this.#deps.watermark.due();
    if (due !== null) {
      const { from, asOf } = due;
      const measuring = { exchange: this.#deps.exchange(), from, asOf, params: PARAMS };
      await measureOutcomes(measuring, this.#deps.bars, this.#deps.ports);
      this.#deps.watermark.measured(due);
    }
  }
}
