/** CA4: what the exchange does at an instant of a day with a session, so that no price of one phase is shown or stored as one of another. */
import { TWO_CLOSES_SINCE } from "../bars/origin.ts";
import { closingWindowAfter } from "../calendar/closing-window.ts";
import type { SessionHours } from "../calendar/krx-calendar.ts";
import { midnightOf } from "../calendar/trading-day.ts";

/**
 * `opening_auction` and `closing_auction`: orders are gathered, and prices are indicative but for the one trade that ends it.
 * `after_market`: trades that move neither close nor next base price.
 */
export type MarketPhase = "closed" | "opening_auction" | "open" | "closing_auction" | "after_market";

const MINUTE_MS = 60_000;
/** How long before the opening, and before the close, orders are gathered. */
const OPENING_AUCTION_MS = 30 * MINUTE_MS;
const CLOSING_AUCTION_MS = 10 * MINUTE_MS;
/** The after-market ends at 20:00, also on days with shifted hours. */
const AFTER_MARKET_ENDS_MS = 20 * 60 * MINUTE_MS;

/** `now` in milliseconds since the epoch. The closing auction lasts until its trade is certain to have come (CA3). */
export function marketPhase(
  { day, opensAt, closesAt }: Pick<SessionHours, "day" | "opensAt" | "closesAt">,
  now: number,
): MarketPhase {
  const closing = closingWindowAfter(closesAt);
  if (now < opensAt) {
    return now >= opensAt - OPENING_AUCTION_MS ? "opening_auction" : "closed";
  }
  if (now < closing.from) {
    return now < closesAt - CLOSING_AUCTION_MS ? "open" : "closing_auction";
  }
  const isAfter = now >= closing.until && now < midnightOf(day) + AFTER_MARKET_ENDS_MS;
  return isAfter && day >= TWO_CLOSES_SINCE ? "after_market" : "closed";
}
