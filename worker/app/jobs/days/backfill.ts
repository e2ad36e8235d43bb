/**
 * The past of a market, fetched by itself: newest sessions first, a few dates at a time, with a cursor that outlives every death.
 * Dates are gathered before they go into the bars, because each one alone would rewrite every ticker's series (decision 039).
 */
import type { TradingDay } from "../../../core/calendar/trading-day.ts";
import type { Clock } from "../../ports/clock.ts";
import { type Log, logFailure } from "../../ports/log.ts";
import type { DaySource } from "../../ports/market-sources.ts";
import { askForDay, type WholeDay } from "./ask-for-day.ts";
import {
  askedAgain,
  type BackfillState,
  type FoundDate,
  partsToAsk,
  settled,
  skipHeld,
} from "./backfill-state.ts";
import { nameOfStep } from "./official-day.ts";
import type { StepOutcome } from "./step-outcome.ts";

/** Four calls each, below the fifty that the platform's free plan grants one invocation. */
const DATES_A_TURN = 10;
/** So many dates go into the bars at once. */
const GATHERED = 20;

/** What the rows of a date are stored as (DY1). */
export type FoldedSource = Pick<DaySource, "id" | "closeKind" | "final">;

/** One transaction a call. */
export interface BackfillStore {
  state(): BackfillState | null;
  /** Gathers the rows of a date; of one that stands there and is in part in the new state, they leave. */
  put(state: BackfillState, day: WholeDay | null): void;
  /** Dates that are not in the bars yet. */
  gathered(): number;
  /** Into the bars with all of them and with `last`, and the state that holds from then on. */
  fold(state: BackfillState, source: FoldedSource, last: WholeDay | null): void;
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

type Answer = WholeDay | StepOutcome;

async function ask(day: TradingDay, { source, log }: BackfillPorts): Promise<Answer> {
  try {
    return await askForDay(day, source);
  } catch (error) {
    logFailure(log, "backfill_date_failed", error, { date: nameOfStep({ kind: "backfill", day }) });
    return { status: "failed", text: error instanceof Error ? error.message : String(error) };
  }
}

/** Refused or failed: it waits. */
function halted(state: BackfillState, answer: StepOutcome, now: number): BackfillState {
  const status = answer.status === "denied" ? "denied" : "failed";
  return { ...state, status: "waiting", reason: { status, text: answer.text }, at: now, concluded: false };
}

const isHalt = (answer: Answer): answer is StepOutcome =>
  !("rows" in answer) && answer.status !== "not_ready" && answer.status !== "closed";

/** A date, and what an answer for it comes to. */
interface AskedDate {
  readonly day: TradingDay;
  readonly after: (answer: Answer) => { readonly state: BackfillState; readonly day: WholeDay | null };
}

/** The dates of one turn: those of the past, and when they are over once each of those that came in part. */
function* datesOf(ports: BackfillPorts, state: () => BackfillState): Iterable<AskedDate> {
  const { clock, dates = DATES_A_TURN } = ports;
  if (state().isOver) {
    for (const part of partsToAsk(state()).slice(0, dates)) {
      yield {
        day: part.day,
        after: (answer) => {
          const rows = "rows" in answer ? answer.rows.length : 0;
          const next = askedAgain(state(), part, rows, clock.now());
          const isWhole = next.sessions > state().sessions;
          return { state: next, day: "rows" in answer && isWhole ? answer : null };
        },
      };
    }
    return;
  }
  for (let asked = 0; asked < dates && state().status === "running" && !state().isOver; asked++) {
    yield {
      day: state().next,
      after: (answer) => {
        const found: FoundDate =
          "rows" in answer ? { kind: "fetched", rows: answer.rows.length } : { kind: "nothing" };
        const next = settled(state(), found, clock.now());
        const isPart = next.inPart.some(({ day }) => day === state().next);
        return { state: next, day: "rows" in answer && !isPart ? answer : null };
      },
    };
  }
}

/** Some dates, each settled when the next is asked for. Resolves with where it stands; never rejects for the source's failure. */
export async function backfillDates(ports: BackfillPorts): Promise<BackfillState | null> {
  const { clock, source, store } = ports;
  const rowsByDay = ports.rowsByDay();
  const begun = store.state();
  if (begun?.status !== "running") {
    return begun;
  }
  let state = skipHeld(begun, rowsByDay, clock.now());
  let last: WholeDay | null = null;
  for (const { day, after } of datesOf(ports, () => state)) {
    const answer = await ask(day, ports);
    if (store.state()?.startedAt !== begun.startedAt) {
      // The exchange was emptied meanwhile.
      return store.state();
    }
    if (isHalt(answer)) {
      state = halted(state, answer, clock.now());
      break;
    }
    const next = after(answer);
    state = skipHeld(next.state, rowsByDay, clock.now());
    if (state.status !== "running") {
      // The end is settled with the bars or not at all: nobody would come back for dates that are still gathered.
      last = next.day;
      break;
    }
    store.put(state, next.day);
  }
  if (store.gathered() >= GATHERED || state.status !== "running") {
    store.fold(state, source, last);
  } else {
    store.put(state, null);
  }
  return state;
}
