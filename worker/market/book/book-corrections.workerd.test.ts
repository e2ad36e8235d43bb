import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, it } from "vitest";
import { scheduledScan } from "../../app/jobs/scheduled-scan.ts";
import type { RunLedger } from "../../app/ports/correction-ledger.ts";
import { columnsOf } from "../../core/bars/columns.ts";
import type { SignalUpdate } from "../../protocol/messages/stream-update.ts";
import { LAST_DAY } from "../../testing/builders/base-builder.ts";
import { MemoryLog } from "../../testing/memory/memory-log.ts";
import { ALL, freshStores, importMarket, krxBook, ledger, withBook } from "../../testing/stage/krx-book.ts";
import {
  CRON,
  FORCED,
  LEADER,
  MONDAY,
  monday,
  scannedWrongly,
  stateOf,
} from "../../testing/stage/wrong-monday.ts";
import { openSocket } from "../../testing/stage/socket-client.ts";
import { eventually } from "../../testing/eventually.ts";

beforeEach(freshStores);

describe("the days that changed", () => {
  it("[BK50] are remembered with the rows until a run has settled them, also by another process", async ({
    expect,
  }) => {
    const bars = await importMarket(krxBook());
    expect(await krxBook().changes()).toEqual({ due: null, left: null });
    await krxBook().run(ALL);
    await krxBook().closeDay(monday(bars, 0.01), null);
    expect(await krxBook().changes()).toEqual({ due: null, left: null });
    await krxBook().run(FORCED);
    await krxBook().closeDay(monday(bars, 0.01), null);
    expect(await krxBook().changes()).toEqual({ due: null, left: null });
    await krxBook().closeDay(monday(bars), null);
    await evictDurableObject(krxBook());
    expect(await krxBook().changes()).toEqual({ due: { from: MONDAY, sessions: [MONDAY] }, left: null });
    expect(await krxBook().correct(null, [])).toMatchObject({ status: "done", run: { kind: "correction" } });
    expect(await krxBook().changes()).toEqual({ due: null, left: null });
    expect(await krxBook().correct(null, [])).toBeNull();
  });

  it("[BK50] are those of the indices too, because the gate is made of them", async ({ expect }) => {
    await importMarket(krxBook());
    await krxBook().run(ALL);
    const kospi = await krxBook().indexSeries("KOSPI");
    const last = (kospi?.close.at(-1) ?? 0) * 0.9;
    const row = { day: LAST_DAY, open: last, high: last, low: last, close: last, volume: 1, value: null };
    const columns = columnsOf([{ ...row, shares: null, base: null }]);
    await krxBook().addIndices([{ code: "KOSPI", columns }]);
    const [before] = await ledger().gates("KRX", 1);
    expect(await krxBook().correct(null, [])).toMatchObject({ status: "done", run: { asOf: LAST_DAY } });
    const [after] = await ledger().gates("KRX", 1);
    expect([after?.day, after?.indices.KOSPI?.close]).toEqual([before?.day, last]);
  });
});

describe("a run", () => {
  it("[BK51] first judges again what changed, and the clock's is not refused for it", async ({ expect }) => {
    const bars = await scannedWrongly();
    expect(await stateOf()).toBe("FAILED");
    expect(await krxBook().run(CRON)).toMatchObject({
      status: "skipped",
      reason: { kind: "no_new_session" },
    });
    await krxBook().closeDay(monday(bars), null);
    const outcome = await krxBook().run(CRON);
    expect(outcome).toMatchObject({
      status: "done",
      run: {
        kind: "correction",
        asOf: MONDAY,
        judgedFrom: MONDAY,
        diff: { corrected: [expect.any(String)] },
      },
      results: [{ ticker: LEADER }],
    });
    expect(await stateOf()).toBe("READY");
    expect(await krxBook().run(CRON)).toMatchObject({
      status: "skipped",
      reason: { kind: "no_new_session" },
    });
    expect(await ledger().outboxAge("KRX")).toMatchObject({ waiting: 0 });
  });

  it("[BK51] scans a new session after what was due, each with its own row", async ({ expect }) => {
    const bars = await scannedWrongly();
    await krxBook().closeDay(monday(bars), null);
    const next = monday(bars, 1.001).map(({ ticker, columns }) => ({
      ticker,
      columns: { ...columns, day: Float64Array.of(MONDAY + 1) },
    }));
    await krxBook().closeDay(next, null);
    expect(await krxBook().run(CRON)).toMatchObject({
      status: "done",
      run: { kind: "cron", asOf: MONDAY + 1 },
    });
    const runs = await ledger().runs("KRX", 2);
    expect(runs.map(({ kind, status, asOf }) => [kind, status, asOf])).toEqual([
      ["cron", "done", MONDAY + 1],
      ["correction", "done", MONDAY],
    ]);
    expect(await stateOf()).toBe("READY");
  });

  it("[BK51] whose process died after its save judges again at the next run, and changes nothing", async ({
    expect,
  }) => {
    const bars = await scannedWrongly();
    await krxBook().closeDay(monday(bars), null);
    const real = ledger();
    const dying: RunLedger = Object.assign(ledger(), {
      saveCorrection: async (...args: Parameters<RunLedger["saveCorrection"]>) => {
        await real.saveCorrection(...args);
        throw new Error("died");
      },
      endRun: () => Promise.resolve(),
    });
    await withBook({ ledger: dying }, async (book) => book.correct(null, []));
    const events = await logOf();
    await evictDurableObject(krxBook());
    expect(await krxBook().changes()).toMatchObject({ due: { sessions: [MONDAY] } });
    expect(await krxBook().run(CRON)).toMatchObject({
      status: "done",
      run: { kind: "correction", diff: { born: [], ended: [], corrected: [] }, saved: 0 },
    });
    expect(await logOf()).toEqual(events);
    expect(await stateOf()).toBe("READY");
  });
});

async function logOf() {
  const [signal] = await ledger().openSignals("KRX");
  return ledger().events(signal?.signal.id ?? "");
}

describe("a session that was scanned at noon", () => {
  it("[BK51] is judged again by the clock on its final rows, and the list shows the final closes", async ({
    expect,
  }) => {
    const bars = await importMarket(krxBook());
    await krxBook().run(ALL);
    await krxBook().closeDay(monday(bars, 0.99), null);
    expect(await krxBook().run(ALL)).toMatchObject({ status: "done", run: { asOf: MONDAY } });
    const closes = async (): Promise<readonly number[]> =>
      (await ledger().openSignals("KRX")).map(({ signal }) => signal.close);
    const [noon] = await closes();
    await krxBook().closeDay(monday(bars), null);
    await scheduledScan({
      settings: { activeExchange: () => Promise.resolve("KRX") },
      log: new MemoryLog(),
      book: () => krxBook(),
      wait: () => Promise.resolve(),
    });
    const final = bars.rows.get(LEADER)?.at(-1)?.close ?? 0;
    expect([noon, await closes()]).toEqual([final * 0.99, [final]]);
    expect((await ledger().runs("KRX", 1)).map(({ kind, status }) => [kind, status])).toEqual([
      ["correction", "done"],
    ]);
  });
});

describe("an open page", () => {
  it("[BK51] gets the signal back by an ordinary message", async ({ expect }) => {
    const bars = await scannedWrongly();
    const client = await openSocket(env.GATEWAY.getByName("apac-ne/0"), "/ws?subscribe=signal:vcp");
    const updates = (): readonly SignalUpdate["data"][] =>
      client.messages.flatMap((message) => (message.type === "signal_update" ? [message.data] : []));
    try {
      await eventually(() => {
        expect(updates().at(-1)).toMatchObject({ signals: [], count: 0 });
      });
      await krxBook().closeDay(monday(bars), null);
      await krxBook().correct(null, []);
      await eventually(() => {
        expect(updates().at(-1)).toMatchObject({
          signals: [{ ticker: LEADER, state: "READY" }],
          removed: [],
          count: 1,
        });
      });
    } finally {
      client.close();
    }
  });
});
