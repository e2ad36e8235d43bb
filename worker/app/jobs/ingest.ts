/** The Ingest port: bars and indices from bytes to the book of their exchange, the master to the instrument store. */
import type { OrderedRows } from "../../core/bars/row-set.ts";
import { tradingDayAt } from "../../core/calendar/trading-day.ts";
import { type Exchange, INDEX_CODES } from "../../core/instrument/instrument.ts";
import { parseTicker } from "../../core/instrument/ticker.ts";
import type { Clock } from "../ports/clock.ts";
import type { BarChunk, FileReader, ImportReport, Ingest, UnreadableFile } from "../ports/ingest.ts";
import type { InstrumentStore } from "../ports/instrument-store.ts";
import type { MarketBookPort, TickerColumns } from "../ports/market-book.ts";
import { countRejected, joinRejected, type Rejected } from "../ports/rejected-lines.ts";
import { reportRows, RowJudge, type SupersededLines } from "./ingest-rows.ts";
import { type Delivery, makeStamp, otherCloseRule, refuseUnstated, stamped } from "./stamp-origins.ts";
import { MasterMerge } from "./master-rows.ts";
import { storeMaster } from "./store-master.ts";

/** The neighbours of an import. */
export interface IngestPorts {
  readonly reader: FileReader;
  readonly clock: Clock;
  readonly bookOf: (
    exchange: Exchange,
  ) => Pick<MarketBookPort, "addHistory" | "closeDay" | "closeKinds" | "addIndices">;
  readonly instruments: Pick<InstrumentStore, "all" | "put">;
}

function isOneDay(series: readonly OrderedRows[]): boolean {
  const day = series[0]?.columns.day[0];
  return day !== undefined && series.every(({ columns }) => columns.day.every((own) => own === day));
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
  const now = ports.clock.now();
  const delivery: Delivery = { exchange, close: chunk.close, now, origins: file.origins ?? [] };
  const unstated = refuseUnstated(file.lines, delivery);
  if (unstated !== null) {
    return unstated;
  }
  const book = ports.bookOf(exchange);
  const judge = new RowJudge({
    keyOf: (key) => parseTicker(exchange, key),
    today: tradingDayAt(now),
    refuse: otherCloseRule(delivery, await book.closeKinds()),
  });
  const refused = judge.take(file);
  const { series, superseded } = judge.finish();
  const stamp = makeStamp(delivery);
  const rows: readonly TickerColumns[] = series.map(({ key, columns }) => ({
    ticker: key,
    columns: stamped(columns, stamp),
    absent: file.absent,
  }));
  // Asked before the rows are stored: a database that is away leaves nothing behind that the answer does not report.
  const listed = new Set((await ports.instruments.all(exchange)).map(({ ticker }) => String(ticker)));
  const unlisted = series.map(({ key }) => key).filter((key) => listed.size > 0 && !listed.has(key));
  const stored = isOneDay(series)
    ? await book.closeDay(rows, chunk.mark, stamp.origins)
    : await book.addHistory(rows, chunk.mark, stamp.origins);
  return reportRows(series, joinRejected(file, refused, unfiled(superseded)), stored, unlisted);
}

/** A request is one file, and its report names none. */
function unfiled({ rejected, rejectedCounts }: SupersededLines): Rejected {
  const lines = rejected.map(({ line, key, date, reason }) => ({ line, key, date, reason }));
  return { rejected: lines, rejectedCounts };
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
  const judge = new RowJudge({
    // The reader lets only the two codes through.
    keyOf: (key) => key,
    today: tradingDayAt(ports.clock.now()),
  });
  const lines = file.lines.map(({ line, key, value }) => ({ line, key, value: value.row }));
  const refused = judge.take({ lines, absent: file.absent });
  const { series, superseded } = judge.finish();
  const rows = series.flatMap(({ key, columns }) => {
    const code = INDEX_CODES.find((own) => own === key);
    return code === undefined ? [] : [{ code, columns, absent: file.absent }];
  });
  const stored = await ports.bookOf(exchange).addIndices(rows);
  return reportRows(series, joinRejected(file, refused, unfiled(superseded)), stored, []);
}

/** IG8, IG8a: lines of a ticker are merged, and completed by what is stored. Only what differs from the store is written. */
async function ingestInstruments(
  exchange: Exchange,
  bytes: Uint8Array,
  ports: IngestPorts,
): Promise<ImportReport | UnreadableFile> {
  const file = ports.reader.instruments(bytes);
  if ("unreadable" in file) {
    return file;
  }
  const merge = new MasterMerge((key) => parseTicker(exchange, key));
  const merged = merge.take(file.lines);
  const stored = await storeMaster(exchange, merge.rows(), {
    instruments: ports.instruments,
    complete: (row, before) => ports.reader.complete(row, before),
    clock: ports.clock,
  });
  const refused = joinRejected(file, merged, stored);
  const accepted = stored.added + stored.replaced + stored.unchanged;
  return {
    rows: accepted + countRejected(refused),
    accepted,
    added: stored.added,
    replaced: stored.replaced,
    unchanged: stored.unchanged,
    halted: 0,
    rejected: refused.rejectedCounts,
    rejects: refused.rejected,
    tickers: accepted,
    unlisted: [],
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
