import { describe, it } from "vitest";
import { assert } from "../../core/assert.ts";
import type { Row } from "../../core/bars/columns.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { LAST_DAY, TEXTBOOK_BASE } from "../../testing/builders/base-builder.ts";
import { buildMarket } from "../../testing/builders/constructed-market.ts";
import { MarketBars } from "../../testing/builders/market-bars.ts";
import { MemoryLedger } from "../../testing/memory/memory-ledger.ts";
import { MemoryInstruments } from "../../testing/memory/memory-ports.ts";
import { makeRun, makeSignal } from "../../testing/builders/signal-builder.ts";
import type { RunOutcome, RunRequest } from "../ports/market-book.ts";
import type { ScanRun, ScanSave } from "../ports/scan-ledger.ts";
import { runScan } from "./run-scan.ts";

const MARKET = buildMarket(TEXTBOOK_BASE, 12);
const LEADER = MARKET.leader.ticker;
const ALL: RunRequest = { kind: "manual", market: null, topN: 0, minScore: 0 };
const COLUMNS = ",date,open,high,low,close,volume\n";
const START = Date.UTC(2025, 5, 13, 9, 20);

/** Keeps every save as it was given, beside storing it. */
class WatchedLedger extends MemoryLedger {
  readonly saves: ScanSave[] = [];
  failure: Error | null = null;

  override async save(save: ScanSave): Promise<void> {
    if (this.failure) {
      throw this.failure;
    }
    this.saves.push(save);
    await super.save(save);
  }
}

function setUp(bars = new MarketBars(MARKET)) {
  const ledger = new WatchedLedger();
  const instruments = new MemoryInstruments();
  let runs = 0;
  const scan = async (request: Partial<RunRequest> = {}): Promise<RunOutcome> => {
    runs += 1;
    const startedAt = START + runs * 60_000;
    const run: ScanRun = {
      ...makeRun({ status: "running", id: `krx-${runs}`, exchange: "KRX", asOf: null }),
      startedAt,
    };
    await ledger.startRun(run);
    const clock = { now: () => startedAt + 500 };
    return runScan(run, { ...ALL, ...request }, bars, { clock, ledger, instruments });
  };
  return { bars, ledger, scan };
}

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
  it("[JB1] finds the planted base, and changes nothing when it is repeated", async ({ expect }) => {
    const { ledger, scan } = setUp();
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
    const daily = setUp();
    const late = setUp();
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
    const { bars, ledger, scan } = setUp();
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
    const { bars, ledger, scan } = setUp();
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
    const whole = setUp();
    await whole.scan();
    const requests = [
      { market: "KOSDAQ" as const },
      { minScore: 100 },
      { market: "KONEX" as const, topN: 1 },
    ];
    for (const request of requests) {
      const narrow = setUp();
      expect(await narrow.scan(request)).toMatchObject({ status: "done", results: [] });
      expect(lastSave(narrow.ledger).signals).toEqual(lastSave(whole.ledger).signals);
      expect(lastSave(narrow.ledger).events).toEqual(lastSave(whole.ledger).events);
    }
    expect(await whole.scan({ topN: 1 })).toMatchObject({ results: [{ ticker: LEADER }] });
  });

  it("[JB9] fails with the store's error, and leaves nothing", async ({ expect }) => {
    const { ledger, scan } = setUp();
    ledger.failure = new Error("the disk is full");
    await expect(scan()).rejects.toThrow("the disk is full");
    expect([ledger.stored, ledger.history, ledger.waiting]).toEqual([[], [], []]);
    ledger.failure = null;
    expect(await scan()).toMatchObject({ status: "done", run: { saved: 1 } });
  });
});

describe("the messages of a scan", () => {
  it("[JB4] counts open signals that the run did not touch", async ({ expect }) => {
    const { ledger, scan } = setUp();
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
    const { bars, ledger, scan } = setUp();
    await scan();
    bars.close(tradingDayOf(LAST_DAY + 3));
    await scan();
    const [first, second] = ledger.saves.flatMap(signalData);
    expect(first?.signals[0]?.created_at).toBe("2025-06-13T18:21:00.500+09:00");
    expect(second?.signals[0]?.created_at).toBe(first?.signals[0]?.created_at);
    expect(ledger.stored[0]).toMatchObject({ createdAt: START + 60_500, updatedAt: START + 120_500 });
  });

  it("[JB4] names what ended and no longer counts it", async ({ expect }) => {
    const { bars, ledger, scan } = setUp();
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
    const { ledger, scan } = setUp();
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

describe("what is not scanned", () => {
  it("[JB5] skips an empty book", async ({ expect }) => {
    const { ledger, scan } = setUp(new MarketBars({ bars: `ticker${COLUMNS}`, indices: `index${COLUMNS}` }));
    expect(await scan()).toMatchObject({ status: "skipped", run: { reason: "no_bars" } });
    expect(ledger.saves).toEqual([]);
    expect(ledger.journal).toMatchObject([
      { status: "skipped", reason: "no_bars", finishedAt: START + 60_500 },
    ]);
  });

  it("[JB5] skips a session of which less than nine tenths arrived", async ({ expect }) => {
    // 13 tickers: 11 are 84.6 %, 12 are 92.3 %.
    const { bars, ledger, scan } = setUp();
    await scan();
    const missing = [...bars.rows.keys()].slice(-2);
    const day = tradingDayOf(LAST_DAY + 3);
    bars.close(day, (ticker, quiet) => (missing.includes(ticker) ? null : quiet));
    const refused = await scan();
    expect(refused).toMatchObject({ status: "skipped" });
    expect(refused.status === "skipped" && refused.run.reason).toMatch(
      /^partial_day: 2025-06-16 .* 11 .* 13$/,
    );
    expect(ledger.saves).toHaveLength(1);
    expect(ledger.stored[0]?.signal.misses).toBe(0);

    const [late] = missing;
    const rows = late ? bars.rows.get(late) : undefined;
    const last = rows?.at(-1);
    assert(late && rows && last, "The late ticker has rows");
    bars.rows.set(late, [...rows, { ...last, day }]);
    expect(await scan()).toMatchObject({ status: "done", run: { asOf: day } });
  });

  it("[JB5] lets the clock scan each session once, and a person as often as they like", async ({
    expect,
  }) => {
    const { bars, ledger, scan } = setUp();
    expect(await scan({ kind: "cron" })).toMatchObject({ status: "done" });
    const second = await scan({ kind: "cron" });
    expect(second).toMatchObject({ status: "skipped", run: { reason: "no_new_session: 2025-06-13" } });
    expect(await scan()).toMatchObject({ status: "done" });
    expect(await scan({ kind: "cron" })).toMatchObject({ status: "skipped" });
    bars.close(tradingDayOf(LAST_DAY + 3));
    expect(await scan({ kind: "cron" })).toMatchObject({ status: "done" });
    expect(ledger.saves).toHaveLength(3);
  });

  it("[JB5] remembers the session that was scanned over any number of runs that were skipped since", async ({
    expect,
  }) => {
    const { ledger, scan } = setUp();
    expect(await scan({ kind: "cron" })).toMatchObject({ status: "done" });
    for (let n = 0; n < 60; n++) {
      expect(await scan({ kind: "cron" })).toMatchObject({ status: "skipped" });
    }
    expect(ledger.saves).toHaveLength(1);
  });

  it("[JB5] lets the clock scan again when the last run of the session failed", async ({ expect }) => {
    const { ledger, scan } = setUp();
    ledger.failure = new Error("the disk is full");
    await expect(scan({ kind: "cron" })).rejects.toThrow();
    await ledger.endRun("krx-1", "failed", "the disk is full", START);
    ledger.failure = null;
    expect(await scan({ kind: "cron" })).toMatchObject({ status: "done" });
  });

  it.for([
    ["session", "skipped"],
    ["manual", "done"],
  ] as const)(
    "[JB13] a session's scan that is asked for again after a %s scan is %s",
    async ([before, status], { expect }) => {
      const { scan, ledger } = setUp();
      const first = await scan({ kind: before });
      assert(first.status === "done", "The first scan is done");
      ledger.journal = ledger.journal.map((run) => ({ ...run, kind: before }));
      expect(await scan({ kind: "session" })).toMatchObject({ status });
      expect(await scan({ kind: "manual" })).toMatchObject({ status: "done" });
    },
  );
});
