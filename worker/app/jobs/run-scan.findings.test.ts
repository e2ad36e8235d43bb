/** A session that is wrong as a whole moves no signal until its owner accepts it. */
import { describe, it } from "vitest";
import { assert } from "../../core/assert.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { LAST_DAY } from "../../testing/builders/base-builder.ts";
import { priced } from "../../testing/builders/plain-market.ts";
import { type ScanStage, stageScan } from "../../testing/memory/scan-stage.ts";
import { sessionFindings } from "./session-findings.ts";

const NEXT = tradingDayOf(LAST_DAY + 3);
const LATER = tradingDayOf(LAST_DAY + 4);

/** A market that was scanned, and then a session at a hundredth of its prices. */
async function slipped(): Promise<ScanStage> {
  const stage = stageScan();
  assert((await stage.scan()).status === "done", "The first scan is sound");
  stage.bars.close(NEXT, (_, quiet) => priced(quiet, 0.01));
  return stage;
}

describe("a scan of a session that is wrong as a whole", () => {
  it("[JB19] is skipped with the reason, for the clock as well, and moves nothing", async ({ expect }) => {
    const { ledger, scan } = await slipped();
    const before = structuredClone(ledger.stored);
    for (const kind of ["manual", "cron", "session"] as const) {
      const outcome = await scan({ kind });
      expect(outcome).toMatchObject({ status: "skipped", reason: { kind: "jump", day: NEXT, beyond: 13 } });
      expect(ledger.journal[0]).toMatchObject({
        status: "skipped",
        reason: expect.stringMatching(/^jump: on 2025-06-16 13 of 13 tickers moved beyond the daily limit/),
      });
    }
    expect(ledger.stored).toEqual(before);
    expect(ledger.saves).toHaveLength(1);
  });

  it("[JB19] is done when every finding was accepted by its name", async ({ expect }) => {
    const { scan } = await slipped();
    expect(await scan({ accept: ["volume_unit"] })).toMatchObject({ status: "skipped" });
    expect(await scan({ accept: ["jump"] })).toMatchObject({ status: "done", run: { asOf: NEXT } });
    expect(await scan({ kind: "cron" })).toMatchObject({ reason: { kind: "no_new_session" } });
  });

  it("[JB19] is done when the right rows came, and later sessions are judged for themselves", async ({
    expect,
  }) => {
    const { bars, scan } = await slipped();
    for (const [ticker, rows] of bars.rows) {
      bars.rows.set(ticker, [...rows.slice(0, -1), ...rows.slice(-1).map((row) => priced(row, 100))]);
    }
    expect(await scan({ kind: "cron" })).toMatchObject({ status: "done", run: { asOf: NEXT } });
    bars.close(LATER);
    expect(await scan({ kind: "cron" })).toMatchObject({ status: "done", run: { asOf: LATER } });
  });

  it("[JB19] is foreseen for any session of the book on the bars up to it", async ({ expect }) => {
    const { bars } = await slipped();
    bars.close(LATER);
    const found = (day: typeof NEXT): readonly string[] =>
      sessionFindings("KRX", bars, day, Date.UTC(2026, 0, 1)).map(({ kind }) => kind);
    expect([LAST_DAY, NEXT, LATER].map(found)).toEqual([[], ["jump"], []]);
  });
});
