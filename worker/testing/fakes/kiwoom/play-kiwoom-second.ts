/** KW21: what a second brings to whoever is registered at the socket of Kiwoom, for use by hand: the exchange as its quotes show it. */
import { tradingDayAt } from "../../../core/calendar/trading-day.ts";
import { INDEX_CODES } from "../../../core/instrument/instrument.ts";
import type { SimulatedExchange } from "../exchange/simulated-exchange.ts";
import { presentOf } from "../kis/kis-quotes.ts";
import type { FakeKiwoomSocket } from "./fake-kiwoom-socket.ts";

/** Trades of the session, and what is traded after hours, marked as the vendor does; in the closing auction nothing is traded. */
export function playKiwoomSecond(socket: FakeKiwoomSocket, exchange: SimulatedExchange, now: number): void {
  const today = tradingDayAt(now);
  const hours = exchange.hoursOf(today);
  if (hours === null || now < hours.opensAt) {
    return;
  }
  const after = exchange.afterMarketOf(today);
  const session = after !== null && now >= after.from ? "3" : "2";
  const shares = presentOf(exchange, now, { yesterdayBeforeOpen: false, indicative: true });
  const names = new Set(socket.registered());
  socket.trade(
    Array.from(shares).flatMap(([ticker, { row, indicative, ...present }]) =>
      names.has(ticker) && present.volume > 0 && indicative === null
        ? [{ ...present, ticker, at: now, base: row.base, session } as const]
        : [],
    ),
  );
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
