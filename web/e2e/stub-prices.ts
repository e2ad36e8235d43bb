/** The last closes of the stubbed signals. One share has none: a price that is missing must stay missing. */
import type { PricesBody } from "../../worker/protocol/rest/quote.ts";
import { ROWS } from "./stub-signals.ts";

export const PRICES: PricesBody = {
  exchange: "KRX",
  prices: Object.fromEntries(
    ROWS.slice(0, -1).map((row, i) => {
      const price = row.current_price ?? 0;
      const change = Math.round((price * (i - 3)) / 300);
      const quote = {
        ticker: row.ticker,
        price,
        change,
        change_rate: (100 * change) / (price - change),
        volume: 1_240_000,
        open: price - change,
        high: price,
        low: price - Math.abs(change),
        halted: false,
        as_of: "2025-06-13",
        timestamp: null,
        stale: false,
        source: "closes",
      };
      return [row.ticker, quote];
    }),
  ),
  missing: ROWS.slice(-1).map(({ ticker }) => ticker),
  generated_at: "2025-06-13T18:21:04.000+09:00",
};
