/** The {@link LiveBookPort} over RPC: one `MarketBook` object an exchange, named after it. */
import type { LiveBookPort } from "../../app/ports/market-book.ts";
import { asking } from "../../app/ports/neighbour-error.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { ObjectBindings } from "./bindings.ts";

const PLACE = { locationHint: "apac-ne" } as const;

/** A stub dies with its object's process, so each call takes a new one. */
export function marketBook(books: ObjectBindings["MARKET_BOOK"], exchange: Exchange): LiveBookPort {
  const book = (): ReturnType<ObjectBindings["MARKET_BOOK"]["getByName"]> => books.getByName(exchange, PLACE);
  return {
    addHistory: async (chunk, mark) =>
      asking("MarketBook", "addHistory", async () => book().addHistory(chunk, mark)),
    closeDay: async (day, mark) => asking("MarketBook", "closeDay", async () => book().closeDay(day, mark)),
    addIndices: async (chunk) => asking("MarketBook", "addIndices", async () => book().addIndices(chunk)),
    importPosition: async (id) =>
      asking("MarketBook", "importPosition", async () => book().importPosition(id)),
    tickers: async () => asking("MarketBook", "tickers", async () => book().tickers()),
    series: async (ticker) => asking("MarketBook", "series", async () => book().series(ticker)),
    indexSeries: async (code) => asking("MarketBook", "indexSeries", async () => book().indexSeries(code)),
    indexCloses: async () => asking("MarketBook", "indexCloses", async () => book().indexCloses()),
    summary: async () => asking("MarketBook", "summary", async () => book().summary()),
    verdict: async (ticker) => asking("MarketBook", "verdict", async () => book().verdict(ticker)),
    run: async (request) => asking("MarketBook", "run", async () => book().run(request)),
    progress: async () => asking("MarketBook", "progress", async () => book().progress()),
    failures: async () => asking("MarketBook", "failures", async () => book().failures()),
    tick: async (batch) => asking("MarketBook", "tick", async () => book().tick(batch)),
    snapshots: async () => asking("MarketBook", "snapshots", async () => book().snapshots()),
  };
}
