import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, it } from "vitest";
import { D1InstrumentStore } from "../../adapters/d1/instrument-store.ts";
import { D1OutcomeStore } from "../../adapters/d1/outcome-store.ts";
import { demoSource } from "../../adapters/demo/demo-source.ts";
import type { SignalOutcome } from "../../app/ports/outcome-store.ts";
import { assert } from "../../core/assert.ts";
import { columnsOf, type Row } from "../../core/bars/columns.ts";
import { PARAMS } from "../../core/params.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import { LAST_DAY } from "../../testing/builders/base-builder.ts";
import { freshDemo } from "../../testing/stage/demo-stage.ts";
import { ALL, freshStores, importMarket, krxBook, ledger, MARKET } from "../../testing/stage/krx-book.ts";
import type { MarketBars } from "../../testing/builders/market-bars.ts";

const LEADER = MARKET.leader.ticker;

const store = () => new D1OutcomeStore(env.DB);
const measured = (): Promise<readonly SignalOutcome[]> => store().outcomes("KRX", PARAMS.version);

/** Closes one more session in the book and in `bars`. */
async function close(bars: MarketBars, day: TradingDay, leader: Partial<Row> = {}): Promise<void> {
  bars.close(day, (ticker, quiet) => (ticker === LEADER ? { ...quiet, ...leader } : quiet));
  const rows = [...bars.rows].map(([ticker, all]) => ({ ticker, columns: columnsOf(all.slice(-1)) }));
  await krxBook().closeDay(rows, null);
}

/** A book in which the leader triggered on its first new session, and what it paid. */
async function triggered(): Promise<{ readonly bars: MarketBars; readonly entry: number }> {
  await freshStores();
  const bars = await importMarket(krxBook());
  await krxBook().run(ALL);
  const entry = (await ledger().openSignals("KRX"))[0]?.signal.base.entry;
  assert(entry, "The leader is listed");
  await close(bars, tradingDayOf(LAST_DAY + 3), { high: entry + 200, close: entry });
  await krxBook().run(ALL);
  return { bars, entry };
}

describe("outcomes", () => {
  it("[BK18] stand after each run, over evictions, and follow a correction", async ({ expect }) => {
    const { bars, entry } = await triggered();
    expect((await measured()).map((one) => [one.horizon, one.fill, one.entry, one.result])).toEqual(
      [5, 10, 20, 60].map((horizon) => [horizon, "filled", entry, null]),
    );
    for (const [n, price] of [1.01, 1.02, 1.03, 1.04].entries()) {
      const at = Math.round((entry * price) / 100) * 100;
      await evictDurableObject(krxBook());
      await close(bars, tradingDayOf(LAST_DAY + 4 + n), { open: at, high: at, low: at, close: at });
      await evictDurableObject(krxBook());
      expect(await krxBook().run(ALL)).toMatchObject({ status: "done" });
    }
    const last = tradingDayOf(LAST_DAY + 7);
    expect(await store().measured("KRX")).toEqual({ asOf: last, paramsVersion: PARAMS.version });
    const [five, ...open] = await measured();
    expect(five?.result?.change).toBeCloseTo(Math.round((entry * 1.04) / 100) / (entry / 100) - 1, 12);
    expect(five?.result).toMatchObject({ touch: "none", baseline: expect.any(Number) });
    expect(five?.result?.peers).toBeGreaterThan(5);
    expect(open.map(({ result }) => result)).toEqual([null, null, null]);
    expect(await store().outcomes("DEMO", PARAMS.version)).toEqual([]);

    const before = await measured();
    await krxBook().run(ALL);
    expect(await measured()).toEqual(before);

    const row = bars.rows.get(LEADER)?.at(-1);
    assert(row, "The leader has rows");
    const corrected = { ...row, close: entry, low: entry };
    await krxBook().closeDay([{ ticker: LEADER, columns: columnsOf([corrected]) }], null);
    await evictDurableObject(krxBook());
    await krxBook().run(ALL);
    expect((await measured())[0]?.result?.change).toBe(0);
  });

  it("[BK18] that could not be stored are measured by the alarm of a book that was born since", async ({
    expect,
  }) => {
    const { bars } = await triggered();
    await env.DB.exec("alter table outcome_measure rename to hidden");
    await close(bars, tradingDayOf(LAST_DAY + 4));
    expect(await krxBook().run(ALL)).toMatchObject({ status: "done" });
    // The scan is saved and published; only the measuring is owed.
    expect(await ledger().outboxAge("KRX")).toMatchObject({ waiting: 0 });
    await env.DB.exec("alter table hidden rename to outcome_measure");
    expect(await store().measured("KRX")).toMatchObject({ asOf: LAST_DAY + 3 });
    await evictDurableObject(krxBook());
    expect(await runDurableObjectAlarm(krxBook())).toBe(true);
    expect(await store().measured("KRX")).toMatchObject({ asOf: LAST_DAY + 4 });
    expect(await runDurableObjectAlarm(krxBook())).toBe(false);
  });

  it("[BK18] come to the moving demo, session by session", async ({ expect }) => {
    await freshDemo();
    const book = env.MARKET_BOOK.getByName("DEMO");
    const source = demoSource(3, 260, 240);
    await new D1InstrumentStore(env.DB).put("DEMO", source.instruments, 0);
    const past = source.history();
    let step = past.next();
    for (; step.done !== true; step = past.next()) {
      await book.addHistory(step.value, null);
    }
    await book.addIndices(step.value.indices);
    await book.run({ ...ALL, kind: "session" });
    let { state } = step.value;
    let outcomes: readonly SignalOutcome[] = [];
    // A signal of the first sessions needs five of them.
    for (let n = 0; n < 20 && outcomes.every(({ result }) => result === null); n++) {
      const session = source.after(state);
      state = session.end();
      await book.closeDay(session.rows(), null);
      await book.addIndices(session.indexRows());
      await evictDurableObject(book);
      expect(await book.run({ ...ALL, kind: "session" })).toMatchObject({ status: "done" });
      outcomes = await store().outcomes("DEMO", PARAMS.version);
    }
    const five = outcomes.find(({ result }) => result !== null);
    expect(five).toMatchObject({ horizon: 5, fill: "filled", exchange: "DEMO" });
    expect(five?.result?.peers).toBeGreaterThan(50);
    expect(await store().outcomes("KRX", PARAMS.version)).toEqual([]);
  });
});
