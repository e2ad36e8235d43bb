/**
 * The past of a market, fetched by itself: newest sessions first, a few dates at a time, with a cursor that outlives every death.
 * Dates are gathered before they go into the bars, because each one alone would rewrite every ticker's series (decision 039).
 */
import { sessionsOf } from "../../../core/calendar/sessions.ts";
import { type TradingDay, tradingDayAt } from "../../../core/calendar/trading-day.ts";
import type { Clock } from "../../ports/clock.ts";
import { type Log, logFailure } from "../../ports/log.ts";
import type { BackfillProgress } from "../../ports/market-book.ts";
import type { DaySource } from "../../ports/market-sources.ts";
import { askForDay, type WholeDay } from "./ask-for-day.ts";
import { CAUGHT_UP, sessionsBefore } from "./market-clock.ts";
import { nameOfStep } from "./official-day.ts";
import type { StepOutcome } from "./step-outcome.ts";

/** The longest base, the year that ranks are of, and some to spare. */
export const WANTED_SESSIONS = 400;
/** Four calls each, below the fifty that the platform's free plan grants one invocation. */
const DATES_A_TURN = 10;
/** So many dates go into the bars at once. */
const GATHERED = 20;
/** The longest run of weekdays without a session has seven; where more are missing the source's own past begins. */
const SILENT_WEEKDAYS = 15;
/** A longer time between two dates was no work. */
const LONGEST_DATE_MS = 60_000;

/** Where it stands. `waiting`: refused or failed; the clock's next turn goes on. */
export interface BackfillState {
  readonly status: "running" | "waiting" | "done";
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** The date that is asked for next; all later ones are settled. */
  readonly next: TradingDay;
  /** Sessions that are to be there. */
  readonly wanted: number;
  /** Sessions that are there, those that the book had before included. */
  readonly sessions: number;
  readonly fetched: number;
  /** The newest session that is there. */
  readonly newest: TradingDay | null;
  /** Weekdays without rows since the last session that came: holidays, when an older session comes. */
  readonly unanswered: readonly TradingDay[];
  /** Weekdays that the calendar took for sessions and that had none. */
  readonly holidays: readonly TradingDay[];
  /** When the last date was settled, and how long they took in all, in milliseconds. */
  readonly at: number;
  readonly workedMs: number;
  /** Why it waits. */
  readonly reason: { readonly status: "denied" | "failed"; readonly text: string } | null;
  /** What follows its end, or its waiting, was done: the master, the run, the row. */
  readonly concluded: boolean;
}

/** What the rows of a date are stored as (DY1). */
export type FoldedSource = Pick<DaySource, "id" | "closeKind" | "final">;

/** One transaction a call. */
export interface BackfillStore {
  state(): BackfillState | null;
  put(state: BackfillState, day: WholeDay | null): void;
  /** Dates that are not in the bars yet. */
  gathered(): number;
  /** Into the bars with all of them, and the state that holds from then on. */
  fold(state: BackfillState, source: FoldedSource): void;
}

export interface BackfillPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly source: DaySource;
  readonly store: BackfillStore;
  /** Tickers with a row, by day. */
  rowsByDay(): ReadonlyMap<number, number>;
  /** How many are asked for in one turn; ten by default. */
  readonly dates?: number;
}

function sessionBefore(day: TradingDay): TradingDay | null {
  return sessionsBefore(day, 1)[0] ?? null;
}

/** From yesterday backwards. */
export function beginBackfill(now: number, wanted: number = WANTED_SESSIONS): BackfillState | null {
  const next = sessionBefore(tradingDayAt(now));
  return next === null
    ? null
    : {
        status: "running",
        startedAt: now,
        next,
        wanted,
        sessions: 0,
        fetched: 0,
        newest: null,
        unanswered: [],
        holidays: [],
        at: now,
        workedMs: 0,
        reason: null,
        concluded: false,
      };
}

/** The state after a date. Weekdays before the newest session are not published yet, and no holidays. */
function settled(state: BackfillState, found: "fetched" | "held" | "nothing", now: number): BackfillState {
  const { next: day, newest } = state;
  const before = sessionBefore(day);
  const isThere = found !== "nothing";
  const unanswered = isThere ? [] : [...state.unanswered, day];
  const sessions = state.sessions + (isThere ? 1 : 0);
  const isOver = sessions >= state.wanted || before === null || unanswered.length >= SILENT_WEEKDAYS;
  return {
    ...state,
    status: isOver ? "done" : "running",
    concluded: false,
    next: before ?? day,
    sessions,
    fetched: state.fetched + (found === "fetched" ? 1 : 0),
    newest: isThere ? (newest ?? day) : newest,
    unanswered,
    holidays: isThere && newest !== null ? [...state.holidays, ...state.unanswered] : state.holidays,
    at: now,
    workedMs: state.workedMs + Math.min(LONGEST_DATE_MS, Math.max(0, now - state.at)),
  };
}

/** One that waits or has ended goes on until so many sessions are there; over where they are, and where the source's past begins. */
export function resumeBackfill(state: BackfillState, wanted: number, now: number): BackfillState {
  const isOver = wanted <= state.sessions || state.unanswered.length >= SILENT_WEEKDAYS;
  return isOver
    ? { ...state, status: "done" }
    : { ...state, status: "running", concluded: false, wanted, reason: null, at: now };
}

/** The program was away for longer than its mornings catch up with: a session since the backfill is missing, and none asks for it. */
export function hasGap(state: BackfillState, rowsByDay: ReadonlyMap<number, number>, now: number): boolean {
  const today = tradingDayAt(now);
  const since = Math.max(0, today - tradingDayAt(state.startedAt));
  return sessionsBefore(today, since)
    .slice(0, -CAUGHT_UP)
    .some((day) => day >= (state.newest ?? day) && !rowsByDay.has(day) && !state.holidays.includes(day));
}

/** Where the next date is to be asked for; sessions that the book has are counted on the way there. */
export function skipHeld(
  from: BackfillState,
  rowsByDay: ReadonlyMap<number, number>,
  now: number,
): BackfillState {
  const held = new Set<number>(sessionsOf(rowsByDay, []));
  let state = from;
  while (state.status === "running" && held.has(state.next)) {
    state = settled(state, "held", now);
  }
  return state;
}

async function ask(day: TradingDay, { source, log }: BackfillPorts): Promise<WholeDay | StepOutcome> {
  try {
    return await askForDay(day, source);
  } catch (error) {
    logFailure(log, "backfill_date_failed", error, { date: nameOfStep({ kind: "backfill", day }) });
    return { status: "failed", text: error instanceof Error ? error.message : String(error) };
  }
}

/** Some dates, each settled when the next is asked for. Resolves with where it stands; never rejects for the source's failure. */
export async function backfillDates(ports: BackfillPorts): Promise<BackfillState | null> {
  const { clock, source, store } = ports;
  const rowsByDay = ports.rowsByDay();
  let state = store.state();
  for (let asked = 0; asked < (ports.dates ?? DATES_A_TURN) && state?.status === "running"; asked++) {
    state = skipHeld(state, rowsByDay, clock.now());
    const { next: day } = state;
    if (state.status !== "running") {
      break;
    }
    const answer = await ask(day, ports);
    if (store.state()?.startedAt !== state.startedAt) {
      // The exchange was emptied meanwhile.
      return store.state();
    }
    if ("rows" in answer) {
      state = settled(state, "fetched", clock.now());
      store.put(state, answer);
    } else if (answer.status === "not_ready" || answer.status === "closed") {
      state = settled(state, "nothing", clock.now());
      store.put(state, null);
    } else {
      const reason = { status: answer.status === "denied" ? "denied" : "failed", text: answer.text } as const;
      state = { ...state, status: "waiting", reason, at: clock.now(), concluded: false };
      store.put(state, null);
    }
  }
  if (state !== null && (store.gathered() >= GATHERED || state.status !== "running")) {
    store.fold(state, source);
  } else if (state !== null) {
    store.put(state, null);
  }
  return state;
}

/** As the owner sees it. */
export function progressOf(state: BackfillState): BackfillProgress {
  const { status, sessions, wanted, fetched, next, holidays, startedAt, workedMs, reason } = state;
  const left = Math.max(0, wanted - sessions);
  return {
    status,
    sessions,
    wanted,
    fetched,
    next,
    holidays,
    startedAt,
    leftMs: status === "running" && fetched > 0 ? Math.round((workedMs / fetched) * left) : null,
    reason: reason === null ? null : `${reason.status}, ${reason.text}`,
  };
}

/** What became of the date that `before` asked for. */
export function outcomeOfDate(state: BackfillState, before: BackfillState): StepOutcome {
  if (state.reason !== null) {
    return state.reason;
  }
  return state.fetched > before.fetched
    ? { status: "stored", moved: false, text: `session ${state.sessions} of ${state.wanted}` }
    : { status: "closed", text: "no rows: a day without a session, or older than what the source has" };
}

/** What its row in the list of runs holds; `moved` when there is a past to scan. */
export function outcomeOfBackfill({
  status,
  sessions,
  fetched,
  holidays,
  reason,
}: BackfillState): StepOutcome {
  const text = `${sessions} sessions, ${fetched} of them fetched, ${holidays.length} days off that the calendar did not know`;
  return reason ?? { status: "stored", moved: status === "done" && fetched > 0, text };
}
