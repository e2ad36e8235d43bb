/** The small files beside the bars: the master of instruments and the market indices. */
import { csvFileReader } from "../../adapters/csv/csv-file-reader.ts";
import { judgeRows } from "../../app/jobs/ingest-rows.ts";
import { joinRejected, type Rejected, RejectedLines } from "../../app/ports/rejected-lines.ts";
import { type Columns, columnsOf } from "../../core/bars/columns.ts";
import type { IndexCode, Instrument } from "../../core/instrument/instrument.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import { CommandError } from "../terminal/command-error.ts";
import { readDataFile } from "../terminal/data-file.ts";
import { type FileRefusals, tickerOf } from "./load-bars.ts";
import { addRefusals, makeRefusals } from "../import/refusals.ts";

function refusalsOf(file: string, { rejected, rejectedCounts }: Rejected): FileRefusals {
  const refusals = makeRefusals();
  addRefusals(refusals, rejectedCounts, rejected);
  return { file, refusals };
}

export interface LoadedInstruments {
  readonly byTicker: ReadonlyMap<string, Instrument>;
  readonly refused: FileRefusals;
}

/** A ticker that stands twice keeps its first line. */
export async function loadInstruments(file: string): Promise<LoadedInstruments> {
  const read = csvFileReader.instruments(await readDataFile(file));
  if ("unreadable" in read) {
    throw new CommandError(`${file}: ${read.unreadable}`);
  }
  const byTicker = new Map<string, Instrument>();
  const refused = new RejectedLines();
  for (const { line, key, value } of read.lines) {
    if (tickerOf(key) === null) {
      refused.add({ line, key, date: null, reason: "bad_ticker" });
    } else if (byTicker.has(key)) {
      refused.add({ line, key, date: null, reason: "duplicate_ticker" });
    } else {
      byTicker.set(key, value);
    }
  }
  const judged = { rejected: refused.first(), rejectedCounts: refused.counts() };
  return { byTicker, refused: refusalsOf(file, joinRejected(read, judged)) };
}

export interface LoadedIndices {
  readonly indices: Readonly<Partial<Record<IndexCode, Columns>>>;
  readonly refused: FileRefusals;
}

export async function loadIndices(file: string, today: TradingDay): Promise<LoadedIndices> {
  const read = csvFileReader.indices(await readDataFile(file));
  if ("unreadable" in read) {
    throw new CommandError(`${file}: ${read.unreadable}`);
  }
  const lines = read.lines.map(({ line, key, value }) => ({ line, key, value: value.row }));
  const judged = judgeRows(lines, { keyOf: (key) => key, today, lastDays: new Map() });
  const [kospi, kosdaq] = [judged.kept.get("KOSPI"), judged.kept.get("KOSDAQ")];
  return {
    indices: { ...(kospi && { KOSPI: columnsOf(kospi) }), ...(kosdaq && { KOSDAQ: columnsOf(kosdaq) }) },
    refused: refusalsOf(file, joinRejected(read, judged)),
  };
}
