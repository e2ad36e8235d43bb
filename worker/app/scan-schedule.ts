/** When the clock scans: the one source of the times. The cron of wrangler.toml is held against it by a test. */
import {
  DAY_MS,
  midnightOf,
  type TradingDay,
  tradingDayAt,
  tradingDayOf,
  weekdayOf,
} from "../core/calendar/trading-day.ts";
import { isSimulated } from "../core/instrument/exchange-profile.ts";
import type { Exchange } from "../core/instrument/instrument.ts";
import { CALENDAR_DAYS, type SessionDays } from "./jobs/days/session-days.ts";
import type { RunRequest } from "./ports/market-book.ts";
import type { PlanSince, ScanPlan } from "./ports/market-status.ts";
import type { ScanRun } from "./ports/scan-ledger.ts";

/**
 * 18:20 KST from Monday (1) to Friday (5), after the exchange has stopped amending the day's volumes (about 18:10). It is
 * 09:20 UTC, so the day's number in UTC and KST is one.
 */
export const EVENING_SCAN: {
  readonly utcHour: number;
  readonly utcMinute: number;
  readonly firstWeekday: number;
  readonly lastWeekday: number;
} = { utcHour: 9, utcMinute: 20, firstWeekday: 1, lastWeekday: 5 };

/** The whole market: a filter belongs to whoever reads the list. */
export const EVENING_REQUEST: RunRequest = { kind: "cron", market: null, topN: 0, minScore: 0, accept: [] };

/** After midnight UTC. */
const DUE_MS = (EVENING_SCAN.utcHour * 60 + EVENING_SCAN.utcMinute) * 60_000;
/** How long a scan may take before it counts as overdue. */
const GRACE_MS = 30 * 60_000;

/** The last instant at which a scan was due and its grace has passed; milliseconds since the epoch, as both arguments. */
export function lastDueScan(now: number, graceMs: number = GRACE_MS): number {
  for (let day: number = tradingDayAt(now - graceMs); ; day--) {
    const due = day * DAY_MS + DUE_MS;
    const weekday = weekdayOf(tradingDayOf(day));
    const isScheduled = weekday >= EVENING_SCAN.firstWeekday && weekday <= EVENING_SCAN.lastWeekday;
    if (isScheduled && due + graceMs <= now) {
      return due;
    }
  }
}

/**
 * A scan that silently stops looks exactly like a market without patterns. `runs` in any order. A holiday is no exception: the schedule fires all the same and leaves a skipped run.
 * The demo has no schedule, its own sessions scan; nor has a market without bars anything to scan.
 */
export function isScanOverdue(
  exchange: Exchange,
  runs: readonly ScanRun[],
  hasBars: boolean,
  now: number,
  graceMs: number = GRACE_MS,
): boolean {
  const due = lastDueScan(now, graceMs);
  const counts = (run: ScanRun): boolean =>
    run.startedAt >= due &&
    (run.status === "done" ||
      run.status === "skipped" ||
      (run.status === "running" && now - run.startedAt < GRACE_MS));
  return !isSimulated(exchange) && hasBars && !runs.some(counts);
}

/** Whether the clock rang for the evening's scan. `at` in milliseconds since the epoch, within the minute of the cron. */
export function isEveningScan(at: number): boolean {
  const minute = Math.floor((at % DAY_MS) / 60_000);
  const weekday = weekdayOf(tradingDayOf(Math.floor(at / DAY_MS)));
  return (
    minute * 60_000 === DUE_MS && weekday >= EVENING_SCAN.firstWeekday && weekday <= EVENING_SCAN.lastWeekday
  );
}

/** A quarter of an hour after the close, half of the closing window: the clock has had two turns of it, and a third may still come. */
const BEFORE_AFTER_MARKET_MS = 15 * 60_000;
/** In the morning of the next session: the clock has had two turns. */
const MORNING_MS = (8 * 60 + 15) * 60_000;
/** The longest run of days without a session has eleven. */
const LOOK_BACK_DAYS = 20;

/** A session whose scan must be there from `at` on, in milliseconds since the epoch. */
export interface DueSession {
  readonly day: TradingDay;
  readonly at: number;
}

/** Nobody knows of a beginning. */
const ALWAYS: PlanSince = { evening: null, morning: null, bars: null };

/** Never for what does not come, and for what fell due before it could. */
function dueSince(at: number | null, since: number | null): number {
  return at === null || (since !== null && at < since) ? Number.POSITIVE_INFINITY : at;
}

function nextOpenDay(day: TradingDay, days: SessionDays): TradingDay | null {
  for (let n = 1; n < LOOK_BACK_DAYS; n++) {
    const next = tradingDayOf(day + n);
    const isSession = days.isSession(next);
    if (isSession !== false) {
      return isSession === null ? null : next;
    }
  }
  return null;
}

/**
 * JB30: the newest session whose scan must be there by now, by what brings it: a quarter of an hour after its close, or at 08:15 of
 * the next one. `null` without a source, and where nobody knows of sessions. `days`: as the clock has them (DK5), also those that a
 * vendor opens or closes against the calendar. JB33: what was to bring it before `since` did not exist.
 */
export function dueSession(
  plan: ScanPlan,
  now: number,
  days: SessionDays = CALENDAR_DAYS,
  since: PlanSince = ALWAYS,
): DueSession | null {
  for (let n = 0; n < LOOK_BACK_DAYS; n++) {
    const day = tradingDayOf(tradingDayAt(now) - n);
    const window = days.closingWindow(day);
    if (window === null) {
      continue;
    }
    const next = plan.morning ? nextOpenDay(day, days) : null;
    const at = Math.min(
      dueSince(plan.evening ? window.until - BEFORE_AFTER_MARKET_MS : null, since.evening),
      dueSince(next === null ? null : midnightOf(next) + MORNING_MS, since.morning),
    );
    if (at <= now) {
      return { day, at };
    }
  }
  return null;
}

/** Whether one of these runs, in any order, has judged the session, or is about to. */
export function isJudged({ day }: DueSession, runs: readonly ScanRun[], now: number): boolean {
  return runs.some(
    ({ status, asOf, startedAt }) =>
      (status === "done" && asOf !== null && asOf >= day) ||
      (status === "running" && now - startedAt < GRACE_MS),
  );
}
