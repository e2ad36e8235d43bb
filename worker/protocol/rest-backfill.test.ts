import { describe, it } from "vitest";
import { tradingDayOf } from "../core/calendar/trading-day.ts";
import { encodeBackfill, whatBackfillWaits } from "./rest/backfill.ts";

describe("a past that waits", () => {
  it.for([
    [{ status: "waiting", reason: "mended words", waits: "refused" }, "refused"],
    [{ status: "waiting", reason: "denied, as a text", waits: "failed" }, "failed"],
    // Of a version before.
    [{ status: "waiting", reason: "denied, krx: blocked" }, "refused"],
    [{ status: "waiting", reason: "failed, KRX failed" }, "failed"],
    [{ status: "waiting", reason: null }, "failed"],
    [{ status: "running", reason: null, waits: null }, null],
    [{ status: "done", reason: null }, null],
  ] as const)("[RT11b] %j waits: %s", ([facts, expected], { expect }) => {
    expect(whatBackfillWaits(facts)).toBe(expected);
  });

  it("[RT11b] the field is on the wire as the book has it, and absent where an older book states none", ({
    expect,
  }) => {
    const progress = {
      status: "waiting",
      counts: "sessions",
      sessions: 1,
      wanted: 2,
      fetched: 1,
      next: tradingDayOf(20_000),
      holidays: [],
      startedAt: 0,
      leftMs: null,
      reason: "denied, x",
    } as const;
    expect(encodeBackfill({ ...progress, waits: "refused" }).waits).toBe("refused");
    expect(encodeBackfill(progress)).not.toHaveProperty("waits");
  });
});
