import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, it, vi } from "vitest";
import { D1InstrumentStore } from "../../adapters/d1/instrument-store.ts";
import { scanBars } from "../../app/jobs/scan-bars.ts";
import { columnsOf } from "../../core/bars/columns.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { MarketBars } from "../../testing/builders/market-bars.ts";
import { LAST_DAY } from "../../testing/builders/base-builder.ts";
import {
  ALL,
  freshStores,
  importMarket,
  krxBook,
  ledger,
  lockHolder,
  MARKET,
  withBook,
} from "../../testing/stage/krx-book.ts";
import { StoredStream } from "../../testing/stage/stored-stream.ts";
import { eventually } from "../../testing/eventually.ts";

const LEADER = MARKET.leader.ticker;
const signalStream = () => new StoredStream(env.TOPIC.getByName("signal:vcp"));
const gateStream = () => new StoredStream(env.TOPIC.getByName("market_gate"));

beforeEach(freshStores);

const brokenTopic = {
  publisher: { publish: () => Promise.reject(new Error("the topic is out of reach")) },
};

describe("a run", () => {
  it("[BK14] finds the constructed base, saves it and publishes it", async ({ expect }) => {
    const book = krxBook();
    await importMarket(book);
    const outcome = await book.run(ALL);
    expect(outcome).toMatchObject({
      status: "done",
      run: { exchange: "KRX", status: "done", asOf: LAST_DAY, saved: 1, funnel: { universe: 13 } },
      results: [{ ticker: LEADER, detected: true, base: { state: "READY" } }],
    });
    const [stored, ...others] = await ledger().openSignals("KRX");
    expect(others).toEqual([]);
    expect(stored?.signal).toMatchObject({ ticker: LEADER, state: "READY", exchange: "KRX" });
    expect(await ledger().outboxAge("KRX")).toEqual({ waiting: 0, oldest: null });
    expect(await signalStream().position()).toMatchObject({ seq: 1 });
    expect(await gateStream().position()).toMatchObject({ seq: 1 });
    expect(await lockHolder()).toBeNull();
    expect(await book.progress()).toEqual({ runId: null, stage: "idle", done: 0, total: 0 });
  });

  it("[DR17] leaves what the gate of the next session begins with: closes of the indices and its own breadth", async ({
    expect,
  }) => {
    const book = krxBook();
    await importMarket(book);
    expect((await book.gateBasis()).last).toBeNull();
    await book.run(ALL);
    const { indices, last } = await book.gateBasis();
    const [gate] = await ledger().gates("KRX", 1);
    const own = gate?.components.find(({ id }) => id === "breadth.above50")?.value;
    expect([last?.day, last?.breadth.above50]).toEqual([LAST_DAY, own]);
    const kospi = await book.indexSeries("KOSPI");
    expect(indices.KOSPI?.day.length).toBeLessThanOrEqual(260);
    expect(indices.KOSPI?.close).toEqual(kospi?.close.slice(-260));
    expect(indices.KOSPI?.close.at(-1)).toBe(gate?.indices.KOSPI?.close);
  });

  it("[BK14] saves a market without indices: its gate has neither value nor threshold", async ({
    expect,
  }) => {
    const book = krxBook();
    await book.addHistory([...new MarketBars(MARKET).listings()], null);
    expect(await book.run(ALL)).toMatchObject({ status: "done", run: { saved: 1 } });
    const [gate] = await ledger().gates("KRX", 1);
    expect(gate?.components[0]).toMatchObject({ value: null, threshold: null, points: null });
    expect(gate?.indices).toEqual({ KOSPI: null, KOSDAQ: null });
  });

  it("[BK14] goes on over evictions between import, scan and scan", async ({ expect }) => {
    const book = krxBook();
    await importMarket(book);
    await evictDurableObject(book);
    const first = await book.run(ALL);
    await evictDurableObject(book);
    const second = await book.run(ALL);
    expect(second).toMatchObject({
      status: "done",
      run: { diff: { born: [], revised: [], moved: [], ended: [] } },
    });
    expect(second.status === "done" && second.results).toEqual(first.status === "done" && first.results);
    const [stored] = await ledger().openSignals("KRX");
    expect(await ledger().events(stored?.signal.id ?? "")).toHaveLength(1);
    expect(await ledger().runs("KRX", 9)).toHaveLength(2);
  });

  it("[BK14] without bars is skipped, leaves a row, and frees the book", async ({ expect }) => {
    const outcome = await krxBook().run({ ...ALL, kind: "cron" });
    expect(outcome).toMatchObject({ status: "skipped", run: { reason: "no_bars" } });
    expect(await ledger().runs("KRX", 9)).toMatchObject([
      { status: "skipped", kind: "cron", reason: "no_bars" },
    ]);
    expect(await lockHolder()).toBeNull();
  });

  it("[BK14] fails with the store's reason, leaves a row, and frees the book", async ({ expect }) => {
    const book = krxBook();
    await importMarket(book);
    await env.DB.exec("drop table signal");
    expect(await book.run(ALL)).toMatchObject({
      status: "failed",
      run: { reason: expect.stringContaining("no such table") },
    });
    expect(await ledger().runs("KRX", 9)).toMatchObject([
      { status: "failed", reason: expect.stringContaining("no such table"), saved: 0 },
    ]);
    expect(await lockHolder()).toBeNull();
    expect((await book.progress()).stage).toBe("idle");
  });

  it("[BK14] saves all of a scan or nothing", async ({ expect }) => {
    const book = krxBook();
    await importMarket(book);
    await env.DB.exec(
      "create trigger full before insert on outbox begin select raise(abort, 'outbox is full'); end",
    );
    expect(await book.run(ALL)).toMatchObject({
      status: "failed",
      run: { reason: expect.stringContaining("outbox is full") },
    });
    expect(await ledger().openSignals("KRX")).toEqual([]);
    expect(await ledger().gates("KRX", 9)).toEqual([]);

    await env.DB.exec("drop trigger full");
    expect(await book.run(ALL)).toMatchObject({
      status: "done",
      run: { diff: { born: [expect.stringContaining(LEADER)] } },
    });
    expect(await ledger().runs("KRX", 9)).toMatchObject([{ status: "done" }, { status: "failed" }]);
  });
});

describe("what a run saved", () => {
  it("[BK15] is published by the alarm of a book that was born since", async ({ expect }) => {
    await importMarket(krxBook());
    const outcome = await withBook(brokenTopic, async (book) => book.run(ALL));
    expect(outcome.status).toBe("done");
    expect(await ledger().outboxAge("KRX")).toMatchObject({ waiting: 2 });
    await evictDurableObject(krxBook());

    expect(await runDurableObjectAlarm(krxBook())).toBe(true);
    expect(await ledger().outboxAge("KRX")).toMatchObject({ waiting: 0 });
    expect((await signalStream().since(0))?.map(({ body }) => body)).toEqual([
      expect.stringContaining(LEADER),
    ]);

    // Nothing is left to do, so that no alarm stands, and nothing is published twice.
    expect(await runDurableObjectAlarm(krxBook())).toBe(false);
    expect(await signalStream().position()).toMatchObject({ seq: 1 });
  });

  it("[BK15] is not published twice when only the mark was lost", async ({ expect }) => {
    await importMarket(krxBook());
    const real = ledger();
    const forgetful = Object.assign(ledger(), {
      markPublished: () => Promise.reject(new Error("the mark was lost")),
    });
    await withBook({ ledger: forgetful }, async (book) => book.run(ALL));
    expect(await signalStream().position()).toMatchObject({ seq: 1 });
    expect(await real.outboxAge("KRX")).toMatchObject({ waiting: 2 });
    expect(await runDurableObjectAlarm(krxBook())).toBe(true);
    expect(await signalStream().position()).toMatchObject({ seq: 1 });
    expect(await real.outboxAge("KRX")).toMatchObject({ waiting: 0 });
  });

  it("[BK15] keeps the alarm of a run that began while an older message was on its way", async ({
    expect,
  }) => {
    await importMarket(krxBook());
    await withBook(brokenTopic, async (book) => book.run(ALL));
    const [published, scanned] = [Promise.withResolvers<null>(), Promise.withResolvers<null>()];
    const [publishing, scanning] = [vi.fn<() => void>(), vi.fn<() => void>()];
    const slow = Object.assign(ledger(), {
      openSignals: async () => {
        scanning();
        await scanned.promise;
        return [];
      },
    });
    let now = Date.UTC(2099, 0, 1);
    const ports = {
      clock: { now: () => (now += 1) },
      ledger: slow,
      publisher: {
        publish: async () => {
          publishing();
          await published.promise;
        },
      },
    };
    await withBook(ports, async (book, storage) => {
      const draining = book.alarm();
      await eventually(() => {
        expect(publishing).toHaveBeenCalled();
      });
      const running = book.run(ALL);
      await eventually(() => {
        expect(scanning).toHaveBeenCalled();
      });
      published.resolve(null);
      await draining;
      // The process may be killed here, or after the save: only this alarm would go on.
      expect(await storage.getAlarm()).not.toBeNull();
      scanned.resolve(null);
      expect(await running).toMatchObject({ status: "done" });
      expect(await storage.getAlarm()).toBeNull();
    });
  });

  it("[BK15] is published by the first question after a death that left no alarm", async ({ expect }) => {
    await importMarket(krxBook());
    const outcome = await withBook(brokenTopic, async (book) => book.run(ALL));
    await runInDurableObject(krxBook(), async (_, { storage }) => {
      storage.sql.exec(
        "INSERT INTO run_lock (id, run) VALUES (0, ?)",
        outcome.status === "done" ? outcome.run.id : "",
      );
      await storage.deleteAlarm();
    });
    await evictDurableObject(krxBook());
    expect(await krxBook().progress()).toMatchObject({ runId: null });
    expect(await ledger().outboxAge("KRX")).toMatchObject({ waiting: 0 });
    expect(await signalStream().position()).toMatchObject({ seq: 1 });
  });

  it("[BK15] is tried again, later each time and at last every five minutes", async ({ expect }) => {
    await importMarket(krxBook());
    // Far enough away that no alarm rings by itself.
    const now = Date.UTC(2099, 0, 1);
    const delays = await withBook({ ...brokenTopic, clock: { now: () => now } }, async (book, storage) => {
      await book.run(ALL);
      const seen = [((await storage.getAlarm()) ?? 0) - now];
      for (let n = 0; n < 8; n++) {
        await book.alarm();
        seen.push(((await storage.getAlarm()) ?? 0) - now);
      }
      return seen;
    });
    expect(delays).toEqual([4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000, 300_000]);
  });
});

describe("the verdict on a ticker", () => {
  it("[BK16] is that of the pure scan, and follows every correction of the bars", async ({ expect }) => {
    const book = krxBook();
    expect(await book.verdict(LEADER)).toBeNull();
    const bars = await importMarket(book);
    const pure = (ticker: string) =>
      scanBars("KRX", bars, new Map())?.verdicts.find((verdict) => verdict.ticker === ticker) ?? null;
    for (const ticker of bars.rows.keys()) {
      expect(await book.verdict(ticker)).toEqual(pure(ticker));
    }
    expect(await book.verdict("999990")).toBeNull();
    const before = await book.verdict(LEADER);

    const rows = bars.rows.get(LEADER) ?? [];
    const corrected = rows.map((row, i) =>
      i === rows.length - 1 ? { ...row, close: row.close - 500, low: row.low - 500 } : row,
    );
    bars.rows.set(LEADER, corrected);
    await book.closeDay([{ ticker: LEADER, columns: columnsOf(corrected.slice(-1)) }], null);
    expect(await book.verdict(LEADER)).toEqual(pure(LEADER));
    expect(await book.verdict(LEADER)).not.toEqual(before);

    const day = tradingDayOf(LAST_DAY + 3);
    bars.close(day);
    const closing = [...bars.rows].map(([ticker, all]) => ({ ticker, columns: columnsOf(all.slice(-1)) }));
    await book.closeDay(closing, null);
    await evictDurableObject(book);
    expect(await book.verdict(LEADER)).toEqual(pure(LEADER));
    expect(await book.verdict(LEADER)).toMatchObject({ asOf: day });
  });

  it("[BK16] is judged once for all who ask at the same moment, and anew when bars came between", async ({
    expect,
  }) => {
    const bars = await importMarket(krxBook());
    const day = tradingDayOf(LAST_DAY + 3);
    bars.close(day);
    const closing = [...bars.rows].map(([ticker, all]) => ({ ticker, columns: columnsOf(all.slice(-1)) }));
    const all = vi.fn<() => Promise<never[]>>(() => Promise.resolve([]));
    const instruments = Object.assign(new D1InstrumentStore(env.DB), { all });
    await withBook({ instruments }, async (book) => {
      const together = await Promise.all(Array.from({ length: 5 }, async () => book.verdict(LEADER)));
      expect(all).toHaveBeenCalledTimes(1);
      expect(new Set(together.map((verdict) => verdict?.asOf))).toEqual(new Set([LAST_DAY]));
      // Asked while the bars of the day before are being judged.
      const [before, after] = [book.verdict("999990"), (book.closeDay(closing, null), book.verdict(LEADER))];
      expect([await before, (await after)?.asOf]).toEqual([null, day]);
      expect(all).toHaveBeenCalledTimes(2);
    });
  });

  it("[BK16] that failed for want of the master is judged by the next question", async ({ expect }) => {
    await importMarket(krxBook());
    let failures = 1;
    const all = (): Promise<never[]> =>
      failures-- > 0 ? Promise.reject(new Error("D1 is out of reach")) : Promise.resolve([]);
    const instruments = Object.assign(new D1InstrumentStore(env.DB), { all });
    await withBook({ instruments }, async (book) => {
      await expect(book.verdict(LEADER)).rejects.toThrow("out of reach");
      expect(await book.verdict(LEADER)).toMatchObject({ ticker: LEADER });
    });
  });
});
