import { describe, it } from "vitest";
import { columnsOf } from "../../core/bars/columns.ts";
import { PARAMS } from "../../core/params.ts";
import type { ScanResult } from "../../core/scan/scan-result.ts";
import type { Signal } from "../../core/lifecycle/signal.ts";
import type { Verdict } from "../../core/vcp/verdict.ts";
import { session } from "../../testing/builders/life-builder.ts";
import { dayOf, makeBase, makeGate, makeSignal } from "../../testing/builders/signal-builder.ts";
import { makeVerdict } from "../../testing/builders/verdict-builder.ts";
import { settleScan, type Settled } from "./settle-scan.ts";

const SESSIONS = Array.from({ length: 70 }, (_, k) => session(k - 68));

function rowsClosingAt(close: number) {
  return columnsOf(
    SESSIONS.map((day) => {
      const price = { open: close, high: close, low: close, close };
      return { day, ...price, volume: 1_000, value: null, shares: null, base: null };
    }),
  );
}

/** One scan of session 1 in which every ticker closed at its price in `closes`, 49,000 without one. */
function settle(
  verdicts: readonly Verdict[],
  open: readonly Signal[],
  ended: readonly Signal[] = [],
  closes: Readonly<Record<string, number>> = {},
): Settled {
  const result: ScanResult = {
    asOf: session(1),
    paramsVersion: PARAMS.version,
    funnel: { universe: 9, eligible: 9, template: 9, base: 9, detected: 9 },
    rejects: {},
    verdicts,
    // Each waiting signal stands on the base that the scan lists.
    incumbents: new Map(
      verdicts
        .filter(({ ticker }) => open.some((signal) => signal.ticker === ticker))
        .map((one) => [one.ticker, one]),
    ),
    gate: makeGate(),
  };
  const stored = (signal: Signal) => ({ signal, createdAt: 1, updatedAt: 1, runId: "run-0" });
  return settleScan({
    exchange: "DEMO",
    result,
    open: open.map(stored),
    ended: ended.map(stored),
    eventCounts: new Map([...open, ...ended].map(({ id }, i) => [id, i + 2])),
    instruments: new Map(),
    sessions: SESSIONS,
    rowsOf: (ticker) => (ticker === "D00009" ? null : rowsClosingAt(closes[ticker] ?? 49_000)),
    params: PARAMS,
  });
}

function verdictOf(ticker: string, overrides: Partial<Verdict> = {}): Verdict {
  return makeVerdict({ ticker, asOf: session(1), base: makeBase(), ...overrides });
}

const ABSENT = { detected: false, valid: false, base: null } as const;

describe("settling a scan", () => {
  it("[JB3] puts each signal into the diff once, under the strongest thing that happened", ({ expect }) => {
    const later = makeBase({
      contractions: makeBase().contractions.map((leg, i) =>
        i === 0 ? leg : { ...leg, highDay: dayOf("2025-05-06") },
      ),
      pivot: 48_500,
      entry: 48_550,
    });
    const open = [
      makeSignal({ id: "revised-and-triggered", ticker: "D00001", close: 48_000 }),
      makeSignal({ id: "triggered-and-failed", ticker: "D00002", base: makeBase({ entry: 45_000 }) }),
      makeSignal({ id: "moved", ticker: "D00003", state: "FORMING" }),
      makeSignal({ id: "still", ticker: "D00004" }),
    ];
    const ended = [
      makeSignal({
        id: "back",
        ticker: "D00005",
        state: "EXPIRED",
        reason: "left_scan:QT1",
        endedOn: session(-2),
      }),
    ];
    const verdicts = [
      verdictOf("D00001", { base: later }),
      verdictOf("D00002", ABSENT),
      verdictOf("D00003"),
      verdictOf("D00004"),
      verdictOf("D00005"),
      verdictOf("D00006"),
      verdictOf("D00007", ABSENT),
    ];
    const settled = settle(verdicts, open, ended, { D00002: 45_500 });
    expect(settled.diff).toEqual({
      born: ["back", "D00006.20250303.20250421"],
      revised: ["revised-and-triggered"],
      moved: ["moved"],
      ended: ["triggered-and-failed"],
    });
    expect(settled.signals.map(({ id }) => id)).toContain("still");
    expect(settled.signals).toHaveLength(6);
  });

  it("[JB2] numbers each signal's events on from its own count", ({ expect }) => {
    const open = [
      makeSignal({ id: "a", ticker: "D00001", state: "FORMING" }),
      makeSignal({ id: "b", ticker: "D00002", base: makeBase({ entry: 48_000 }) }),
    ];
    const { events } = settle([verdictOf("D00001"), verdictOf("D00002", ABSENT), verdictOf("D00003")], open);
    expect(events.map(({ signalId, seq }) => [signalId, seq])).toEqual([
      ["a", 3],
      ["b", 4],
      ["b", 5],
      ["D00003.20250303.20250421", 1],
    ]);
  });

  it("[JB1] is the same for the same scan, and leaves tickers without bars alone", ({ expect }) => {
    const open = [makeSignal({ id: "gone", ticker: "D00009" }), makeSignal({ id: "a", ticker: "D00001" })];
    const verdicts = [verdictOf("D00001"), verdictOf("D00009", ABSENT)];
    const settled = settle(verdicts, open);
    expect(settled.signals.map(({ id }) => id)).toEqual(["a"]);
    expect(settle(verdicts, open)).toEqual(settled);
  });

  it("[JB1] replays the sessions that no scan saw, from each signal's own last one", ({ expect }) => {
    const open = [
      makeSignal({ id: "fresh", ticker: "D00001", appliedOn: session(0), baseBars: 50 }),
      makeSignal({ id: "stale", ticker: "D00002", appliedOn: session(-5), baseBars: 50 }),
    ];
    const verdicts = [verdictOf("D00001", ABSENT), verdictOf("D00002", ABSENT)];
    const counted = settle(verdicts, open).signals.map(({ baseBars, misses }) => [baseBars, misses]);
    expect(counted).toEqual([
      [51, 1],
      [56, 1],
    ]);
  });
});
