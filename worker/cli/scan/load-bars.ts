/** Bars from files into memory, by the same reader and the same rules as the import. */
import { csvFileReader } from "../../adapters/csv/csv-file-reader.ts";
import { judgeRows } from "../../app/jobs/ingest-rows.ts";
import { joinRejected } from "../../app/ports/rejected-lines.ts";
import { type Columns, columnsOf } from "../../core/bars/columns.ts";
import { mergeColumns } from "../../core/bars/merge-columns.ts";
import { exchangeOf } from "../../core/instrument/exchange-profile.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import { about, CommandError } from "../terminal/command-error.ts";
import { openDataFile } from "../terminal/data-file.ts";
import { chunksOf } from "../import/csv-chunks.ts";
import { addRefusals, makeRefusals, type Refusals } from "../import/refusals.ts";

/** What a file had that is no row. */
export interface FileRefusals {
  readonly file: string;
  readonly refusals: Refusals;
}

/** Series by ticker, all files merged (CO1). */
export interface LoadedBars {
  readonly series: ReadonlyMap<string, Columns>;
  readonly refused: readonly FileRefusals[];
}

function addSeries(to: Map<string, Columns>, ticker: string, columns: Columns): void {
  const before = to.get(ticker);
  to.set(ticker, before ? mergeColumns(before, columns).columns : columns);
}

/** A ticker of either exchange, as the import takes it; the two spaces cannot meet. */
export function tickerOf(key: string): string | null {
  return exchangeOf(key) === null ? null : key;
}

async function loadFile(
  file: string,
  today: TradingDay,
  series: Map<string, Columns>,
  onBytes: (read: number, size: number) => void,
): Promise<Refusals> {
  const data = await openDataFile(file);
  const refusals = makeRefusals();
  // The days of a ticker rise through the whole file, not only within a chunk of it.
  const rules = { keyOf: tickerOf, today, lastDays: new Map<string, TradingDay>() };
  for await (const chunk of chunksOf(data.bytes)) {
    const read = csvFileReader.bars(chunk.bytes, chunk.firstLine);
    if ("unreadable" in read) {
      throw new CommandError(`${file}: ${read.unreadable}`);
    }
    const judged = judgeRows(read.lines, rules);
    const { rejected, rejectedCounts } = joinRejected(read, judged);
    addRefusals(refusals, rejectedCounts, rejected);
    for (const [ticker, rows] of judged.kept) {
      addSeries(series, ticker, columnsOf(rows));
    }
    onBytes(data.bytesRead(), data.size);
  }
  return refusals;
}

/** Files in the order given; where two hold the same day of a ticker, the later file corrects. `onRead`: share read, 0..1. */
export async function loadBars(
  files: readonly string[],
  today: TradingDay,
  onRead: (share: number) => void,
): Promise<LoadedBars> {
  const series = new Map<string, Columns>();
  const refused: FileRefusals[] = [];
  for (const [i, file] of files.entries()) {
    const loading = loadFile(file, today, series, (read, size) => {
      onRead((i + (size > 0 ? read / size : 1)) / files.length);
    });
    const refusals = await about(file, loading);
    refused.push({ file, refusals });
  }
  return { series, refused };
}
