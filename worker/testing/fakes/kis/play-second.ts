/** FK14: what a second brings to whoever is registered at the socket of KIS, for use by hand: the exchange as its quotes show it. */
import { tradingDayAt } from "../../../core/calendar/trading-day.ts";
import { INDEX_CODES } from "../../../core/instrument/instrument.ts";
import type { SimulatedExchange } from "../exchange/simulated-exchange.ts";
import type { FakeKisSocket } from "./fake-kis-socket.ts";
import { presentOf } from "./kis-quotes.ts";

/** Trades of the session, indicative prices of its closing auction, and what is traded after hours, each marked as the vendor does. */
export function playSecond(socket: FakeKisSocket, exchange: SimulatedExchange, now: number): void {
  const today = tradingDayAt(now);
  const hours = exchange.hoursOf(today);
  if (hours === null || now < hours.opensAt) {
    return;
  }
  const after = exchange.afterMarketOf(today);
  const market = after !== null && now >= after.from ? "3" : "2";
  const keys = new Set(socket.registered());
  const shares = presentOf(exchange, now, { yesterdayBeforeOpen: false, indicative: true });
  const trades = Array.from(shares).flatMap(([ticker, { row, indicative, ...present }]) =>
    keys.has(ticker) && present.volume > 0
      ? [
          {
            ...present,
            ticker,
            at: now,
            base: row.base,
            market,
            hour: indicative === null ? "0" : "B",
          } as const,
        ]
      : [],
  );
  socket.trade(trades);
  const share = Math.min(1, (now - hours.opensAt) / (hours.closesAt - hours.opensAt));
  for (const code of INDEX_CODES) {
    const row = exchange.index(today, code);
    if (row !== null && now <= hours.closesAt) {
      const price = row.open + (row.close - row.open) * share;
      const [high, low] = [Math.max(row.open, price), Math.min(row.open, price)];
      const volume = Math.max(1, Math.floor(row.volume * share));
      socket.index({ code, at: now, price, base: row.base, open: row.open, high, low, volume });
    }
  }
}
