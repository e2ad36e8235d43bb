/** The Ingest port, put together from the three imports. */
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { Clock } from "../ports/clock.ts";
import type { FileReader } from "../ports/import-file.ts";
import type { Ingest } from "../ports/ingest.ts";
import type { InstrumentStore } from "../ports/instrument-store.ts";
import type { MarketBookPort } from "../ports/market-book.ts";
import { ingestBars } from "./ingest-bars.ts";
import { ingestIndices } from "./ingest-indices.ts";
import { ingestInstruments } from "./ingest-instruments.ts";

export interface IngestPorts {
  readonly reader: FileReader;
  readonly clock: Clock;
  readonly bookOf: (exchange: Exchange) => Pick<MarketBookPort, "addHistory" | "closeDay" | "addIndices">;
  readonly instruments: Pick<InstrumentStore, "all" | "put">;
}

export function makeIngest({ reader, clock, bookOf, instruments }: IngestPorts): Ingest {
  return {
    bars: (exchange, bytes, chunk) =>
      ingestBars(exchange, bytes, chunk, { reader, clock, book: bookOf(exchange) }),
    indices: (exchange, bytes) => ingestIndices(bytes, { reader, clock, book: bookOf(exchange) }),
    instruments: (exchange, bytes) => ingestInstruments(exchange, bytes, { reader, clock, instruments }),
  };
}
