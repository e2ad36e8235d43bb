/** One share: its entry in the master, the verdict of today, and its signals. */
import { StockSignalsBody } from "../../worker/protocol/rest/signal-list.ts";
import { StockBody } from "../../worker/protocol/rest/stock.ts";
import { fetchJson } from "./fetch-json.ts";
import { createRemote, type Remote } from "./remote.ts";

/** One share, listed or not. */
export function createStock(ticker: string): Remote<StockBody> {
  return createRemote(async (abort) =>
    fetchJson(`/api/kr/stocks/${encodeURIComponent(ticker)}`, StockBody, abort),
  );
}

/** Running and ended ones, the latest born first. */
export function createStockSignals(ticker: string): Remote<StockSignalsBody> {
  return createRemote(async (abort) =>
    fetchJson(`/api/kr/stocks/${encodeURIComponent(ticker)}/signals`, StockSignalsBody, abort),
  );
}
