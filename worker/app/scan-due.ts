/** JB30: whether the scan that should be there by now is missing, and why: one answer for page, health, checks and the watch. */
import { isSimulated } from "../core/instrument/exchange-profile.ts";
import type { Exchange } from "../core/instrument/instrument.ts";
import type { TradingDay } from "../core/calendar/trading-day.ts";
import type { BookSummary, MarketBookPort } from "./ports/market-book.ts";
import type { MarketStatus, MarketStatusPort, StepReport } from "./ports/market-status.ts";
import type { ScanLedger, ScanRun } from "./ports/scan-ledger.ts";
import { nextStep } from "./jobs/days/next-step.ts";
import { type SessionDays, sessionDaysOf } from "./jobs/days/session-days.ts";
import { isStepRow } from "./jobs/days/step-row.ts";
import { dueSession, isJudged, isScanOverdue, lastDueScan } from "./scan-schedule.ts";

/** A scan that should be there. Milliseconds since the epoch. */
export interface MissingScan {
  /** `null` for the scan of an evening that no source brings a session for. */
  readonly day: TradingDay | null;
  /** Since when it is overdue; without a source when it was due. */
  readonly at: number;
  /** The rows of the session are there, and were not judged. */
  readonly hasRows: boolean;
  /** How the step that should have brought the session last ended. */
  readonly outcome: StepReport | null;
  /** The scan of it that was refused or failed, where one was begun. */
  readonly refused: Pick<ScanRun, "status" | "reason"> | null;
  readonly next: MarketStatus["next"];
}

/** What is read for it, and is good for more. */
export interface ScanDue {
  readonly missing: MissingScan | null;
  /** Some of the newest runs, newest first, and the newest one that judged a session. */
  readonly runs: readonly ScanRun[];
  readonly lastDone: ScanRun | null;
  readonly days: MarketStatus;
  readonly summary: BookSummary;
}

export interface ScanDuePorts {
  readonly ledger: Pick<ScanLedger, "runs" | "lastRun">;
  book(exchange: Exchange): Pick<MarketBookPort, "summary"> & MarketStatusPort;
}

/** The newest of these is the one that a refusal stands in: the steps of the day leave rows of their own. */
const RECENT_RUNS = 20;

/** Rejects when the store or the book is out of reach. `graceMs`: as of {@link isScanOverdue}. */
export async function readScanDue(
  ports: ScanDuePorts,
  exchange: Exchange,
  now: number,
  graceMs?: number,
): Promise<ScanDue> {
  const book = ports.book(exchange);
  const [runs, settled, lastDone, summary, days] = await Promise.all([
    ports.ledger.runs(exchange, RECENT_RUNS),
    ports.ledger.lastRun(exchange, ["done", "skipped"]),
    ports.ledger.lastRun(exchange, ["done"]),
    book.summary(),
    book.marketStatus(),
  ]);
  const known = [runs[0], settled, lastDone].flatMap((run) => run ?? []);
  const facts = { exchange, now, runs, known, lastDay: summary.lastDay, days, graceMs };
  return { missing: missingScan(facts), runs, lastDone, days, summary };
}

/** Sessions as the vendor states them (DK5), without the days that turned out to be none. */
function openDays({ statedDays, daysOff }: MarketStatus): SessionDays {
  const stated = statedDays.map(({ day, isSession }) => [day, isSession] as const);
  return sessionDaysOf(new Map([...stated, ...daysOff.map((day) => [day, false] as const)]));
}

/** When the clock asks for this very session again, on the days that are sessions for the vendor. */
function nextFor(day: TradingDay, status: MarketStatus, now: number): MissingScan["next"] {
  const { plan, statedDays } = status;
  const byShares = isFilledByShares(status);
  const sources = {
    official: plan.morning || byShares,
    master: false,
    present: false,
    snapshot: plan.evening,
  };
  const days = sessionDaysOf(new Map(statedDays.map((stated) => [stated.day, stated.isSession])));
  const next = nextStep(now, sources, (step) => step.day !== day, days);
  return next !== null && byShares && next.kind === "official_day" ? { ...next, kind: "history_day" } : next;
}

/** MD72: where the book asks a vendor of the evening alone, the past of each share fills in what is missing, in the same mornings. */
function isFilledByShares({ plan, sources, backfill }: MarketStatus): boolean {
  const isAsked = sources.some(({ isNamed, missing }) => isNamed && missing.length === 0);
  return plan.evening && !plan.morning && isAsked && backfill?.status === "done";
}

interface DueFacts {
  readonly exchange: Exchange;
  readonly now: number;
  /** Newest first. */
  readonly runs: readonly ScanRun[];
  /** Those that may count. */
  readonly known: readonly ScanRun[];
  readonly lastDay: TradingDay | null;
  readonly days: MarketStatus;
  readonly graceMs: number | undefined;
}

function missingScan({ exchange, now, runs, known, lastDay, days, graceMs }: DueFacts): MissingScan | null {
  const { plan, backfill } = days;
  // A past that is being fetched ends with a scan of its own.
  if (isSimulated(exchange) || lastDay === null || backfill?.status === "running") {
    return null;
  }
  if (!plan.evening && !plan.morning) {
    const isOverdue = isScanOverdue(exchange, known, true, now, graceMs);
    const at = lastDueScan(now, graceMs);
    if (at < (days.since?.bars ?? 0)) {
      return null;
    }
    const refused = runs.find(({ startedAt, status }) => startedAt >= at && status === "failed") ?? null;
    return isOverdue ? { day: null, at, hasRows: true, outcome: null, refused, next: null } : null;
  }
  const due = dueSession(plan, now, openDays(days), days.since);
  if (due === null || isJudged(due, known, now)) {
    return null;
  }
  // With its rows there it is the scan that is missing, and its refusal states why; without them it is the step.
  const isThere = lastDay >= due.day;
  const outcome = days.steps.findLast(
    ({ kind, day }) =>
      day === due.day && (kind === "evening_snapshot" || kind === "official_day" || kind === "history_day"),
  );
  const since = runs.findIndex(({ status }) => status === "done");
  const refused = runs.slice(0, since === -1 ? runs.length : since).find((run) => !isStepRow(run));
  return {
    ...due,
    hasRows: isThere,
    outcome: isThere ? null : (outcome ?? null),
    refused: isThere ? (refused ?? null) : null,
    next: isThere ? null : nextFor(due.day, days, now),
  };
}
