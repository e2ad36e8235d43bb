/** How a step of the day ends: with the run that its rows owe, or with a row in the list of runs that states why there is none. */
import type { DayStep } from "../../app/jobs/days/market-clock.ts";
import { nameOfStep } from "../../app/jobs/days/official-day.ts";
import type { StepOutcome } from "../../app/jobs/days/step-outcome.ts";
import { isStepRow, reasonOfStep } from "../../app/jobs/days/step-row.ts";
import type { Clock } from "../../app/ports/clock.ts";
import type { RunLedger } from "../../app/ports/correction-ledger.ts";
import { type Log, logFailure } from "../../app/ports/log.ts";
import type { RunOutcome, RunRequest } from "../../app/ports/market-book.ts";
import { EVENING_REQUEST } from "../../app/scan-schedule.ts";
import { DAY_MS } from "../../core/calendar/trading-day.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { BookStorage } from "../bars/book-tables.ts";
import type { BookAlarm } from "../book/book-alarm.ts";
import { idOfRun, newRun } from "../book/new-run.ts";
import type { StepTable } from "./step-table.ts";

/** Scans that failed one after the other are not begun again. */
const MOST_FAILED = 3;
/** Rows of steps stand between those of scans. */
const LOOKED_BACK = 40;
/** A past of 400 sessions takes minutes; one that is left unfinished must not hold up more than a day. */
const LONGEST_WAIT_MS = DAY_MS;

export interface StepEndsDeps {
  readonly ports: {
    readonly clock: Clock;
    readonly ledger: Pick<RunLedger, "startRun" | "runs">;
  };
  readonly book: { run(request: RunRequest): Promise<RunOutcome> };
  readonly bars: {
    changes(): { readonly days: readonly unknown[] };
    rowsByDay(): ReadonlyMap<number, number>;
  };
  readonly storage: Pick<BookStorage, "transactionSync">;
  readonly log: Log;
  readonly alarm: BookAlarm;
  readonly owed: { isOwed(): boolean; owe(at: number): void };
  readonly steps: StepTable;
  /** MD14: a past that judges the rows of such a step with its own. */
  isPastOnItsWay(step: DayStep): boolean;
  exchange(): Exchange;
}

export class StepEnds {
  readonly #deps: StepEndsDeps;

  constructor(deps: StepEndsDeps) {
    this.#deps = deps;
  }

  /** Rows have changed since a run has judged them. */
  hasUnjudged(): boolean {
    return this.#deps.bars.changes().days.length > 0;
  }

  /** No session of the book. */
  #hasJudgedNothing(): boolean {
    const { bars } = this.#deps;
    return bars.changes().days.length >= bars.rowsByDay().size;
  }

  /** MD14: shares that are too short would be judged, five times in a morning. */
  #isForThePast(step: DayStep): boolean {
    const { ports, steps } = this.#deps;
    return (
      (step.kind === "official_day" || step.kind === "evening_snapshot") &&
      this.#deps.isPastOnItsWay(step) &&
      this.#hasJudgedNothing() &&
      ports.clock.now() - (steps.firstStoredAt() ?? ports.clock.now()) < LONGEST_WAIT_MS
    );
  }

  /** MD61: the run that rows owe, and that they need no second asking; to be called inside the transaction of the rows. */
  owe(step: DayStep, outcome: StepOutcome): void {
    if (outcome.status === "stored" && outcome.moved) {
      const now = this.#deps.ports.clock.now();
      if (!this.#isForThePast(step)) {
        this.#deps.owed.owe(now);
      }
      this.#deps.steps.note(step, outcome, now);
    }
  }

  /** MD61: what `act` stores, with {@link owe}, as one transaction; nothing is awaited before it. */
  async conclude(step: DayStep, act: () => StepOutcome): Promise<StepOutcome> {
    const { alarm, storage } = this.#deps;
    const outcome = storage.transactionSync(() => {
      const made = act();
      this.owe(step, made);
      return made;
    });
    if (outcome.status === "stored" && outcome.moved) {
      // In the turn of the rows, so that both are one write: whatever dies after it, the run is begun.
      await alarm.soon();
    }
    return outcome;
  }

  /** The run of rows that moved, or the row of an outcome that the step has not had before. Never rejects. */
  async take(step: DayStep, outcome: StepOutcome): Promise<void> {
    const { log, ports, steps } = this.#deps;
    const moved = outcome.status === "stored" && outcome.moved;
    const isNew = moved || steps.isNew(step, outcome);
    const fields = { step: nameOfStep(step), status: outcome.status, text: outcome.text };
    log.write(isNew ? "info" : "warn", "market_step_ended", { exchange: this.#deps.exchange(), ...fields });
    try {
      if (moved) {
        if (!this.#isForThePast(step)) {
          await this.#deps.book.run(EVENING_REQUEST);
        }
      } else if (isNew) {
        if (outcome.status !== "stored" || outcome.isKnown !== true) {
          await this.#leaveRow(step, outcome);
        }
        steps.note(step, outcome, ports.clock.now());
      }
    } catch (error) {
      const event = "market_step_without_row";
      logFailure(log, event, error, { exchange: this.#deps.exchange(), ...fields }, "error");
    }
  }

  /** MD14: what a past was to judge that does not go on. Never rejects. */
  async judgeFirst(): Promise<void> {
    const { book, log, owed, ports, steps } = this.#deps;
    if (owed.isOwed() || steps.firstStoredAt() === null || !this.#hasJudgedNothing()) {
      return;
    }
    try {
      const rows = await ports.ledger.runs(this.#deps.exchange(), LOOKED_BACK);
      if (rows.every(isStepRow)) {
        await book.run(EVENING_REQUEST);
      }
    } catch (error) {
      logFailure(log, "rows_not_judged", error, { exchange: this.#deps.exchange() }, "error");
    }
  }

  /** MD66: a scan that a store or the platform ended has left rows that nobody judges and no run is owed for. Never rejects. */
  async judgeAgain(): Promise<void> {
    const { book, log, owed, ports } = this.#deps;
    if (owed.isOwed() || !this.hasUnjudged()) {
      return;
    }
    try {
      const rows = await ports.ledger.runs(this.#deps.exchange(), LOOKED_BACK);
      const last = rows.filter((run) => !isStepRow(run)).slice(0, MOST_FAILED);
      const isOver = last.length === MOST_FAILED && last.every(({ status }) => status === "failed");
      if (last[0]?.status === "failed" && !isOver) {
        await book.run(EVENING_REQUEST);
      }
    } catch (error) {
      logFailure(log, "rows_not_judged_again", error, { exchange: this.#deps.exchange() }, "error");
    }
  }

  /** A run that judged nothing, with the reason; in one write, because nobody ends a row that a death left running. */
  async #leaveRow(step: DayStep, outcome: StepOutcome): Promise<void> {
    const { ledger, clock } = this.#deps.ports;
    const exchange = this.#deps.exchange();
    const at = clock.now();
    const run = newRun(`${idOfRun(exchange, at)}-${step.kind}-${step.day}`, EVENING_REQUEST, exchange, at);
    await ledger.startRun({
      ...run,
      status: outcome.status === "failed" ? "failed" : "skipped",
      reason: reasonOfStep(step, outcome),
      finishedAt: at,
    });
  }
}
