/** Where a walk over the shares of a market stands whose vendor answers the past of one share a question, and how a turn moves it. */
import { formatTradingDay, type TradingDay } from "../../../core/calendar/trading-day.ts";
import type { Ticker } from "../../../core/nominal.ts";
import type { BackfillProgress } from "../../ports/market-book.ts";
import { waitOf } from "./backfill-state.ts";
import type { StepOutcome } from "./step-outcome.ts";
import { writeStepNote } from "../../../core/session/step-note.ts";

/** `backfill`: the past, once. `history_day`: the last sessions, each morning. */
export type WalkKind = "backfill" | "history_day";

/** How often a share without rows is asked for in all, and both indices. */
const TRIES = 3;
/** A longer time between two turns was no work. */
const LONGEST_TURN_MS = 60_000;
/** Named in a row of the list of runs. */
const MOST_NAMED = 20;

/** A share that gave no rows. */
export interface SilentShare {
  readonly ticker: Ticker;
  readonly tries: number;
}

/** `waiting`: refused or failed; the clock's next turn goes on. Instants in milliseconds since the epoch. */
export interface ShareWalk {
  readonly kind: WalkKind;
  readonly status: "running" | "waiting" | "done";
  readonly startedAt: number;
  /** The sessions of every share, both included. */
  readonly from: TradingDay;
  readonly to: TradingDay;
  /** Sessions of them that had provisional rows at the beginning. */
  readonly provisional: readonly TradingDay[];
  /** The share that was settled last, in the order of tickers; `null` before the first. */
  readonly after: Ticker | null;
  /** No share follows it: what is left are those that gave no rows, and the indices. */
  readonly isOver: boolean;
  /** Shares of the master, and those of them whose rows came. */
  readonly wanted: number;
  readonly shares: number;
  readonly silent: readonly SilentShare[];
  /** Turns in a row in which no share gave rows. */
  readonly stalls: number;
  readonly indexTries: number;
  /** Rows that were added or replaced. */
  readonly moved: number;
  /** When the last turn was settled, and how long they took in all. */
  readonly at: number;
  readonly workedMs: number;
  /** Why it waits. */
  readonly reason: { readonly status: "denied" | "failed"; readonly text: string } | null;
  /** What follows its end, or its waiting, was done. */
  readonly concluded: boolean;
}

export type WalkRange = Pick<ShareWalk, "kind" | "from" | "to" | "provisional">;

export function beginWalk(range: WalkRange, now: number): ShareWalk {
  return {
    ...range,
    status: "running",
    startedAt: now,
    after: null,
    isOver: false,
    wanted: 0,
    shares: 0,
    silent: [],
    stalls: 0,
    indexTries: 0,
    moved: 0,
    at: now,
    workedMs: 0,
    reason: null,
    concluded: false,
  };
}

/** Whom the next turn asks, `all` in the order of tickers; nobody when the indices alone are left. */
export function nextShares(
  { after, isOver, silent }: ShareWalk,
  all: readonly Ticker[],
  count: number,
): readonly Ticker[] {
  const rest = isOver ? [] : all.filter((ticker) => after === null || ticker > after);
  const again = silent.filter(({ tries }) => tries < TRIES).map(({ ticker }) => ticker);
  return (rest.length > 0 ? rest : again).slice(0, count);
}

/** Of one share that was asked. */
export interface SettledShare {
  readonly ticker: Ticker;
  readonly hasRows: boolean;
}

/** After the shares of a turn, in the order in which they were asked. */
export function walkedOn(
  state: ShareWalk,
  settled: readonly SettledShare[],
  all: readonly Ticker[],
  now: number,
): ShareWalk {
  const last = settled.at(-1)?.ticker;
  const isFirstTime = last !== undefined && !state.isOver && (state.after === null || last > state.after);
  const after = isFirstTime ? last : state.after;
  const rows = new Map(settled.map(({ ticker, hasRows }) => [ticker, hasRows]));
  const tried = new Map(state.silent.map(({ ticker, tries }) => [ticker, tries]));
  for (const [ticker, hasRows] of rows) {
    if (hasRows) {
      tried.delete(ticker);
    } else {
      tried.set(ticker, (tried.get(ticker) ?? 0) + 1);
    }
  }
  return {
    ...state,
    stalls: 0,
    after,
    isOver: state.isOver || all.every((ticker) => after !== null && ticker <= after),
    wanted: all.length,
    shares: state.shares + settled.filter(({ hasRows }) => hasRows).length,
    silent: Array.from(tried, ([ticker, tries]) => ({ ticker, tries })),
    at: now,
    workedMs: state.workedMs + Math.min(LONGEST_TURN_MS, Math.max(0, now - state.at)),
  };
}

export function haltedWalk(
  state: ShareWalk,
  { status, text }: Pick<StepOutcome, "status" | "text">,
  now: number,
): ShareWalk {
  const reason = { status: status === "denied" ? "denied" : "failed", text } as const;
  return { ...state, status: "waiting", reason, at: now, concluded: false };
}

/** Nobody answered: the vendor's fault and not that of the shares, but not without end; `null` when it was often enough. */
export function stalledWalk(state: ShareWalk, outcome: StepOutcome, now: number): ShareWalk | null {
  const stalls = state.stalls + 1;
  return state.isOver || stalls >= TRIES ? null : haltedWalk({ ...state, stalls }, outcome, now);
}

/** The indices were asked for and not answered; over when that was often enough. */
export function withoutIndices(state: ShareWalk, outcome: StepOutcome, now: number): ShareWalk {
  const indexTries = state.indexTries + (outcome.status === "denied" ? 0 : 1);
  return indexTries < TRIES
    ? haltedWalk({ ...state, indexTries }, outcome, now)
    : endedWalk({ ...state, indexTries }, now);
}

export function endedWalk(state: ShareWalk, now: number): ShareWalk {
  return { ...state, status: "done", reason: null, at: now, concluded: false };
}

/** As the owner sees it. */
export function progressOfWalk(state: ShareWalk): BackfillProgress {
  const { status, shares, wanted, to, startedAt, workedMs, reason } = state;
  const settled = shares + state.silent.length;
  const left = Math.max(0, wanted - settled);
  return {
    status,
    counts: "shares",
    sessions: shares,
    wanted,
    fetched: shares,
    next: to,
    holidays: [],
    inPart: [],
    startedAt,
    leftMs: status === "running" && settled > 0 ? Math.round((workedMs / settled) * left) : null,
    reason: reason === null ? null : `${reason.status}, ${reason.text}`,
    waits: waitOf(reason),
  };
}

/** What its row in the list of runs holds; `moved` when there is something to scan. */
export function outcomeOfWalk(state: ShareWalk): StepOutcome {
  const { status, shares, wanted, silent, from, to, moved, reason } = state;
  const named = silent.slice(0, MOST_NAMED).map(({ ticker }) => ticker);
  const more = silent.length > MOST_NAMED ? ` and ${silent.length - MOST_NAMED} more` : "";
  const rest = [
    ...(silent.length > 0 ? [`without rows and left out: ${named.join(" ")}${more}`] : []),
    ...(state.indexTries >= TRIES ? ["the indices did not come"] : []),
  ];
  const text = writeStepNote("past_of_shares", {
    have: shares,
    all: wanted,
    from: formatTradingDay(from),
    to: formatTradingDay(to),
    more: rest.map((part) => `; ${part}`).join(""),
  });
  return reason ?? { status: "stored", moved: status === "done" && moved > 0, text };
}
