/** The master of an exchange, from a whole file to the instrument store. Instruments that the file leaves out stay. */
import type { Exchange, Instrument } from "../../core/instrument/instrument.ts";
import { parseTicker } from "../../core/instrument/ticker.ts";
import type { Clock } from "../ports/clock.ts";
import type { FileReader, RejectedLine, UnreadableFile } from "../ports/import-file.ts";
import type { ImportReport } from "../ports/ingest.ts";
import type { InstrumentStore } from "../ports/instrument-store.ts";
import { reportRejects } from "./ingest-report.ts";

export interface IngestInstrumentsPorts {
  readonly reader: Pick<FileReader, "instruments">;
  readonly clock: Clock;
  readonly instruments: Pick<InstrumentStore, "all" | "put">;
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
export async function ingestInstruments(
  exchange: Exchange,
  bytes: Uint8Array,
  ports: IngestInstrumentsPorts,
): Promise<ImportReport | UnreadableFile> {
  const file = ports.reader.instruments(bytes);
  if ("unreadable" in file) {
    return file;
  }
  const kept = new Map<string, Instrument>();
  const rejected: RejectedLine[] = [...file.rejected];
  for (const { line, key, value } of file.lines) {
    const ticker = parseTicker(exchange, key);
    if (ticker === null) {
      rejected.push({ line, key, date: null, reason: "bad_ticker" });
    } else if (kept.has(ticker)) {
      rejected.push({ line, key, date: null, reason: "duplicate_ticker" });
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
  return {
    rows: kept.size + rejected.length,
    accepted: kept.size,
    added: fresh.length,
    replaced: changed.length,
    unchanged: kept.size - fresh.length - changed.length,
    halted: 0,
    ...reportRejects(rejected),
    tickers: kept.size,
    firstDay: null,
    lastDay: null,
  };
}
