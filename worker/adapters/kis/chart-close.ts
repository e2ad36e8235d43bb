/** KI7: which close a row of the vendor's daily chart holds: it has the last price in the evening, and the regular one two nights later. */
import type { OriginFacts } from "../../core/bars/origin.ts";
import { TWO_CLOSES_SINCE } from "../../core/bars/origin.ts";
import { closingWindowAfter } from "../../core/calendar/closing-window.ts";
import { calendarDay, nextSession } from "../../core/calendar/krx-calendar.ts";
import { DAY_MS, midnightOf, type TradingDay, tradingDayAt } from "../../core/calendar/trading-day.ts";

const HOUR_MS = 3_600_000;
/** On a day that the calendar knows no session of, and that has a row all the same. */
const CLOSES_MS = 15.5 * HOUR_MS;
const SETTLED_MS = 120_000;
/** When the night begins in which the vendor may correct a close, and when it is over. */
const NIGHT_MS = { begins: 20 * HOUR_MS, ends: 30 * HOUR_MS } as const;

/**
 * `null` while the session goes on. Measured once by others, without an hour: "in the night of D+1". Whether that is the next day or
 * the next session is not known, so from the one night to the end of the other the close is `unknown`.
 */
export function chartCloseOf(day: TradingDay, now: number): OriginFacts | null {
  const known = calendarDay(day);
  const closesAt = known.kind === "session" ? known.closesAt : midnightOf(day) + CLOSES_MS;
  if (now < closesAt + SETTLED_MS) {
    return null;
  }
  if (day < TWO_CLOSES_SINCE) {
    return { close: "regular", final: tradingDayAt(now) > day };
  }
  if (now < closingWindowAfter(closesAt).until) {
    return { close: "regular", final: false };
  }
  if (now < midnightOf(day) + DAY_MS + NIGHT_MS.begins) {
    return { close: "last", final: false };
  }
  const next = nextSession(closesAt);
  return next !== null && now >= midnightOf(next.day) + NIGHT_MS.ends
    ? { close: "regular", final: true }
    : { close: "unknown", final: false };
}
