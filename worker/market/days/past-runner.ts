/** What every fetching of a past has in common: it goes on at the alarm of its book, and its end is concluded once, whatever dies. */
import type { DayStep } from "../../app/jobs/days/market-clock.ts";
import type { StepOutcome } from "../../app/jobs/days/step-outcome.ts";
import type { Clock } from "../../app/ports/clock.ts";
import { type Log, logFailure } from "../../app/ports/log.ts";
import type { BackfillProgress } from "../../app/ports/market-book.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { BookAlarm } from "../book/book-alarm.ts";

/** Nothing of a past that goes on at the alarm takes so long. */
const STALLED_MS = 5 * 60_000;

/** What is kept of it. */
export interface PastState {
  readonly status: "running" | "waiting" | "done";
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** When it last moved, as {@link startedAt}. */
  readonly at: number;
  /** What follows its end, or its waiting, was done. */
  readonly concluded: boolean;
}

/** One that has ended, or has to wait. */
export interface EndedPast {
  readonly step: DayStep;
  readonly outcome: StepOutcome;
  readonly status: PastState["status"];
  /** The newest session that is there. */
  readonly newest: TradingDay | null;
}

export interface PastRunnerDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly alarm: BookAlarm;
  /** What comes before its end. Never rejects for a neighbour's failure. */
  prepare(ended: EndedPast): Promise<void>;
  /** What became of it; `settle` is called in the transaction of what that owes. Never rejects for a neighbour's failure. */
  onEnd(ended: EndedPast, settle: () => void): Promise<void>;
}

export abstract class PastRunner<S extends PastState> {
  readonly #deps: PastRunnerDeps;
  /** Something is under way: a second asking beside it would fetch it twice. */
  protected isAsking = false;

  constructor(deps: PastRunnerDeps) {
    this.#deps = deps;
  }

  abstract progress(): BackfillProgress | null;
  protected abstract state(): S | null;
  protected abstract put(state: S): void;
  /** Whether there is a source to go on with. */
  protected abstract hasSource(): boolean;
  /** The state to run with from now on; `null` where there is nothing to do. */
  protected abstract begun(now: number): S | null;
  /** Some of it. Never rejects for the source's failure. */
  protected abstract turn(): Promise<S | null>;
  protected abstract endOf(state: S): EndedPast;
  protected abstract concluded(state: S): S;

  /** Something to fetch, or what follows the last of it and died with the object. */
  hasMore(): boolean {
    const state = this.state();
    // What another machine brings comes when it has it.
    const isRunning = state?.status === "running";
    return isRunning ? this.hasSource() : state?.concluded === false;
  }

  /** When it was begun, in milliseconds since the epoch; `null` before. */
  since(): number | null {
    return this.state()?.startedAt ?? null;
  }

  /** MD14: not begun, with a source to begin it, or running: here it moves by itself, elsewhere when that machine is back. */
  isOnItsWay(): boolean {
    const state = this.state();
    const stalledAt = this.#deps.clock.now() - STALLED_MS;
    return state === null
      ? this.hasSource()
      : state.status === "running" && (!this.hasSource() || state.at > stalledAt);
  }

  isDone(): boolean {
    return this.state()?.status === "done";
  }

  /** At the clock's turn, with a source. */
  async begin(): Promise<void> {
    const begun = this.isAsking ? null : this.begun(this.#deps.clock.now());
    if (begun !== null) {
      this.put(begun);
      await this.#deps.alarm.soon();
    }
  }

  /** One that waits goes on: what refused it was asked again and serves. */
  async resume(): Promise<void> {
    if (this.state()?.status === "waiting") {
      await this.begin();
    }
  }

  /** At the alarm: some of it, or the end of what an earlier life fetched. Never rejects for the source's failure. */
  async goOn(): Promise<void> {
    const { alarm, log } = this.#deps;
    if (this.isAsking || !this.hasMore()) {
      return;
    }
    this.isAsking = true;
    try {
      // Whatever dies in it, the alarm goes on with it.
      await alarm.soon();
      const state = this.hasSource() ? await this.turn() : this.state();
      if (state !== null && state.status !== "running") {
        await this.conclude(state);
      }
    } catch (error) {
      logFailure(log, "backfill_failed", error, {}, "error");
      throw error;
    } finally {
      this.isAsking = false;
    }
    if (this.hasMore()) {
      await alarm.soon();
    }
  }

  protected async conclude(state: S): Promise<void> {
    await this.#deps.prepare(this.endOf(state));
    const now = this.state();
    // The exchange may have been emptied, or the clock may have gone on with it.
    if (now !== null && now.startedAt === state.startedAt && now.status === state.status) {
      await this.#deps.onEnd(this.endOf(now), () => {
        this.put(this.concluded(now));
      });
    }
  }
}
