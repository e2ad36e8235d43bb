/** The live price of the one share that a page is about. */
import { type Accessor, createMemo } from "solid-js";
import type { LivePrice } from "../../store/live-price.ts";
import { createRealtimePrices } from "../../store/realtime-prices.ts";
import { useMarket } from "../market-context.tsx";

/** One subscription for the life of the page; `null` until a price of the active exchange is known. */
export function createTickerPrice(ticker: string): Accessor<LivePrice | null> {
  const { live, exchange } = useMarket();
  const tickers = [ticker];
  const prices = createRealtimePrices(live, exchange, () => tickers);
  return createMemo(() => prices.price(ticker));
}
