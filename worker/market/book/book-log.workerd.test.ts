/** The log lines of failures that a book has survived, and what the book remembers of them. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, it } from "vitest";
import { D1InstrumentStore } from "../../adapters/d1/instrument-store.ts";
import { NeighbourError } from "../../app/ports/neighbour-error.ts";
import { EVENING_REQUEST } from "../../app/scan-schedule.ts";
import { columnsOf } from "../../core/bars/columns.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { LAST_DAY } from "../../testing/builders/base-builder.ts";
import { makeBase, makeEvent, makeSignal } from "../../testing/builders/signal-builder.ts";
import { rowOn } from "../../testing/stage/book-store.ts";
import { MemoryLog } from "../../testing/memory/memory-log.ts";
import { ALL, freshStores, importMarket, krxBook, ledger, withBook } from "../../testing/stage/krx-book.ts";
import type { BookPorts } from "./book-ports.ts";
import { eventually } from "../../testing/eventually.ts";

beforeEach(freshStores);

const NO_D1 = new NeighbourError("D1 is out of reach", { neighbour: "D1", retryable: true });
const NO_TOPIC = new NeighbourError("Topic is out of reach", { neighbour: "Topic", retryable: true });
const D1_LINE = { neighbour: "D1", retryable: true, error: NO_D1.message };

const noD1 = (): Promise<never> => Promise.reject(NO_D1);

/** The lines of a book whose neighbours differ as given, while `act` runs. */
async function linesOf(
  ports: Partial<BookPorts>,
  act: Parameters<typeof withBook<unknown>>[1],
): Promise<MemoryLog["lines"]> {
  const log = new MemoryLog();
  await withBook({ clock: { now: () => Date.UTC(2099, 0, 1) }, ...ports, log }, act);
  return log.lines;
}

describe("the log of a book", () => {
  it("[BK20] has a drain that failed, and the book remembers who failed it over its death", async ({
    expect,
  }) => {
    await importMarket(krxBook());
    const publisher = { publish: () => Promise.reject(NO_TOPIC) };
    const lines = await linesOf({ publisher }, async (book) => book.run(ALL));
    const fields = { exchange: "KRX", neighbour: "Topic", retryable: true, error: NO_TOPIC.message };
    expect(lines).toEqual([{ level: "warn", event: "outbox_drain_failed", fields }]);
    await evictDurableObject(krxBook());
    expect(await krxBook().failures()).toEqual([
      {
        neighbour: "Topic",
        at: Date.UTC(2099, 0, 1),
        event: "outbox_drain_failed",
        detail: NO_TOPIC.message,
      },
    ]);
  });

  it("[BK20] has a run that failed", async ({ expect }) => {
    await importMarket(krxBook());
    const failing = Object.assign(ledger(), { save: noD1 });
    const lines = await linesOf({ ledger: failing }, async (book) => {
      expect(await book.run(ALL)).toMatchObject({ status: "failed" });
    });
    const [run] = await ledger().runs("KRX", 1);
    const fields = { exchange: "KRX", run: run?.id, kind: "manual", ...D1_LINE };
    expect(lines).toEqual([{ level: "error", event: "run_failed", fields }]);
  });

  it("[BK20] has a run of the clock that could not begin", async ({ expect }) => {
    const failing = Object.assign(ledger(), { startRun: noD1 });
    const lines = await linesOf({ ledger: failing }, async (book) => {
      await expect(book.run(EVENING_REQUEST)).rejects.toThrow(NO_D1.message);
      await book.alarm();
    });
    const fields = { exchange: "KRX", ...D1_LINE };
    expect(lines).toEqual([{ level: "error", event: "owed_run_failed", fields }]);
  });

  it("[BK20] has an event that did not reach the feed", async ({ expect }) => {
    const gone = new NeighbourError("The feed is gone", { neighbour: "MarketFeed", retryable: true });
    const feed = (): { onBookEvent(): Promise<never> } => ({ onBookEvent: () => Promise.reject(gone) });
    const lines = await linesOf({ feed }, async (book) => {
      book.addIndices([{ code: "KOSPI", columns: columnsOf([rowOn(1)]) }]);
      await eventually(async () => {
        expect(await krxBook().failures()).toHaveLength(1);
      });
    });
    const fields = { exchange: "KRX", neighbour: "MarketFeed", retryable: true, error: gone.message };
    expect(lines).toEqual([
      { level: "warn", event: "feed_not_notified", fields: { ...fields, book_event: "closes" } },
    ]);
  });

  it("[BK20] has a market that could not be judged", async ({ expect }) => {
    const instruments = Object.assign(new D1InstrumentStore(env.DB), { all: noD1 });
    const lines = await linesOf({ instruments }, async (book) => {
      await expect(book.verdict("005930")).rejects.toThrow(NO_D1.message);
    });
    const fields = { exchange: "KRX", ...D1_LINE };
    expect(lines).toEqual([{ level: "warn", event: "market_not_judged", fields }]);
  });

  it("[BK20] has a tick whose signals could not be read, and moves that were not saved", async ({
    expect,
  }) => {
    const [day, bornOn] = [tradingDayOf(LAST_DAY + 3), LAST_DAY];
    const base = makeBase({ pivot: 2, entry: 1, stop: 0.5 });
    await ledger().saveMoves({
      exchange: "KRX",
      runId: "run-1",
      at: 1,
      signals: [makeSignal({ exchange: "KRX", ticker: "005930", bornOn, appliedOn: bornOn, base })],
      events: [makeEvent({ day: bornOn })],
      outbox: [],
      alerts: [],
    });
    const prices = [{ ticker: "005930", price: 1.5, volume: 1, base: null }];
    const batch = { day, elapsed: 0.5, prices };
    const unreadable = Object.assign(ledger(), { openSignals: noD1 });
    const unread = await linesOf({ ledger: unreadable }, async (book) => {
      await expect(book.tick(batch)).rejects.toThrow(NO_D1.message);
    });
    expect(unread).toEqual([
      { level: "warn", event: "tick_failed", fields: { exchange: "KRX", ...D1_LINE } },
    ]);
    const unsaving = Object.assign(ledger(), { saveMoves: noD1 });
    const unsaved = await linesOf({ ledger: unsaving }, async (book) => {
      expect(await book.tick(batch)).toEqual(["005930"]);
    });
    const fields = { exchange: "KRX", run: "run-1", signals: 1, ...D1_LINE };
    expect(unsaved).toEqual([{ level: "warn", event: "moves_not_saved", fields }]);
  });

  it("[BK20] has nothing of a run that went well", async ({ expect }) => {
    await importMarket(krxBook());
    expect(await linesOf({}, async (book) => book.run(ALL))).toEqual([]);
    expect(await runInDurableObject(krxBook(), (book) => book.failures())).toEqual([]);
  });
});
