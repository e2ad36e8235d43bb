import { describe, it } from "vitest";
import { makeRun } from "../../testing/builders/signal-builder.ts";
import type { Log } from "../ports/log.ts";
import type { RunOutcome, RunRequest } from "../ports/market-book.ts";
import { NeighbourError } from "../ports/neighbour-error.ts";
import { scheduledScan } from "./scheduled-scan.ts";

const D1_GONE = new NeighbourError("D1 is out of reach", { neighbour: "D1", retryable: true });

/** `failures`: how often the setting cannot be read before it can. */
function setUp(failures: number, outcome: RunOutcome) {
  const lines: unknown[] = [];
  const asked: unknown[] = [];
  const waits: number[] = [];
  const log: Log = { write: (level, event, fields) => lines.push([level, event, fields]) };
  let left = failures;
  const scanned = scheduledScan({
    log,
    settings: { activeExchange: () => (left-- > 0 ? Promise.reject(D1_GONE) : Promise.resolve("KRX")) },
    book: (exchange) => ({
      run: (request: RunRequest) => {
        asked.push([exchange, request]);
        return Promise.resolve(outcome);
      },
    }),
    wait: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  });
  return { lines, asked, waits, scanned };
}

const REQUEST = { kind: "cron", market: null, topN: 0, minScore: 0, accept: [] };

describe("the clock's scan", () => {
  it("[JB16] is asked of the active exchange's book once, and its end stands in the log", async ({
    expect,
  }) => {
    const { lines, asked, scanned } = setUp(0, { status: "done", run: makeRun(), results: [] });
    await scanned;
    expect(asked).toEqual([["KRX", REQUEST]]);
    expect(lines).toEqual([
      ["info", "scheduled_scan_ended", { exchange: "KRX", status: "done", run: "run-1" }],
    ]);
  });

  it("[JB16] names the run that keeps the book busy", async ({ expect }) => {
    const { lines, scanned } = setUp(0, { status: "busy", runId: "run-7" });
    await scanned;
    expect(lines).toEqual([
      ["info", "scheduled_scan_ended", { exchange: "KRX", status: "busy", run: "run-7" }],
    ]);
  });

  it("[JB16] is tried again when a store or the book failed, each failure a line", async ({ expect }) => {
    const { lines, asked, waits, scanned } = setUp(2, {
      status: "failed",
      run: makeRun({ status: "failed" }),
    });
    await scanned;
    expect(asked).toHaveLength(1);
    expect(waits).toEqual([15_000, 30_000]);
    const failed = { error: "D1 is out of reach", neighbour: "D1", retryable: true };
    expect(lines).toEqual([
      ["error", "scheduled_scan_failed", { ...failed, attempt: 1 }],
      ["error", "scheduled_scan_failed", { ...failed, attempt: 2 }],
      ["error", "scheduled_scan_ended", { exchange: "KRX", status: "failed", run: "run-1" }],
    ]);
  });

  it("[JB16] fails before the platform's eyes when no attempt came through", async ({ expect }) => {
    const { lines, asked, scanned } = setUp(9, { status: "busy", runId: "run-7" });
    await expect(scanned).rejects.toBe(D1_GONE);
    expect([lines.length, asked.length]).toEqual([4, 0]);
  });
});
