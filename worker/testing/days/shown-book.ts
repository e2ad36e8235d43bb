/** Everything of a market that a reader can see, to hold two books against each other. When it came is no part of it. */
import { originFactsOf, originIdOf } from "../../core/bars/origin.ts";
import type { MarketWorld } from "./market-world.ts";

export function shownBook({ book, instruments, ledger }: MarketWorld): object {
  const origins = book.origins();
  return {
    summary: book.summary(),
    series: book.tickers().map((ticker) => {
      const columns = book.series(ticker);
      const codes = Array.from(columns?.origin ?? []);
      return {
        ticker,
        columns: columns && { ...columns, origin: null },
        facts: codes.map((code, n) => originFactsOf(code, columns?.day[n] ?? 0)),
        sources: codes.map((code) => origins.get(originIdOf(code))?.source),
      };
    }),
    indices: [book.indexSeries("KOSPI"), book.indexSeries("KOSDAQ")],
    instruments: instruments.lists.KRX,
    runs: ledger.journal.map(({ kind, status, asOf, reason }) => ({ kind, status, asOf, reason })),
    gates: ledger.gateLists.KRX,
  };
}
