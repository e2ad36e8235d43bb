/** SN3: what a request asks for narrows the answer and nothing else. */
import * as fc from "fast-check";
import { describe, it } from "vitest";
import { assert } from "../../core/assert.ts";
import { columnsOf } from "../../core/bars/columns.ts";
import type { Market } from "../../core/instrument/instrument.ts";
import { listDetected } from "../../core/scan/list-detected.ts";
import type { Verdict } from "../../core/vcp/verdict.ts";
import { MemoryLedger } from "../../testing/memory/memory-ledger.ts";
import { MemoryInstruments, NOW } from "../../testing/memory/memory-ports.ts";
import { randomUniverse } from "../../testing/oracle/random-universe.ts";
import { makeRun } from "../../testing/builders/signal-builder.ts";
import { makeVerdict } from "../../testing/builders/verdict-builder.ts";
import type { RunOutcome, RunRequest } from "../ports/market-book.ts";
import { runScan } from "./run-scan.ts";
import type { ScanBars } from "./scan-bars.ts";

const ALL: RunRequest = { kind: "manual", market: null, topN: 0, minScore: 0, accept: [] };

function found(ticker: string, score: number, market: Market): Verdict {
  return makeVerdict({ ticker, score, market });
}

const VERDICTS: readonly Verdict[] = [
  found("000010", 70, "KOSPI"),
  found("000020", 90, "KOSDAQ"),
  found("000040", 80, "KOSPI"),
  found("000030", 80, "KOSPI"),
  makeVerdict({ ticker: "000050", score: 95, market: "KOSPI", detected: false }),
];

function tickers(request: Partial<RunRequest>): readonly string[] {
  return listDetected(VERDICTS, { ...ALL, ...request }).map(({ ticker }) => ticker);
}

describe("answer", () => {
  it("[SN3] lists what was detected, best score first, then by ticker", ({ expect }) => {
    expect(tickers({})).toEqual(["000020", "000030", "000040", "000010"]);
  });

  it("[SN3] narrows by market, by least score and by number; 0 is all", ({ expect }) => {
    expect(tickers({ market: "KOSPI" })).toEqual(["000030", "000040", "000010"]);
    expect(tickers({ market: "KONEX" })).toEqual([]);
    expect(tickers({ minScore: 80 })).toEqual(["000020", "000030", "000040"]);
    expect(tickers({ minScore: 80.01 })).toEqual(["000020"]);
    expect(tickers({ topN: 2 })).toEqual(["000020", "000030"]);
    expect(tickers({ market: "KOSPI", minScore: 75, topN: 1 })).toEqual(["000030"]);
  });

  it("[SN3] of any request is a part of the whole answer, in its order", ({ expect }) => {
    const requests = fc.record({
      kind: fc.constant("manual" as const),
      market: fc.constantFrom("KOSPI", "KOSDAQ", null),
      topN: fc.nat(6),
      minScore: fc.integer({ min: 0, max: 100 }),
    });
    fc.assert(
      fc.property(requests, (request) => {
        const whole = listDetected(VERDICTS, ALL);
        const part = listDetected(VERDICTS, request);
        expect(part).toEqual(whole.filter((verdict) => part.includes(verdict)));
        expect(request.topN === 0 || part.length <= request.topN).toBe(true);
      }),
    );
  });
});

/** The bars of a random market, as a book would hold them. */
function book(seed: number): { readonly bars: ScanBars; readonly instruments: MemoryInstruments } {
  const { listings, indices } = randomUniverse(seed, 150);
  const series = new Map(listings.map(({ ticker, rows }) => [ticker, columnsOf(rows)]));
  const counts = new Map<number, number>();
  for (const { day } of listings.flatMap(({ rows }) => rows)) {
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  const instruments = new MemoryInstruments();
  instruments.lists.KRX = listings.flatMap(({ instrument }) => (instrument ? [instrument] : []));
  return {
    instruments,
    bars: {
      listings: () => Array.from(series, ([ticker, columns]) => ({ ticker, columns })),
      series: (ticker) => series.get(ticker) ?? null,
      indexSeries: (code) => columnsOf(indices[code] ?? []),
      rowsByDay: () => counts,
      rebased: () => null,
    },
  };
}

async function run(
  request: RunRequest,
): Promise<{ readonly ledger: MemoryLedger; readonly outcome: RunOutcome }> {
  const { bars, instruments } = book(8);
  const ledger = new MemoryLedger();
  const started = makeRun({ exchange: "KRX", status: "running" });
  const outcome = await runScan(started, request, bars, { clock: { now: () => NOW }, ledger, instruments });
  return { ledger, outcome };
}

describe("a run", () => {
  it("[SN3] saves the same signals, events, gate and messages whatever was asked for", async ({ expect }) => {
    const whole = await run(ALL);
    const narrow = await run({ kind: "manual", market: "KOSDAQ", topN: 1, minScore: 60, accept: [] });
    assert(whole.outcome.status === "done" && narrow.outcome.status === "done", "Both scans are sound");
    expect(whole.ledger.stored.length).toBeGreaterThan(2);
    expect(new Set(whole.ledger.stored.map(({ signal }) => signal.market)).size).toBeGreaterThan(1);
    expect(narrow.outcome.results.length).toBeLessThan(whole.outcome.results.length);
    expect(narrow.ledger).toEqual(whole.ledger);
    expect(narrow.outcome.run).toEqual(whole.outcome.run);
  });
});
