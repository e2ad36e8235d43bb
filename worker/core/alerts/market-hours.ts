/** AL14: the hours that rules go by: while the market is open, and after its close. Times in milliseconds since the epoch. */
import { calendarDay, type SessionHours } from "../calendar/krx-calendar.ts";
import { tradingDayAt } from "../calendar/trading-day.ts";
import { isSimulated } from "../instrument/exchange-profile.ts";
import type { Exchange } from "../instrument/instrument.ts";
import { marketPhase } from "../session/market-phase.ts";

/** When the prices of the close are in and judged. */
const DIGEST_AFTER_CLOSE_MS = 15 * 60_000;
/** A scan is saved at once, and read in more than one part. */
const GATHERS_MS = 60_000;

function hoursOf(at: number): SessionHours | null {
  const today = calendarDay(tradingDayAt(at));
  return today.kind === "session" ? today : null;
}

/** Whether a regular session runs, its auctions included. The simulated market always does. */
export function isMarketOpen(exchange: Exchange, at: number): boolean {
  if (isSimulated(exchange)) {
    return true;
  }
  const hours = hoursOf(at);
  const phase = hours === null ? "closed" : marketPhase(hours, at);
  return phase !== "closed" && phase !== "after_market";
}

/**
 * Of what happens from the opening auction on, a quarter of an hour after the close. What comes later, as the evening's scan or the morning's,
 * waits for no further session: a minute, in which what belongs together gathers. Of the simulated market, whose sessions have no hour, a
 * session from now.
 */
export function digestAt(exchange: Exchange, now: number, simulatedSessionMs: number): number {
  if (isSimulated(exchange)) {
    return now + simulatedSessionMs;
  }
  const hours = hoursOf(now);
  const isOver = hours !== null && now >= hours.closesAt && now < hours.closesAt + DIGEST_AFTER_CLOSE_MS;
  const isOfSession = hours !== null && (isOver || isMarketOpen(exchange, now));
  return isOfSession ? hours.closesAt + DIGEST_AFTER_CLOSE_MS : now + GATHERS_MS;
}
