/** The real KRX book on real storage with a constructed market in it, and books on the same storage with other neighbours. */
import { applyD1Migrations, reset, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { D1ScanLedger } from "../../adapters/d1/scan-ledger.ts";
import { D1Settings } from "../../adapters/d1/settings.ts";
import type { RunLedger } from "../../app/ports/correction-ledger.ts";
import type { RunRequest } from "../../app/ports/market-book.ts";
import { composeBook } from "../../compose.ts";
import { Book } from "../../market/book/book.ts";
import type { BookPorts } from "../../market/book/book-ports.ts";
import { TEXTBOOK_BASE } from "../builders/base-builder.ts";
import { buildMarket, type ConstructedMarket } from "../builders/constructed-market.ts";
import { MemoryLog } from "../memory/memory-log.ts";
import { MarketBars } from "../builders/market-bars.ts";

export const MARKET: ConstructedMarket = buildMarket(TEXTBOOK_BASE, 12);
export const ALL: RunRequest = { kind: "manual", market: null, topN: 0, minScore: 0, accept: [] };

export type KrxBook = ReturnType<typeof env.MARKET_BOOK.getByName>;

export function krxBook(): KrxBook {
  return env.MARKET_BOOK.getByName("KRX");
}

export function ledger(): D1ScanLedger {
  return new D1ScanLedger(env.DB);
}

/** Everything empty, KRX active. */
export async function freshStores(): Promise<void> {
  await reset();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  await new D1Settings(env.DB).setActiveExchange("KRX");
}

/** Takes the constructed market into the book and gives it back as a scan reads it. */
export async function importMarket(book: KrxBook): Promise<MarketBars> {
  const bars = new MarketBars(MARKET);
  await book.addHistory([...bars.listings()], null);
  const indices = (["KOSPI", "KOSDAQ"] as const).flatMap((code) => {
    const columns = bars.indexSeries(code);
    return columns ? [{ code, columns }] : [];
  });
  await book.addIndices(indices);
  return bars;
}

/** Acts with a second book on the KRX book's storage, whose neighbours differ from the real ones as given. */
export function withBook<R>(
  ports: Partial<BookPorts>,
  act: (book: Book, storage: DurableObjectStorage) => Promise<R>,
): Promise<R> {
  return runInDurableObject(krxBook(), async (_, ctx) =>
    act(new Book(ctx, env, { ...composeBook(env), log: new MemoryLog(), ...ports }), ctx.storage),
  );
}

/** A ledger whose first ending of a run and whose reading of open signals wait until the test lets them go on. */
export interface HeldLedger {
  readonly ledger: RunLedger;
  /** Endings of runs that were asked for. */
  endings(): number;
  /** Readings of the open signals that were asked for. */
  readings(): number;
  letEnd(): void;
  letRead(): void;
}

export function holdLedger(): HeldLedger {
  const [closed, read] = [Promise.withResolvers<null>(), Promise.withResolvers<null>()];
  const real = ledger();
  let [endings, readings] = [0, 0];
  const held: RunLedger = Object.assign(ledger(), {
    endRun: async (...args: Parameters<RunLedger["endRun"]>) => {
      endings += 1;
      await (endings === 1 ? closed.promise : real.endRun(...args));
    },
    openSignals: async () => {
      readings += 1;
      await read.promise;
      return [];
    },
  });
  return {
    ledger: held,
    endings: () => endings,
    readings: () => readings,
    letEnd: () => {
      closed.resolve(null);
    },
    letRead: () => {
      read.resolve(null);
    },
  };
}

/** The run that holds the book. */
export function lockHolder(): Promise<string | null> {
  return runInDurableObject(
    krxBook(),
    (_, { storage }) =>
      storage.sql.exec<{ run: string }>("SELECT run FROM run_lock").toArray()[0]?.run ?? null,
  );
}
