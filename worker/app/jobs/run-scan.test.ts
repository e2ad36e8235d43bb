import { describe, it } from "vitest";
import { assert } from "../../core/assert.ts";
import type { Row } from "../../core/bars/columns.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { LAST_DAY } from "../../testing/builders/base-builder.ts";
import { LEADER, stageScan, START, type WatchedLedger } from "../../testing/memory/scan-stage.ts";
import { makeSignal } from "../../testing/builders/signal-builder.ts";
import type { ScanSave } from "../ports/scan-ledger.ts";

function lastSave(ledger: WatchedLedger): ScanSave {
  const save = ledger.saves.at(-1);
  assert(save, "Something was saved");
  return save;
}

/** What a client reads in the messages of one save. */
function signalData(save: ScanSave) {
  return save.outbox
    .filter(({ topic }) => topic === "signal:vcp")
    .map(
      ({
        body,
      }): { data: { signals: { id: string; created_at: string }[]; removed: string[]; count: number } } =>
        JSON.parse(body),
    )
    .map(({ data }) => data);
}

/** The leader's next session. */
function leaderAt(change: Partial<Row>): (ticker: string, quiet: Row) => Row {
  return (ticker, quiet) => (ticker === LEADER ? { ...quiet, ...change } : quiet);
}

describe("a scan", () => {
  it("[JB1] finds the constructed base, and changes nothing when it is repeated", async ({ expect }) => {
    const { ledger, scan } = stageScan();
    const first = await scan();
    expect(first).toMatchObject({ status: "done", run: { status: "done", asOf: LAST_DAY, saved: 1 } });
    const [signal] = lastSave(ledger).signals;
    expect(signal).toMatchObject({ ticker: LEADER, state: "READY", reason: "new" });
    const before = structuredClone(ledger.stored.map((stored) => stored.signal));

    expect(await scan()).toMatchObject({ status: "done" });
    const again = lastSave(ledger);
    expect(again.events).toEqual([]);
    expect(again.run.diff).toEqual({ born: [], revised: [], moved: [], ended: [] });
    expect(ledger.stored.map((stored) => stored.signal)).toEqual(before);
    expect(again.outbox.length).toBe(2);
  });

  it("[JB1] comes to the same signals and events whether it ran each day or only on the last", async ({
    expect,
  }) => {
    const daily = stageScan();
    const late = stageScan();
    await daily.scan();
    await late.scan();
    const pivot = lastSave(daily.ledger).signals[0]?.base.entry ?? 0;
    const closes = [pivot + 200, pivot + 500, pivot - 800, pivot - 900, pivot + 300];
    for (const [i, close] of closes.entries()) {
      const day = tradingDayOf(LAST_DAY + 3 + i);
      for (const { bars } of [daily, late]) {
        bars.close(day, leaderAt({ open: close, high: close, low: close, close, volume: 200_000 }));
      }
      await daily.scan();
    }
    await late.scan();
    const storyOf = ({ ledger }: typeof daily) =>
      ledger.history
        .filter(({ signalId }) => signalId.startsWith(LEADER))
        .map(({ day, from, to, reason }) => [day, from, to, reason]);
    expect(storyOf(late)).toEqual(storyOf(daily));
    expect(storyOf(daily).map((row) => row[3])).toContain("recovered");
    expect(late.ledger.stored.map(({ signal }) => signal)).toEqual(
      daily.ledger.stored.map(({ signal }) => signal),
    );
  });

  it("[JB2] numbers the events of a signal on from run to run", async ({ expect }) => {
    const { bars, ledger, scan } = stageScan();
    await scan();
    const entry = lastSave(ledger).signals[0]?.base.entry ?? 0;
    bars.close(tradingDayOf(LAST_DAY + 3), leaderAt({ open: entry, high: entry, low: entry, close: entry }));
    await scan();
    expect(lastSave(ledger).events.map(({ seq }) => seq)).toEqual([2, 3]);
    bars.close(
      tradingDayOf(LAST_DAY + 4),
      leaderAt({ open: 1, high: entry, low: entry / 2, close: entry / 2 }),
    );
    await scan();
    expect(ledger.history.map(({ seq, to }) => [seq, to])).toEqual([
      [1, "READY"],
      [2, "TRIGGERED"],
      [3, expect.stringMatching(/^(?:UN)?CONFIRMED$/)],
      [4, "FAILED"],
    ]);
  });

  it("[JB3] shows the birth, the move and the end of a signal in the diffs of three runs", async ({
    expect,
  }) => {
    const { bars, ledger, scan } = stageScan();
    await scan();
    const [signal] = lastSave(ledger).signals;
    assert(signal, "The base was found");
    const { entry } = signal.base;
    bars.close(tradingDayOf(LAST_DAY + 3), leaderAt({ open: entry, high: entry, low: entry, close: entry }));
    await scan();
    bars.close(
      tradingDayOf(LAST_DAY + 4),
      leaderAt({ open: 1, high: entry, low: entry / 2, close: entry / 2 }),
    );
    await scan();
    const nothing = { born: [], revised: [], moved: [], ended: [] };
    expect(ledger.saves.map((save) => save.run.diff)).toEqual([
      { ...nothing, born: [signal.id] },
      { ...nothing, moved: [signal.id] },
      { ...nothing, ended: [signal.id] },
    ]);
  });

  it("[JB6] saves the same whatever was asked, and answers what was asked", async ({ expect }) => {
    const whole = stageScan();
    await whole.scan();
    const requests = [
      { market: "KOSDAQ" as const },
      { minScore: 100 },
      { market: "KONEX" as const, topN: 1 },
    ];
    for (const request of requests) {
      const narrow = stageScan();
      expect(await narrow.scan(request)).toMatchObject({ status: "done", results: [] });
      expect(lastSave(narrow.ledger).signals).toEqual(lastSave(whole.ledger).signals);
      expect(lastSave(narrow.ledger).events).toEqual(lastSave(whole.ledger).events);
    }
    expect(await whole.scan({ topN: 1 })).toMatchObject({ results: [{ ticker: LEADER }] });
  });

  it("[JB9] fails with the store's error, and leaves nothing", async ({ expect }) => {
    const { ledger, scan } = stageScan();
    ledger.failure = new Error("the disk is full");
    await expect(scan()).rejects.toThrow("the disk is full");
    expect([ledger.stored, ledger.history, ledger.waiting]).toEqual([[], [], []]);
    ledger.failure = null;
    expect(await scan()).toMatchObject({ status: "done", run: { saved: 1 } });
  });
});

describe("the messages of a scan", () => {
  it("[JB4] counts open signals that the run did not touch", async ({ expect }) => {
    const { ledger, scan } = stageScan();
    // Its ticker has no bars in the book any more.
    const stray = makeSignal({ id: "stray", exchange: "KRX", ticker: "999990" });
    ledger.stored.push({ signal: stray, createdAt: 5, updatedAt: 5, runId: "old" });
    await scan();
    expect(signalData(lastSave(ledger))).toMatchObject([
      { signals: [{ ticker: LEADER }], removed: [], count: 2 },
    ]);
    expect(ledger.stored).toHaveLength(2);
  });

  it("[JB4] states in every message when the signal was first written", async ({ expect }) => {
    const { bars, ledger, scan } = stageScan();
    await scan();
    bars.close(tradingDayOf(LAST_DAY + 3));
    await scan();
    const [first, second] = ledger.saves.flatMap(signalData);
    expect(first?.signals[0]?.created_at).toBe("2025-06-13T18:21:00.500+09:00");
    expect(second?.signals[0]?.created_at).toBe(first?.signals[0]?.created_at);
    expect(ledger.stored[0]).toMatchObject({ createdAt: START + 60_500, updatedAt: START + 120_500 });
  });

  it("[JB4] names what ended and no longer counts it", async ({ expect }) => {
    const { bars, ledger, scan } = stageScan();
    await scan();
    const [signal] = lastSave(ledger).signals;
    assert(signal, "The base was found");
    const { entry } = signal.base;
    bars.close(
      tradingDayOf(LAST_DAY + 3),
      leaderAt({ open: entry, high: entry, low: entry / 2, close: entry / 2 }),
    );
    await scan();
    expect(signalData(lastSave(ledger))).toMatchObject([{ signals: [], removed: [signal.id], count: 0 }]);
  });

  it("[JB4] gives signals and gate a message each, with ids of their own", async ({ expect }) => {
    const { ledger, scan } = stageScan();
    await scan();
    await scan();
    const messages = ledger.saves.flatMap((save) => save.outbox);
    expect(messages.map(({ id, topic }) => [id, topic])).toEqual([
      ["krx-1:1", "signal:vcp"],
      ["krx-1:2", "market_gate"],
      ["krx-2:1", "signal:vcp"],
      ["krx-2:2", "market_gate"],
    ]);
    expect(new Set(messages.map(({ exchange }) => exchange))).toEqual(new Set(["KRX"]));
  });
});
