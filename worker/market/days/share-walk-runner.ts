/** MD70, MD72: a walk over the shares at the alarm of its book, where a vendor has no closed sessions and the past of each share. */
import { sessionsBefore, type SessionDays } from "../../app/jobs/days/session-days.ts";
import { type ShareWalkPorts, walkShares } from "../../app/jobs/days/share-walk.ts";
import {
  beginWalk,
  nextShares,
  outcomeOfWalk,
  progressOfWalk,
  type ShareWalk,
  type WalkRange,
} from "../../app/jobs/days/share-walk-state.ts";
import { WANTED_SESSIONS } from "../../app/jobs/days/backfill-state.ts";
import { CAUGHT_UP, isMorning } from "../../app/jobs/days/market-clock.ts";
import type { BackfillProgress } from "../../app/ports/market-book.ts";
import type { HistorySource } from "../../app/ports/market-sources.ts";
import type { StepOutcome } from "../../app/jobs/days/step-outcome.ts";
import { type TradingDay, tradingDayAt } from "../../core/calendar/trading-day.ts";
import type { Ticker } from "../../core/nominal.ts";
import { type EndedPast, PastRunner, type PastRunnerDeps } from "./past-runner.ts";
import type { ShareWalkTable } from "./share-walk-table.ts";

/** Of an outage; the rows of so many sessions of a market are what an object may hold at once. */
const LONGEST = 30;

export interface ShareWalkDeps extends PastRunnerDeps, Pick<ShareWalkPorts, "boards" | "bars"> {
  readonly table: ShareWalkTable;
  /** `null` where it is not for this walk to ask. */
  source(): HistorySource | null;
  /** The master of today, which names the shares. Never rejects for a neighbour's failure. */
  fetchMaster(): Promise<void>;
  days(): SessionDays;
  /** The newest session of the past that was walked; `null` without one. */
  walkedTo(): TradingDay | null;
  rowsByDay(): ReadonlyMap<number, number>;
}

/** Where a walk stands whose shares another machine asks for; running, or done. */
export interface WalkAhead {
  readonly walk: ShareWalk;
  /** Without one nobody knows which shares there are. */
  readonly hasMaster: boolean;
  readonly tickers: readonly Ticker[];
}

abstract class ShareWalkRunner extends PastRunner<ShareWalk> {
  protected readonly deps: ShareWalkDeps;
  /** Below the fifty calls that the platform's free plan grants one invocation. */
  protected abstract readonly shares: number;

  constructor(deps: ShareWalkDeps) {
    super(deps);
    this.deps = deps;
  }

  override progress(): BackfillProgress | null {
    const state = this.state();
    return state === null ? null : progressOfWalk(state);
  }

  protected abstract range(now: number): WalkRange | null;

  protected override state(): ShareWalk | null {
    return this.deps.table.state();
  }

  protected override put(state: ShareWalk): void {
    this.deps.table.put(state, []);
  }

  protected override hasSource(): boolean {
    return this.deps.source() !== null;
  }

  protected override async turn(): Promise<ShareWalk | null> {
    const { table } = this.deps;
    const source = this.deps.source();
    if (source === null) {
      return this.state();
    }
    if (table.state()?.after === null) {
      await this.deps.fetchMaster();
    }
    return walkShares({ ...this.deps, source, store: table, shares: this.shares });
  }

  protected override endOf(state: ShareWalk): EndedPast {
    const { kind, status, startedAt, to } = state;
    return {
      step: { kind, day: tradingDayAt(startedAt) },
      outcome: outcomeOfWalk(state),
      status,
      newest: to,
    };
  }

  protected override concluded(state: ShareWalk): ShareWalk {
    return { ...state, concluded: true };
  }

  protected anew(now: number): ShareWalk | null {
    const range = this.range(now);
    return range && beginWalk(range, now);
  }

  protected goingOn(state: ShareWalk, now: number): ShareWalk {
    return { ...state, status: "running", reason: null, at: now };
  }
}

/** Once: 400 sessions of every share of the master, four or five calls each. */
export class PastWalk extends ShareWalkRunner {
  protected override readonly shares = 9;

  protected override range(now: number, sessions: number = WANTED_SESSIONS): WalkRange | null {
    const days = sessionsBefore(tradingDayAt(now), sessions, this.deps.days());
    const [from, to] = [days[0], days.at(-1)];
    return from === undefined || to === undefined
      ? null
      : { kind: "backfill", from, to, provisional: this.deps.table.provisional(days) };
  }

  protected override begun(now: number, sessions: number = WANTED_SESSIONS): ShareWalk | null {
    const state = this.state();
    if (state !== null) {
      return state.status === "done" ? null : this.goingOn(state, now);
    }
    const range = this.range(now, sessions);
    return range && beginWalk(range, now);
  }

  /** KW26: what a machine that asks for this book is to ask for next; `null` where the calendar knows no day. */
  async ahead(sessions: number): Promise<WalkAhead | null> {
    const walk = this.begun(this.deps.clock.now(), sessions) ?? this.state();
    if (walk === null || walk.status === "done") {
      return walk && { walk, hasMaster: true, tickers: [] };
    }
    const all = Array.from((await this.deps.boards()).keys());
    return { walk, hasMaster: all.length > 0, tickers: nextShares(walk, all, this.shares) };
  }

  /** KW26: the shares that come next, as their source answered elsewhere; `null` when they are not those, and nothing was done. */
  async deliver(
    source: HistorySource,
    tickers: readonly string[],
    sessions: number,
  ): Promise<StepOutcome | null> {
    const ahead = this.isAsking ? null : await this.ahead(sessions);
    const isNext =
      ahead?.walk.status === "running" &&
      ahead.tickers.length === tickers.length &&
      ahead.tickers.every((one) => tickers.includes(one));
    if (ahead?.hasMaster !== true || !isNext || this.isAsking) {
      return null;
    }
    this.isAsking = true;
    try {
      this.put(ahead.walk);
      const state = await walkShares({ ...this.deps, source, store: this.deps.table, shares: this.shares });
      if (state !== null && state.status !== "running") {
        // Whatever dies in it, the alarm goes on with it.
        await this.deps.alarm.soon();
        await this.conclude(state);
      }
      const came = (state?.shares ?? 0) - ahead.walk.shares;
      return state === null || state.status === "running"
        ? { status: "stored", moved: false, text: `${came} of ${tickers.length} shares` }
        : outcomeOfWalk(state);
    } finally {
      this.isAsking = false;
    }
  }
}

/** Each morning at most once, where a session is missing or provisional rows can be final by now: one call a share. */
export class RecentWalk extends ShareWalkRunner {
  protected override readonly shares = 40;

  protected override range(now: number): WalkRange | null {
    const { deps } = this;
    const days = sessionsBefore(tradingDayAt(now), LONGEST, deps.days());
    const recent = days.slice(-CAUGHT_UP);
    const to = recent.at(-1);
    const counts = deps.rowsByDay();
    const last = this.state();
    const walked = last?.status === "done" ? last.to : (deps.walkedTo() ?? to);
    // What a walk has been over and has no rows was no session; the last ones are asked again, because its master may have been late.
    const missing = days.filter((day) => !counts.has(day) && (recent.includes(day) || day > (walked ?? day)));
    const provisional = deps.table.provisional(days);
    // The chart of the last session is corrected in the night that comes.
    const isDue = missing.length > 0 || provisional.some((day) => day !== to);
    const from = [missing[0], provisional[0], recent[0]]
      .flatMap((day) => day ?? [])
      .toSorted((one, other) => one - other)[0];
    return from === undefined || to === undefined || !isDue
      ? null
      : { kind: "history_day", from, to, provisional };
  }

  protected override begun(now: number): ShareWalk | null {
    const state = this.state();
    if (!isMorning(now, this.deps.days()) || !this.hasSource()) {
      return null;
    }
    if (state === null || tradingDayAt(state.startedAt) < tradingDayAt(now)) {
      return this.anew(now);
    }
    return state.status === "waiting" ? this.goingOn(state, now) : null;
  }
}
