import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, it } from "vitest";
import { D1ScanLedger } from "../../adapters/d1/scan-ledger.ts";
import { makeBookPort } from "../../adapters/durable/stubs.ts";
import type { RunOutcome, RunRequest, TickBatch } from "../../app/ports/market-book.ts";
import { composeBook } from "../../compose.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import {
  type DemoStage,
  freshDemo,
  onStage,
  sessionAfter,
  tradedTicker,
} from "../../testing/stage/demo-stage.ts";
import { makeBase, makeEvent, makeSignal } from "../../testing/builders/signal-builder.ts";
import { StoredStream } from "../../testing/stage/stored-stream.ts";
import { MemoryLog } from "../../testing/memory/memory-log.ts";
import { Book } from "../book/book.ts";
import type { Feed } from "./feed.ts";

beforeEach(freshDemo);

const SESSION = sessionAfter(0);
const TICKER = tradedTicker();
const ledger = () => new D1ScanLedger(env.DB);
const demoBook = () => env.MARKET_BOOK.getByName("DEMO");

/** An open signal whose trigger lies under every price of the session. */
async function seedSignal(): Promise<void> {
  const yesterday = tradingDayOf(SESSION.day - 3);
  const signal = makeSignal({
    ticker: TICKER,
    bornOn: yesterday,
    appliedOn: yesterday,
    base: makeBase({ pivot: 2, entry: 1, stop: 0.5 }),
  });
  await ledger().saveMoves({
    exchange: "DEMO",
    runId: "run-1",
    at: 1,
    signals: [signal],
    events: [makeEvent({ day: yesterday })],
    outbox: [],
    alerts: [],
  });
  // The ledger is read again by a book that was born since.
  await evictDurableObject(demoBook());
}

async function published(): Promise<readonly string[]> {
  return ((await new StoredStream(env.TOPIC.getByName("signal:vcp")).since(0)) ?? []).map(({ body }) => body);
}

describe("a price at the trigger", () => {
  it("[FD12] is saved and published while the session runs, once", async ({ expect }) => {
    await onStage(async (stage) => {
      const feed = await stage.ready();
      await feed.command("advance_tick");
      const before = (await published()).length;
      await seedSignal();
      // The book names the ticker first, and is shown its price then.
      await feed.command("advance_tick");
      expect((await ledger().openSignals("DEMO"))[0]?.signal.state).toBe("READY");
      await feed.command("advance_tick");
      const [stored] = await ledger().openSignals("DEMO");
      expect(stored?.signal).toMatchObject({ state: "TRIGGERED", triggeredOn: SESSION.day });
      expect(stored?.signal.flags).toContain("extended_live");
      expect(await ledger().events("signal-1")).toMatchObject([
        { seq: 1, reason: "new" },
        { seq: 2, to: "TRIGGERED", day: SESSION.day },
      ]);
      const [moved, ...more] = (await published()).slice(before);
      expect(more).toEqual([]);
      expect(moved).toContain('"state":"TRIGGERED"');

      await feed.command("advance_tick");
      expect(await ledger().events("signal-1")).toHaveLength(2);
      expect((await published()).slice(before)).toHaveLength(1);
    });
  });

  it("[FD12] that is being saved is waited for by the scan, which then decides", async ({ expect }) => {
    await onStage(async (stage) => {
      await (await stage.ready()).command("advance_tick");
    });
    await seedSignal();
    const order: string[] = [];
    const open = Promise.withResolvers<null>();
    const slow = Object.assign(ledger(), {
      saveMoves: async (save: Parameters<D1ScanLedger["saveMoves"]>[0]) => {
        await open.promise;
        await ledger().saveMoves(save);
        order.push("moves");
      },
      save: async (save: Parameters<D1ScanLedger["save"]>[0]) => {
        order.push("scan");
        await ledger().save(save);
      },
    });
    const price = SESSION.quote(TICKER, 0.5)?.price ?? 0;
    const batch: TickBatch = {
      day: SESSION.day,
      elapsed: 0.5,
      prices: [{ ticker: TICKER, price, volume: 1, base: null }],
    };
    await runInDurableObject(demoBook(), async (_, ctx) => {
      const book = new Book(ctx, env, { ...composeBook(env), ledger: slow });
      const ticking = book.tick(batch);
      const running = book.run({ kind: "manual", market: null, topN: 0, minScore: 0, accept: [] });
      expect(await book.tick(batch)).toEqual([]);
      setTimeout(() => {
        open.resolve(null);
      }, 50);
      await Promise.all([ticking, running]);
    });
    expect(order).toEqual(["moves", "scan"]);
    const seqs = (await ledger().events("signal-1")).map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, n) => n + 1));
  });

  it("[FD12] whose save failed moves the signal again with the next price", async ({ expect }) => {
    await onStage(async (stage) => {
      const feed = await stage.ready();
      await feed.command("advance_tick");
      await seedSignal();
      await feed.command("advance_tick");
      await env.DB.exec(
        "create trigger full before insert on outbox begin select raise(abort, 'outbox is full'); end",
      );
      await feed.command("advance_tick");
      expect((await ledger().openSignals("DEMO"))[0]?.signal.state).toBe("READY");
      await env.DB.exec("drop trigger full");
      await feed.command("advance_tick");
      expect((await ledger().openSignals("DEMO"))[0]?.signal.state).toBe("TRIGGERED");
      expect(await ledger().events("signal-1")).toHaveLength(2);
    });
  });
});

/** Acts with a book on the demo's storage that reaches no topic. */
function withHeldBook<R>(act: (book: Book) => Promise<R>): Promise<R> {
  const publish = (): Promise<void> => Promise.reject(new Error("The topic is out of reach"));
  return runInDurableObject(demoBook(), async (_, ctx) =>
    act(new Book(ctx, env, { ...composeBook(env), log: new MemoryLog(), publisher: { publish } })),
  );
}

/** A feed whose scans run on such a book. */
function birthOfHeld(stage: DemoStage): Feed {
  const run = (request: RunRequest): Promise<RunOutcome> => withHeldBook(async (book) => book.run(request));
  return stage.birth({ book: () => ({ ...makeBookPort(env.MARKET_BOOK, "DEMO"), run }) });
}

describe("publishing that is held", () => {
  it("[FD13] keeps what a session's scan saved until it is lifted", async ({ expect }) => {
    await onStage(async (stage) => {
      await stage.ready();
      const before = (await published()).length;
      const feed = birthOfHeld(stage);
      await feed.command("advance_session");
      expect(await published()).toHaveLength(before);
      expect((await ledger().outboxAge("DEMO")).waiting).toBe(2);
      await withHeldBook(async (book) => book.alarm());
      expect(await published()).toHaveLength(before);
      await runDurableObjectAlarm(demoBook());
      expect(await published()).toHaveLength(before + 1);
      expect((await ledger().outboxAge("DEMO")).waiting).toBe(0);
    });
  });

  it("[FD13] is published once by the book's next birth", async ({ expect }) => {
    await onStage(async (stage) => {
      await stage.ready();
      await birthOfHeld(stage).command("advance_session");
    });
    const before = (await published()).length;
    await evictDurableObject(demoBook());
    expect(await runDurableObjectAlarm(demoBook())).toBe(true);
    expect(await published()).toHaveLength(before + 1);
    expect(await runDurableObjectAlarm(demoBook())).toBe(false);
    expect(await published()).toHaveLength(before + 1);
  });
});

describe("an exchange without a market of its own", () => {
  it("[FD14] has the state none and the closes of its indices", async ({ expect }) => {
    const feed = env.MARKET_FEED.getByName("KRX");
    expect(await feed.status()).toMatchObject({ exchange: "KRX", state: "none", session: null, clock: null });
    expect(await feed.want("a", ["index:KOSPI", "price:005930"])).toEqual([]);
    await env.MARKET_BOOK.getByName("KRX").addIndices([...SESSION.indexRows()]);
    expect(await feed.want("a", ["index:KOSPI"])).toEqual([]);
    const past = sessionAfter(1).indexRows();
    await env.MARKET_BOOK.getByName("KRX").addIndices([...past]);
    const [kospi] = await feed.want("a", ["index:KOSPI"]);
    expect(kospi?.text).toContain('"source":"closes"');
    const close = past[0]?.columns.close[0] ?? 0;
    expect(kospi?.text).toContain(`"index":${Math.round(close * 100) / 100}`);
  });
});
