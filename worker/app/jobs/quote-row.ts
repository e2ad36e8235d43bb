/** What a vendor quotes of a share's session as a row of that session: provisional while the session runs. */
import type { Row } from "../../core/bars/columns.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { MarketQuote } from "../ports/market-sources.ts";

/** BR1: a share without a trade has its close alone. */
export function quoteRow(day: TradingDay, { price, open, high, low, volume, value, base }: MarketQuote): Row {
  return { day, open, high, low, close: price, volume, value, shares: null, base };
}
