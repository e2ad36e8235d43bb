/** When the clock scans: the one source of the times. The cron of wrangler.toml is held against it by a test. */
import { DAY_MS, tradingDayAt, tradingDayOf, weekdayOf } from "../core/calendar/trading-day.ts";
import { isSimulated } from "../core/instrument/exchange-profile.ts";
import type { Exchange } from "../core/instrument/instrument.ts";
import type { RunRequest } from "./ports/market-book.ts";
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
