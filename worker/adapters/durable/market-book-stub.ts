/** The {@link LiveBookPort} over RPC: one `MarketBook` object an exchange, named after it. */
import type { LiveBookPort } from "../../app/ports/market-book.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { ObjectBindings } from "./bindings.ts";

const PLACE = { locationHint: "apac-ne" } as const;

/** A stub dies with its object's process, so each call takes a new one. */
export function marketBook(books: ObjectBindings["MARKET_BOOK"], exchange: Exchange): LiveBookPort {
  const book = (): ReturnType<ObjectBindings["MARKET_BOOK"]["getByName"]> => books.getByName(exchange, PLACE);
  return {
    addHistory: async (chunk, mark) => book().addHistory(chunk, mark),
    closeDay: async (day, mark) => book().closeDay(day, mark),
    addIndices: async (chunk) => book().addIndices(chunk),
    importPosition: async (id) => book().importPosition(id),
    tickers: async () => book().tickers(),
    series: async (ticker) => book().series(ticker),
    indexSeries: async (code) => book().indexSeries(code),
    indexCloses: async () => book().indexCloses(),
    summary: async () => book().summary(),
    verdict: async (ticker) => book().verdict(ticker),
    run: async (request) => book().run(request),
    progress: async () => book().progress(),
    tick: async (batch) => book().tick(batch),
    snapshots: async () => book().snapshots(),
    holdPublish: async (held) => book().holdPublish(held),
  };
}
