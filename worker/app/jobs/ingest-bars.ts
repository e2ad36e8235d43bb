/** A chunk of daily bars, from bytes to the book of its exchange. */
import { columnsOf, type Row } from "../../core/bars/columns.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { parseTicker } from "../../core/instrument/ticker.ts";
import { tradingDayAt } from "../../core/calendar/trading-day.ts";
import type { Clock } from "../ports/clock.ts";
import type { FileReader, UnreadableFile } from "../ports/import-file.ts";
import type { BarChunk, ImportReport } from "../ports/ingest.ts";
import type { MarketBookPort, TickerColumns } from "../ports/market-book.ts";
import { judgeRows } from "./ingest-judge.ts";
import { reportRows } from "./ingest-report.ts";

export type BarBook = Pick<MarketBookPort, "addHistory" | "closeDay">;

export interface IngestBarsPorts {
  readonly reader: Pick<FileReader, "bars">;
  readonly clock: Clock;
  readonly book: BarBook;
}

function isOneDay(kept: ReadonlyMap<string, readonly Row[]>): boolean {
  return new Set([...kept.values()].flatMap((rows) => rows.map((row) => row.day))).size === 1;
}

/**
 * One transaction of the book. A chunk whose kept rows are all of one day closes that day; any other is history.
 * A chunk without a kept row is still handed over: it moves the mark of its import.
 */
export async function ingestBars(
  exchange: Exchange,
  bytes: Uint8Array,
  chunk: BarChunk,
  ports: IngestBarsPorts,
): Promise<ImportReport | UnreadableFile> {
  const file = ports.reader.bars(bytes, chunk.firstLine);
  if ("unreadable" in file) {
    return file;
  }
  const { kept, rejected } = judgeRows(file.lines, {
    keyOf: (key) => parseTicker(exchange, key),
    today: tradingDayAt(ports.clock.now()),
    lastDays: new Map(),
  });
  const series: readonly TickerColumns[] = Array.from(kept, ([ticker, rows]) => ({
    ticker,
    columns: columnsOf(rows),
  }));
  const stored = isOneDay(kept)
    ? await ports.book.closeDay(series, chunk.mark)
    : await ports.book.addHistory(series, chunk.mark);
  return reportRows(kept, [...file.rejected, ...rejected], stored);
}
