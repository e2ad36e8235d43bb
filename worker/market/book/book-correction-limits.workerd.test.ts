import { env } from "cloudflare:workers";
import { beforeEach, describe, it } from "vitest";
import { columnsOf } from "../../core/bars/columns.ts";
import { LAST_DAY } from "../../testing/builders/base-builder.ts";
import { makeRun } from "../../testing/builders/signal-builder.ts";
import { MemoryLog } from "../../testing/memory/memory-log.ts";
import { ALL, freshStores, importMarket, krxBook, ledger, withBook } from "../../testing/stage/krx-book.ts";
import { CRON, FORCED, MONDAY, monday, scannedWrongly, stateOf } from "../../testing/stage/wrong-monday.ts";

beforeEach(freshStores);

describe("a correction that is too much for its process", () => {
  it("[BK54] is given up after its third death in a row, and the session is scanned", async ({ expect }) => {
    const bars = await scannedWrongly();
    await krxBook().closeDay(monday(bars), null);
    const die = async (n: number): Promise<void> => {
      const dead = makeRun({
        id: `krx-dead-${n}`,
        exchange: "KRX",
        kind: "correction",
        status: "running",
        asOf: null,
      });
      await ledger().startRun({ ...dead, startedAt: Date.now() + n });
      await ledger().endRun(dead.id, "failed", "interrupted", Date.now());
    };
    await die(1);
    await die(2);
    expect((await krxBook().changes()).due).not.toBeNull();
    await die(3);
    const log = new MemoryLog();
    await withBook({ log }, async (book) => {
      expect(await book.correct(null, [])).toBeNull();
    });
    expect(log.lines.map(({ event }) => event)).toContain("correction_given_up");
    expect(await krxBook().changes()).toEqual({ due: null, left: null });
    expect(await krxBook().run(FORCED)).toMatchObject({ status: "done", run: { kind: "manual" } });
    expect(await krxBook().correct(MONDAY, [])).toMatchObject({
      status: "done",
      run: { kind: "correction" },
    });
    expect(await stateOf()).toBe("READY");
  });
});

describe("an installation that kept no versions", () => {
  it("[DB12] can take back the first session that it scans on this version, and none before it", async ({
    expect,
  }) => {
    const bars = await importMarket(krxBook());
    await krxBook().run(ALL);
    await env.DB.batch(
      ["signal_version", "version_reach"].map((table) => env.DB.prepare(`delete from ${table}`)),
    );
    await krxBook().closeDay(monday(bars, 0.01), null);
    await krxBook().run(FORCED);
    expect([await stateOf(), await ledger().reach("KRX")]).toEqual(["FAILED", LAST_DAY + 1]);
    await krxBook().closeDay(monday(bars), null);
    expect(await krxBook().correct(null, [])).toMatchObject({ status: "done" });
    expect(await stateOf()).toBe("READY");
    const friday = [...bars.rows].map(([ticker, rows]) => ({
      ticker,
      columns: columnsOf(rows.slice(-1).map((row) => ({ ...row, volume: row.volume + 1 }))),
    }));
    await krxBook().closeDay(friday, null);
    expect(await krxBook().changes()).toEqual({
      due: null,
      left: { first: LAST_DAY, days: 1, possibleFrom: LAST_DAY + 1 },
    });
  });
});

describe("an emptying", () => {
  it("[BK53] leaves no bars and no record, and what comes afterwards is as in a new installation", async ({
    expect,
  }) => {
    const bars = await scannedWrongly();
    expect(await krxBook().empty()).toBeNull();
    expect(await krxBook().summary()).toMatchObject({ tickers: 0, sessions: 0, openDays: 0 });
    expect([await krxBook().indexSeries("KOSPI"), await krxBook().changes()]).toEqual([
      null,
      { due: null, left: null },
    ]);
    expect([await ledger().runs("KRX", 9), await stateOf(), await ledger().reach("KRX")]).toEqual([
      [],
      undefined,
      null,
    ]);
    await importMarket(krxBook());
    await krxBook().closeDay(monday(bars), null);
    expect(await krxBook().run(CRON)).toMatchObject({ status: "done", run: { kind: "cron", asOf: MONDAY } });
    expect(await stateOf()).toBe("READY");
  });

  it("[BK53] is refused by a run that holds the book, and is whole after one that broke off", async ({
    expect,
  }) => {
    await importMarket(krxBook());
    const [running, emptied] = await Promise.all([krxBook().run(ALL), krxBook().empty()]);
    expect([running.status, emptied]).toEqual(["done", expect.stringMatching(/^krx-/)]);
    expect(await stateOf()).toBe("READY");
    const failing = { empty: () => Promise.reject(new Error("died")) };
    await expect(withBook({ record: failing }, async (book) => book.empty())).rejects.toThrow("died");
    expect([await krxBook().empty(), await stateOf()]).toEqual([null, undefined]);
  });
});
