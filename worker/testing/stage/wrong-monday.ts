/** A market whose Monday came with wrong prices: the stage of the tests of corrections on the real book. */
import type { RunRequest, TickerColumns } from "../../app/ports/market-book.ts";
import { columnsOf, type Row } from "../../core/bars/columns.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { LAST_DAY } from "../builders/base-builder.ts";
import type { MarketBars } from "../builders/market-bars.ts";
import { ALL, importMarket, krxBook, ledger, MARKET } from "./krx-book.ts";

export const MONDAY = tradingDayOf(LAST_DAY + 3);
export const FORCED: RunRequest = { ...ALL, accept: ["jump"] };
export const CRON: RunRequest = { ...ALL, kind: "cron" };
export const LEADER = MARKET.leader.ticker;

/** The rows of Monday as they are, or all prices by a factor. */
export function monday(bars: MarketBars, factor = 1): readonly TickerColumns[] {
  return [...bars.rows].map(([ticker, rows]) => {
    const close = (rows.at(-1)?.close ?? 0) * factor;
    const row: Row = {
      day: MONDAY,
      open: close,
      high: close,
      low: close,
      close,
      volume: 200_000,
      value: null,
      shares: null,
      base: null,
    };
    return { ticker, columns: columnsOf([row]) };
  });
}

export async function stateOf(): Promise<string | undefined> {
  const all = [
    ...(await ledger().openSignals("KRX")),
    ...(await ledger().endedSince("KRX", tradingDayOf(0))),
  ];
  return all.find(({ signal }) => signal.ticker === LEADER)?.signal.state;
}

/** A market whose Monday has been scanned at a hundredth of its prices. */
export async function scannedWrongly(): Promise<MarketBars> {
  const bars = await importMarket(krxBook());
  await krxBook().run(ALL);
  await krxBook().closeDay(monday(bars, 0.01), null);
  await krxBook().run(FORCED);
  return bars;
}
