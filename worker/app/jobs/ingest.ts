/** The Ingest port: bars and indices from bytes to the book of their exchange, the master to the instrument store. */
import { type Columns, columnsOf, type Row } from "../../core/bars/columns.ts";
import { tradingDayAt } from "../../core/calendar/trading-day.ts";
import {
  type Exchange,
  INDEX_CODES,
  type IndexCode,
  type Instrument,
} from "../../core/instrument/instrument.ts";
import { parseTicker } from "../../core/instrument/ticker.ts";
import type { Clock } from "../ports/clock.ts";
import type { BarChunk, FileReader, ImportReport, Ingest, UnreadableFile } from "../ports/ingest.ts";
import type { InstrumentStore } from "../ports/instrument-store.ts";
import type { MarketBookPort, TickerColumns } from "../ports/market-book.ts";
import { countRejected, joinRejected, RejectedLines } from "../ports/rejected-lines.ts";
import { type JudgedRows, judgeRows, reportRows } from "./ingest-rows.ts";

/** The neighbours of an import. */
export interface IngestPorts {
  readonly reader: FileReader;
  readonly clock: Clock;
  readonly bookOf: (exchange: Exchange) => Pick<MarketBookPort, "addHistory" | "closeDay" | "addIndices">;
  readonly instruments: Pick<InstrumentStore, "all" | "put">;
}

function isOneDay(kept: ReadonlyMap<string, readonly Row[]>): boolean {
  return new Set([...kept.values()].flatMap((rows) => rows.map((row) => row.day))).size === 1;
}

/**
 * One transaction of the book. A chunk whose kept rows are all of one day closes that day; any other is history.
 * A chunk without a kept row is still handed over: it moves the mark of its import.
 */
async function ingestBars(
  exchange: Exchange,
  bytes: Uint8Array,
  chunk: BarChunk,
  ports: IngestPorts,
): Promise<ImportReport | UnreadableFile> {
  const file = ports.reader.bars(bytes, chunk.firstLine);
  if ("unreadable" in file) {
    return file;
  }
  const judged = judgeRows(file.lines, {
    keyOf: (key) => parseTicker(exchange, key),
    today: tradingDayAt(ports.clock.now()),
    lastDays: new Map(),
  });
  const { kept } = judged;
  const series: readonly TickerColumns[] = Array.from(kept, ([ticker, rows]) => ({
    ticker,
    columns: columnsOf(rows),
  }));
  const book = ports.bookOf(exchange);
  const stored = isOneDay(kept)
    ? await book.closeDay(series, chunk.mark)
    : await book.addHistory(series, chunk.mark);
  return reportRows(kept, joinRejected(file, judged), stored);
}

function seriesOf(
  kept: JudgedRows["kept"],
): readonly { readonly code: IndexCode; readonly columns: Columns }[] {
  return INDEX_CODES.flatMap((code) => {
    const rows: readonly Row[] | undefined = kept.get(code);
    return rows ? [{ code, columns: columnsOf(rows) }] : [];
  });
}

async function ingestIndices(
  exchange: Exchange,
  bytes: Uint8Array,
  ports: IngestPorts,
): Promise<ImportReport | UnreadableFile> {
  const file = ports.reader.indices(bytes);
  if ("unreadable" in file) {
    return file;
  }
  const lines = file.lines.map(({ line, key, value }) => ({ line, key, value: value.row }));
  const judged = judgeRows(lines, {
    // The reader lets only the two codes through.
    keyOf: (key) => key,
    today: tradingDayAt(ports.clock.now()),
    lastDays: new Map(),
  });
  const { kept } = judged;
  const stored = await ports.bookOf(exchange).addIndices(seriesOf(kept));
  return reportRows(kept, joinRejected(file, judged), stored);
}

function isSame(a: Instrument, b: Instrument): boolean {
  return (
    a.name === b.name &&
    a.market === b.market &&
    a.kind === b.kind &&
    a.notice === b.notice &&
    a.industry === b.industry &&
    a.listedOn === b.listedOn &&
    a.listedShares === b.listedShares
  );
}

/** A ticker that stands twice keeps its first line. Only what differs from the store is written. */
async function ingestInstruments(
  exchange: Exchange,
  bytes: Uint8Array,
  ports: IngestPorts,
): Promise<ImportReport | UnreadableFile> {
  const file = ports.reader.instruments(bytes);
  if ("unreadable" in file) {
    return file;
  }
  const kept = new Map<string, Instrument>();
  const rejected = new RejectedLines();
  for (const { line, key, value } of file.lines) {
    const ticker = parseTicker(exchange, key);
    if (ticker === null) {
      rejected.add({ line, key, date: null, reason: "bad_ticker" });
    } else if (kept.has(ticker)) {
      rejected.add({ line, key, date: null, reason: "duplicate_ticker" });
    } else {
      kept.set(ticker, { ...value, ticker });
    }
  }
  const stored = new Map((await ports.instruments.all(exchange)).map((own) => [own.ticker, own]));
  const fresh = [...kept.values()].filter((own) => !stored.has(own.ticker));
  const changed = [...kept.values()].filter((own) => {
    const before = stored.get(own.ticker);
    return before !== undefined && !isSame(before, own);
  });
  if (fresh.length + changed.length > 0) {
    await ports.instruments.put(exchange, [...fresh, ...changed], ports.clock.now());
  }
  const refused = joinRejected(file, { rejected: rejected.first(), rejectedCounts: rejected.counts() });
  return {
    rows: kept.size + countRejected(refused),
    accepted: kept.size,
    added: fresh.length,
    replaced: changed.length,
    unchanged: kept.size - fresh.length - changed.length,
    halted: 0,
    rejected: refused.rejectedCounts,
    rejects: refused.rejected,
    tickers: kept.size,
    firstDay: null,
    lastDay: null,
  };
}

/** One use case a kind of file; each rejects with a `NeighbourError` when a store fails, and may be repeated then. */
export function makeIngest(ports: IngestPorts): Ingest {
  return {
    bars: (exchange, bytes, chunk) => ingestBars(exchange, bytes, chunk, ports),
    indices: (exchange, bytes) => ingestIndices(exchange, bytes, ports),
    instruments: (exchange, bytes) => ingestInstruments(exchange, bytes, ports),
  };
}
