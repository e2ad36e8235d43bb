/** The prices by which a list is ordered that was not shown before a page of it was opened: asked for once, as the list would. */
import { createEffect, createSignal, onCleanup, untrack } from "solid-js";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import type { ActiveExchange } from "../../store/exchange.ts";
import { priceOfQuote } from "../../store/live-price.ts";
import { fetchQuotes } from "../../store/realtime-prices.ts";
import type { SortPrice } from "../filter/list-sort.ts";

/** `rows`: `null` while they are unknown, or not needed. Until an answer is there, and without one, closes stand for the prices. */
export function createFirstPrices(
  rows: () => readonly SignalRow[] | null,
  exchange: ActiveExchange,
  fetch: typeof fetchQuotes = fetchQuotes,
): (ticker: string) => SortPrice {
  const [prices, setPrices] = createSignal<ReadonlyMap<string, SortPrice>>(new Map());
  const abort = new AbortController();
  onCleanup(() => {
    abort.abort();
  });
  let isAsked = false;
  createEffect(() => {
    const known = rows();
    if (isAsked || known === null || known.length === 0) {
      return;
    }
    isAsked = true;
    const tickers = [...new Set(known.map(({ ticker }) => ticker))];
    fetch(tickers, abort.signal).then(
      (bodies) => {
        const own = bodies.filter((body) => untrack(() => exchange.accepts(body.exchange)));
        const quotes = own.flatMap((body) => Object.values(body.prices).map(priceOfQuote));
        setPrices(new Map(quotes.map((price) => [price.ticker, price])));
      },
      // Expected offline: the order of the closes stays.
      () => undefined,
    );
  });
  return (ticker) => prices().get(ticker) ?? null;
}
