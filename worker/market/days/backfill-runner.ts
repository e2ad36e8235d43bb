/** MD10: a backfill at the alarm of its book, a few dates each time; the clock's turn begins it, and goes on with one that waits. */
import { backfillDates } from "../../app/jobs/days/backfill.ts";
import {
  type BackfillState,
  beginBackfill,
  hasGap,
  nextDateOf,
  outcomeOfBackfill,
  outcomeOfDate,
  progressOf,
  resumeBackfill,
  skipHeld,
} from "../../app/jobs/days/backfill-state.ts";
import type { StepOutcome } from "../../app/jobs/days/step-outcome.ts";
import type { BackfillProgress } from "../../app/ports/market-book.ts";
import type { DaySource } from "../../app/ports/market-sources.ts";
import { type TradingDay, tradingDayAt } from "../../core/calendar/trading-day.ts";
import type { BackfillTable } from "./backfill-table.ts";
import { type EndedPast, PastRunner, type PastRunnerDeps } from "./past-runner.ts";

export interface BackfillDeps extends PastRunnerDeps {
  readonly table: BackfillTable;
  source(): DaySource | null;
  readonly rowsByDay: () => ReadonlyMap<number, number>;
}

export class BackfillRunner extends PastRunner<BackfillState> {
  readonly #deps: BackfillDeps;

  constructor(deps: BackfillDeps) {
    super(deps);
    this.#deps = deps;
  }

  override progress(): BackfillProgress | null {
    const state = this.state();
    return state === null ? null : progressOf(state);
  }

  protected override state(): BackfillState | null {
    return this.#deps.table.state();
  }

  protected override put(state: BackfillState): void {
    this.#deps.table.put(state, null);
  }

  protected override hasSource(): boolean {
    return this.#deps.source() !== null;
  }

  protected override begun(now: number): BackfillState | null {
    const state = this.#known(now);
    return state === null
      ? beginBackfill(now)
      : state.status === "done"
        ? null
        : { ...state, status: "running", reason: null, at: now };
  }

  protected override async turn(): Promise<BackfillState | null> {
    const source = this.#deps.source();
    return source === null ? this.state() : this.#ask(source);
  }

  protected override endOf(state: BackfillState): EndedPast {
    const { status, newest, startedAt } = state;
    const step = { kind: "backfill", day: tradingDayAt(startedAt) } as const;
    return { step, outcome: outcomeOfBackfill(state), status, newest };
  }

  protected override concluded(state: BackfillState): BackfillState {
    return { ...state, concluded: true };
  }

  async #ask(source: DaySource, dates?: number): Promise<BackfillState | null> {
    const { clock, log, table } = this.#deps;
    const rowsByDay = (): ReadonlyMap<number, number> => this.#deps.rowsByDay();
    return backfillDates({
      clock,
      log,
      source,
      store: table,
      rowsByDay,
      ...(dates !== undefined && { dates }),
    });
  }

  /**
   * MD34: the state, and none where it has ended and a session is missing since, or where it was begun on a day that has not come:
   * then the past is walked anew.
   */
  #known(now: number): BackfillState | null {
    const state = this.state();
    if (state !== null && tradingDayAt(state.startedAt) > tradingDayAt(now)) {
      return null;
    }
    return state?.status === "done" && hasGap(state, this.#deps.rowsByDay(), now) ? null : state;
  }

  /** Where a machine that asks for this book goes on, once it has been begun; `null` where the calendar knows no day. */
  ahead(wanted: number): BackfillState | null {
    const now = this.#deps.clock.now();
    const state = this.#known(now);
    const begun = state === null ? beginBackfill(now, wanted) : resumeBackfill(state, wanted, now);
    return begun && skipHeld(begun, this.#deps.rowsByDay(), now);
  }

  /** MD31: the date that comes next, as its source answered elsewhere; `null` when it is not the next one, and nothing was done. */
  async deliver(day: TradingDay, source: DaySource, wanted: number): Promise<StepOutcome | null> {
    const ahead = this.ahead(wanted);
    if (ahead === null || ahead.status !== "running" || nextDateOf(ahead) !== day || this.isAsking) {
      return null;
    }
    this.isAsking = true;
    try {
      this.put(ahead);
      const state = await this.#ask(source, 1);
      if (state !== null && state.status !== "running") {
        // Whatever dies in it, the alarm goes on with it.
        await this.#deps.alarm.soon();
        await this.conclude(state);
      }
      return state && outcomeOfDate(state, ahead);
    } finally {
      this.isAsking = false;
    }
  }
}
