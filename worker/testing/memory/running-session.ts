/** The last session of a stage as it stands when a part of it has passed, and the bars of the evening before. */
import { BarsUntil } from "../../app/jobs/bars-until.ts";
import type { RunningSession } from "../../app/jobs/provisional-bars.ts";
import { sessionsIn } from "../../app/jobs/scan-bars.ts";
import type { MarketQuote } from "../../app/ports/market-sources.ts";
import { assert } from "../../core/assert.ts";
import { rowAt } from "../../core/bars/columns.ts";
import { INDEX_CODES } from "../../core/instrument/instrument.ts";
import { tickerOf } from "../../core/nominal.ts";
import { type ScanStage, START } from "./scan-stage.ts";

interface Running {
  readonly session: RunningSession;
  readonly evening: BarsUntil;
}

/** `elapsed` in (0, 1]: the prices are those of the close, the volume is that part of the day's. */
export function runningSession({ bars }: Pick<ScanStage, "bars">, elapsed: number): Running {
  const [before, day] = sessionsIn(bars).slice(-2);
  assert(before !== undefined && day !== undefined, "There are two sessions");
  const quotes = Array.from(bars.listings()).flatMap(({ ticker, columns }): readonly MarketQuote[] => {
    const row = rowAt(columns, columns.day.length - 1);
    const { open, high, low, close, volume, value, base } = row;
    const part = { volume: volume * elapsed, value: value && value * elapsed };
    return row.day === day
      ? [{ ticker: tickerOf(ticker), price: close, open, high, low, base, ...part }]
      : [];
  });
  const indices = INDEX_CODES.flatMap((code) => {
    const price = bars.indexSeries(code)?.close.at(-1);
    return price === undefined ? [] : [{ code, price }];
  });
  return { session: { day, elapsed, at: START, quotes, indices }, evening: new BarsUntil(bars, before) };
}
