/** Env -> ports: the one place that knows every adapter. Cheap, because requests and objects are born often. */
import { csvFileReader } from "./adapters/csv/csv-file-reader.ts";
import { D1InstrumentStore } from "./adapters/d1/instrument-store.ts";
import { D1ScanLedger } from "./adapters/d1/scan-ledger.ts";
import { D1Settings } from "./adapters/d1/settings.ts";
import { marketBook } from "./adapters/durable/market-book-stub.ts";
import { makeTopicPublisher } from "./adapters/durable/topic-publisher.ts";
import { makeIngest } from "./app/jobs/ingest-files.ts";
import type { Clock } from "./app/ports/clock.ts";
import type { MarketBookPort } from "./app/ports/market-book.ts";
import type { Exchange } from "./core/instrument.ts";
import type { HttpPorts } from "./http/ports.ts";
import type { BookPorts } from "./market/book.ts";

/** Names the code in `/api/health` and in the first frame of a socket. */
const BUILD = "0.1.0";

const systemClock: Clock = { now: () => Date.now() };

export function composeBook(env: Env): BookPorts {
  return {
    clock: systemClock,
    ledger: new D1ScanLedger(env.DB),
    instruments: new D1InstrumentStore(env.DB),
    settings: new D1Settings(env.DB),
    publisher: makeTopicPublisher(env.TOPIC),
  };
}

export function composeHttp(env: Env): HttpPorts {
  const instruments = new D1InstrumentStore(env.DB);
  const book = (exchange: Exchange): MarketBookPort => marketBook(env.MARKET_BOOK, exchange);
  return {
    clock: systemClock,
    settings: new D1Settings(env.DB),
    ledger: new D1ScanLedger(env.DB),
    instruments,
    book,
    ingest: makeIngest({ reader: csvFileReader, clock: systemClock, bookOf: book, instruments }),
    ownerToken: env.OWNER_TOKEN || null,
    onFault: (error, requestId) => {
      // The only log line of the program; the platform keeps it, the answer never shows it.
      // oxlint-disable-next-line no-console -- the entry is where a fault is told to the operator
      console.error(JSON.stringify({ request_id: requestId, error: String(error), cause: causeOf(error) }));
    },
    build: BUILD,
  };
}

function causeOf(error: unknown): string | null {
  return error instanceof Error && error.cause instanceof Error ? error.cause.message : null;
}
