/** Where the past of a market stands that is fetched date by date, and how each answer moves it. */
import { isPart, sessionsOf } from "../../../core/calendar/sessions.ts";
import { formatTradingDay, type TradingDay, tradingDayAt } from "../../../core/calendar/trading-day.ts";
import type { BackfillProgress } from "../../ports/market-book.ts";
import { CAUGHT_UP } from "./market-clock.ts";
import { sessionsBefore } from "./session-days.ts";
import type { StepOutcome } from "./step-outcome.ts";
import { writeStepNote } from "../../../core/session/step-note.ts";

/** The longest base, the year that ranks are of, and some to spare. */
export const WANTED_SESSIONS = 400;
/** The longest run of weekdays without a session has seven; where more are missing the source's own past begins. */
const SILENT_WEEKDAYS = 15;
/** Where so many dates came in part, the source has no more of its past than parts. */
const MOST_IN_PART = 15;
/** How often a date that came in part is asked for in all. */
const TRIES = 3;
/** A longer time between two dates was no work. */
const LONGEST_DATE_MS = 60_000;

/** A date with fewer rows than nine tenths of its newer neighbour (SE2). */
export interface PartDate {
  readonly day: TradingDay;
  readonly rows: number;
  /** Those of the neighbour. */
  readonly before: number;
  readonly tries: number;
}

/** Where it stands. `waiting`: refused or failed; the clock's next turn goes on. */
export interface BackfillState {
  readonly status: "running" | "waiting" | "done";
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** The date that is asked for next; all later ones are settled. */
  readonly next: TradingDay;
  /** Sessions that are to be there. */
  readonly wanted: number;
  /** `next` is not asked for any more: what is left are dates that came in part. */
  readonly isOver: boolean;
  /** Sessions that are there, those that the book had before included. */
  readonly sessions: number;
  readonly fetched: number;
  /** The newest session that is there. */
  readonly newest: TradingDay | null;
  /** The last whole session that was settled, and its rows. */
  readonly neighbour: { readonly day: TradingDay; readonly rows: number } | null;
  /** Not stored, newest first. */
  readonly inPart: readonly PartDate[];
  /** Weekdays without rows since the last session that came: holidays, when an older session comes. */
  readonly unanswered: readonly TradingDay[];
  /** Weekdays that the calendar took for sessions and that had none. */
  readonly holidays: readonly TradingDay[];
  /** When the last date was settled, and how long they took in all, in milliseconds. */
  readonly at: number;
  readonly workedMs: number;
  /** Why it waits. */
  readonly reason: { readonly status: "denied" | "failed"; readonly text: string } | null;
  /** What follows its end, or its waiting, was done: the master, the run that is owed, the row. */
  readonly concluded: boolean;
}

/** What became of a date. `rows`: tickers with a row. */
export type FoundDate =
  | { readonly kind: "fetched" | "held"; readonly rows: number }
  | { readonly kind: "nothing" };

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
        isOver: false,
        sessions: 0,
        fetched: 0,
        newest: null,
        neighbour: null,
        inPart: [],
        unanswered: [],
        holidays: [],
        at: now,
        workedMs: 0,
        reason: null,
        concluded: false,
      };
}

/** Whether the source's own past begins here. */
function isAtEnd({ unanswered, inPart }: Pick<BackfillState, "unanswered" | "inPart">): boolean {
  return unanswered.length >= SILENT_WEEKDAYS || inPart.length >= MOST_IN_PART;
}

/** Dates in part that are worth another question. */
export function partsToAsk({ inPart }: BackfillState): readonly PartDate[] {
  return inPart.filter(({ tries }) => tries < TRIES);
}

function worked(state: BackfillState, now: number): Pick<BackfillState, "at" | "workedMs"> {
  return { at: now, workedMs: state.workedMs + Math.min(LONGEST_DATE_MS, Math.max(0, now - state.at)) };
}

/** The newer neighbour came in part, when the older date shows it: only the first session of all has none to be held against. */
function withoutPart(state: BackfillState, rows: number): BackfillState {
  const { neighbour } = state;
  if (neighbour === null || state.fetched !== 1 || state.sessions !== 1 || !isPart(neighbour.rows, rows)) {
    return state;
  }
  const part: PartDate = { ...neighbour, before: rows, tries: 1 };
  return { ...state, sessions: 0, fetched: 0, neighbour: null, inPart: [part, ...state.inPart] };
}

/** The state after a date. Weekdays before the newest session are not published yet, and no holidays. */
export function settled(before: BackfillState, found: FoundDate, now: number): BackfillState {
  const { next: day, newest, neighbour } = before;
  const rows = found.kind === "nothing" ? 0 : found.rows;
  const inPart =
    found.kind === "fetched" && neighbour !== null && isPart(rows, neighbour.rows)
      ? [{ day, rows, before: neighbour.rows, tries: 1 }]
      : [];
  const state = found.kind === "fetched" && inPart.length === 0 ? withoutPart(before, rows) : before;
  const older = sessionBefore(day);
  const isSession = found.kind !== "nothing";
  const isThere = isSession && inPart.length === 0;
  const unanswered = isSession ? [] : [...state.unanswered, day];
  const sessions = state.sessions + (isThere ? 1 : 0);
  const parts = [...state.inPart, ...inPart];
  const isOver = sessions >= state.wanted || older === null || isAtEnd({ unanswered, inPart: parts });
  const next: BackfillState = {
    ...state,
    ...worked(state, now),
    status: "running",
    concluded: false,
    isOver,
    next: older ?? day,
    sessions,
    fetched: state.fetched + (isThere && found.kind === "fetched" ? 1 : 0),
    newest: isThere ? (newest ?? day) : newest,
    neighbour: isThere ? { day, rows } : state.neighbour,
    inPart: parts,
    unanswered,
    holidays: isSession && newest !== null ? [...state.holidays, ...state.unanswered] : state.holidays,
  };
  return concluded(next);
}

/** After another question for a date that had come in part; `rows` of 0 for an answer without any. */
export function askedAgain(state: BackfillState, part: PartDate, rows: number, now: number): BackfillState {
  const isWhole = !isPart(rows, part.before);
  const others = state.inPart.filter(({ day }) => day !== part.day);
  const next: BackfillState = {
    ...state,
    ...worked(state, now),
    sessions: state.sessions + (isWhole ? 1 : 0),
    fetched: state.fetched + (isWhole ? 1 : 0),
    newest: isWhole && part.day > (state.newest ?? 0) ? part.day : state.newest,
    inPart: isWhole
      ? others
      : state.inPart.map((one) => (one.day === part.day ? { ...one, rows, tries: one.tries + 1 } : one)),
  };
  return concluded(next);
}

/** One that waits or has ended goes on until so many sessions are there; over where they are, and where the source's past begins. */
export function resumeBackfill(state: BackfillState, wanted: number, now: number): BackfillState {
  const isOver = wanted <= state.sessions || isAtEnd(state);
  return isOver && partsToAsk(state).length === 0
    ? { ...state, status: "done" }
    : { ...state, status: "running", concluded: false, wanted, isOver, reason: null, at: now };
}

/**
 * The program was away for longer than its mornings catch up with: a session since the backfill is missing, and none asks for it.
 * One that came in part as often as it was asked for is not missing.
 */
export function hasGap(state: BackfillState, rowsByDay: ReadonlyMap<number, number>, now: number): boolean {
  const today = tradingDayAt(now);
  const since = Math.max(0, today - tradingDayAt(state.startedAt));
  const known = new Set<number>([...state.holidays, ...state.inPart.map(({ day }) => day)]);
  return sessionsBefore(today, since)
    .slice(0, -CAUGHT_UP)
    .some((day) => day >= (state.newest ?? day) && !rowsByDay.has(day) && !known.has(day));
}

/** Where the next date is to be asked for; sessions that the book has are counted on the way there. */
export function skipHeld(
  from: BackfillState,
  rowsByDay: ReadonlyMap<number, number>,
  now: number,
): BackfillState {
  const held = new Set<number>(sessionsOf(rowsByDay, []));
  let state = from;
  while (state.status === "running" && !state.isOver && held.has(state.next)) {
    state = settled(state, { kind: "held", rows: rowsByDay.get(state.next) ?? 0 }, now);
  }
  return state;
}

/** The date that is asked for next. */
export function nextDateOf(state: BackfillState): TradingDay {
  const [part] = state.isOver ? partsToAsk(state) : [];
  return part?.day ?? state.next;
}

function concluded(state: BackfillState): BackfillState {
  return state.isOver && partsToAsk(state).length === 0 ? { ...state, status: "done" } : state;
}

/** Whom a past waits for that ended a turn with this outcome. */
export function waitOf(reason: { readonly status: "denied" | "failed" } | null): "refused" | "failed" | null {
  return reason === null ? null : reason.status === "denied" ? "refused" : "failed";
}

/** As the owner sees it. */
export function progressOf(state: BackfillState): BackfillProgress {
  const { status, sessions, wanted, fetched, holidays, inPart, startedAt, workedMs, reason } = state;
  const left = Math.max(0, wanted - sessions);
  return {
    status,
    counts: "sessions",
    sessions,
    wanted,
    fetched,
    next: nextDateOf(state),
    holidays,
    inPart: inPart.map(({ day }) => day),
    startedAt,
    leftMs: status === "running" && fetched > 0 ? Math.round((workedMs / fetched) * left) : null,
    reason: reason === null ? null : `${reason.status}, ${reason.text}`,
    waits: waitOf(reason),
  };
}

/** What became of the date that `before` asked for. */
export function outcomeOfDate(state: BackfillState, before: BackfillState): StepOutcome {
  if (state.reason !== null) {
    return state.reason;
  }
  const day = nextDateOf(before);
  const part = state.inPart.find((one) => one.day === day);
  if (part !== undefined) {
    return {
      status: "not_ready",
      text: `it came in part: ${part.rows} rows where its neighbour has ${part.before}`,
    };
  }
  return state.fetched > before.fetched
    ? { status: "stored", moved: false, text: `session ${state.sessions} of ${state.wanted}` }
    : { status: "closed", text: "no rows: a day without a session, or older than what the source has" };
}

/** What its row in the list of runs holds; `moved` when there is a past to scan. */
export function outcomeOfBackfill(state: BackfillState): StepOutcome {
  const { status, sessions, fetched, holidays, inPart, reason } = state;
  const rest = [
    `${holidays.length} days off that the calendar did not know`,
    ...inPart.map(
      ({ day, rows, before }) =>
        `${formatTradingDay(day)} came in part and is left out: ${rows} rows where its neighbour has ${before}`,
    ),
  ];
  return (
    reason ?? {
      status: "stored",
      moved: status === "done" && fetched > 0,
      text: writeStepNote("past", { sessions, fetched, more: `, ${rest.join(", ")}` }),
    }
  );
}
