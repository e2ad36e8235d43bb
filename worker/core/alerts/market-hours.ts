/** AL14: the hours that rules go by: while the market is open, and after its close. Times in milliseconds since the epoch. */
import { calendarDay, nextSession, type SessionHours } from "../calendar/krx-calendar.ts";
import { tradingDayAt } from "../calendar/trading-day.ts";
import { isSimulated } from "../instrument/exchange-profile.ts";
import type { Exchange } from "../instrument/instrument.ts";
import { marketPhase } from "../session/market-phase.ts";

/** When the prices of the close are in and judged. */
const DIGEST_AFTER_CLOSE_MS = 15 * 60_000;

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

/** A quarter of an hour after the next close; of the simulated market, whose sessions have no hour, a session from now. */
export function digestAt(exchange: Exchange, now: number, simulatedSessionMs: number): number {
  if (isSimulated(exchange)) {
    return now + simulatedSessionMs;
  }
  const today = hoursOf(now);
  const closing = today !== null && now < today.closesAt + DIGEST_AFTER_CLOSE_MS ? today : nextSession(now);
  // Beyond the calendar nobody knows when the next close is: a day from now is not too late for a summary.
  return closing === null ? now + 86_400_000 : closing.closesAt + DIGEST_AFTER_CLOSE_MS;
}
