import { describe, it } from "vitest";
import { assert } from "../../core/assert.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { LAST_DAY } from "../../testing/builders/base-builder.ts";
import { MarketBars } from "../../testing/builders/market-bars.ts";
import { stageScan, START } from "../../testing/memory/scan-stage.ts";

const COLUMNS = ",date,open,high,low,close,volume\n";

describe("what is not scanned", () => {
  it("[JB5] skips an empty book", async ({ expect }) => {
    const { ledger, scan } = stageScan(
      new MarketBars({ bars: `ticker${COLUMNS}`, indices: `index${COLUMNS}` }),
    );
    expect(await scan()).toMatchObject({ status: "skipped", run: { reason: "no_bars" } });
    expect(ledger.saves).toEqual([]);
    expect(ledger.journal).toMatchObject([
      { status: "skipped", reason: "no_bars", finishedAt: START + 60_500 },
    ]);
  });

  it("[JB5] skips a session of which less than nine tenths arrived", async ({ expect }) => {
    // 13 tickers: 11 are 84.6 %, 12 are 92.3 %.
    const { bars, ledger, scan } = stageScan();
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
    const { bars, ledger, scan } = stageScan();
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
    const { ledger, scan } = stageScan();
    expect(await scan({ kind: "cron" })).toMatchObject({ status: "done" });
    for (let n = 0; n < 60; n++) {
      expect(await scan({ kind: "cron" })).toMatchObject({ status: "skipped" });
    }
    expect(ledger.saves).toHaveLength(1);
  });

  it("[JB5] lets the clock scan again when the last run of the session failed", async ({ expect }) => {
    const { ledger, scan } = stageScan();
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
      const { scan, ledger } = stageScan();
      const first = await scan({ kind: before });
      assert(first.status === "done", "The first scan is done");
      ledger.journal = ledger.journal.map((run) => ({ ...run, kind: before }));
      expect(await scan({ kind: "session" })).toMatchObject({ status });
      expect(await scan({ kind: "manual" })).toMatchObject({ status: "done" });
    },
  );
});
