/** One share: its entry in the master, the verdict of today, and its signals. */
import { StockSignalsBody } from "../../worker/protocol/rest/signal-list.ts";
import { StockBody } from "../../worker/protocol/rest/stock.ts";
import { fetchJson } from "./fetch-json.ts";
import { keptAnswers } from "./kept-answers.ts";
import { createRemote, type Remote } from "./remote.ts";

/** One share, listed or not. */
export function createStock(ticker: string): Remote<StockBody> {
  return createRemote(async (abort) =>
    fetchJson(`/api/kr/stocks/${encodeURIComponent(ticker)}`, StockBody, abort),
  );
}

/** Running and ended signals, the latest born first, by ticker. */
export const stockSignals = keptAnswers(async (ticker, abort) =>
  fetchJson(`/api/kr/stocks/${encodeURIComponent(ticker)}/signals`, StockSignalsBody, abort),
);

/** Loads at once, unless an answer is kept. */
export function createStockSignals(
  ticker: string,
  kept: StockSignalsBody | null = null,
): Remote<StockSignalsBody> {
  return createRemote(async (abort) => stockSignals.load(ticker, abort), kept);
}
