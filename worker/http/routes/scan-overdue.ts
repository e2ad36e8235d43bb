/** Whether a scheduled scan is missing: a scan that silently stops looks exactly like a market without patterns. */
import type { ScanRun } from "../../app/ports/scan-ledger.ts";
import { EVENING_SCAN } from "../../app/scan-schedule.ts";
import { isSimulated } from "../../core/instrument/exchange-profile.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { tradingDayAt, tradingDayOf, weekdayOf } from "../../core/calendar/trading-day.ts";

const DAY_MS = 86_400_000;
const DUE_MS = (EVENING_SCAN.utcHour * 60 + EVENING_SCAN.utcMinute) * 60_000;
/** How long a scan may take before it counts as overdue. */
const GRACE_MS = 30 * 60_000;

/** The last instant at which a scan was due and its {@link GRACE_MS} has passed; milliseconds since the epoch. */
export function lastDueScan(now: number): number {
  for (let day: number = tradingDayAt(now - GRACE_MS); ; day--) {
    const due = day * DAY_MS + DUE_MS;
    const weekday = weekdayOf(tradingDayOf(day));
    const isScheduled = weekday >= EVENING_SCAN.firstWeekday && weekday <= EVENING_SCAN.lastWeekday;
    if (isScheduled && due + GRACE_MS <= now) {
      return due;
    }
  }
}

/**
 * `runs` in any order. A holiday is no exception: the schedule fires all the same and leaves a skipped run.
 * The demo has no schedule, its own sessions scan; nor has a market without bars anything to scan.
 */
export function isScanOverdue(
  exchange: Exchange,
  runs: readonly ScanRun[],
  hasBars: boolean,
  now: number,
): boolean {
  const due = lastDueScan(now);
  const counts = (run: ScanRun): boolean =>
    run.startedAt >= due &&
    (run.status === "done" ||
      run.status === "skipped" ||
      (run.status === "running" && now - run.startedAt < GRACE_MS));
  return !isSimulated(exchange) && hasBars && !runs.some(counts);
}
