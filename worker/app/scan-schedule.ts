/** When the clock scans: the one source of the times. The cron of wrangler.toml is held against it by a test. */
import type { RunRequest } from "./ports/market-book.ts";

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
