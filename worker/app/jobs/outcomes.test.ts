import { describe, it } from "vitest";
import { assert } from "../../core/assert.ts";
import type { Row } from "../../core/bars/columns.ts";
import { rebase } from "../../core/lifecycle/corporate-action.ts";
import { PARAMS } from "../../core/params.ts";
import { MeasuredMarket, session } from "../../testing/memory/measured-market.ts";
import { makeGate } from "../../testing/builders/signal-builder.ts";
import type { SignalOutcome } from "../ports/outcome-store.ts";
import { tickerOf } from "../../core/nominal.ts";

/** The share of the signal of `makeBase`: pivot 50,000, trigger 50,100, stop 46,100. */
const SHARE = "D00001";
const HALT = { open: 0, high: 0, low: 0, volume: 0 };

/** The share triggers in session 0 and stands at `closes` from then on; a peer stands still. */
function marketOf(closes: readonly number[], first: Partial<Row> = { high: 50_500 }): MeasuredMarket {
  const market = new MeasuredMarket();
  market.list(SHARE, 49_000);
  market.list("D00002", 10_000);
  market.signal(0, {});
  for (const [n, close] of closes.entries()) {
    market.close(SHARE, n, close, n === 0 ? { open: 49_500, low: 49_300, ...first } : {});
    market.close("D00002", n, 10_000);
  }
  return market;
}

function at(outcomes: readonly SignalOutcome[], horizon: number): SignalOutcome | undefined {
  return outcomes.find((outcome) => outcome.horizon === horizon);
}

describe("the outcome of a signal", () => {
  it("[MO1] begins at the trigger in the session of the trigger, in per cent and in risks", async ({
    expect,
  }) => {
    const market = marketOf([50_400, 52_000, 51_000, 51_500, 54_108]);
    const outcomes = await market.measure(4);
    expect(at(outcomes, 5)).toMatchObject({ fill: "filled", entry: 50_100, stop: 46_100 });
    const result = at(outcomes, 5)?.result;
    expect(result?.change).toBeCloseTo(0.08, 12);
    expect(result?.r).toBeCloseTo(4_008 / 4_000, 12);
    expect(result?.best).toBeCloseTo(0.08, 12);
    expect(result?.worst).toBeCloseTo(49_300 / 50_100 - 1, 12);
    expect(result?.touch).toBe("none");
  });

  it("[MO1] begins at the open of a session that opens above the trigger, and its 2R with it", async ({
    expect,
  }) => {
    const first = { open: 50_600, high: 50_900, low: 50_500 };
    // 2R from 50,600 is 59,600; from the trigger it would have been 58,100.
    const outcomes = await marketOf([50_800, 55_000, 58_200, 58_200, 58_200], first).measure(4);
    expect(at(outcomes, 5)).toMatchObject({ entry: 50_600, result: { touch: "none" } });
    const higher = await marketOf([50_800, 55_000, 58_200, 59_600, 58_200], first).measure(4);
    expect(at(higher, 5)).toMatchObject({ entry: 50_600, result: { touch: "target" } });
  });

  it("[MO1] has touched within the horizon or not", async ({ expect }) => {
    const closes = Array.from({ length: 20 }, (_, n) => (n === 9 ? 46_000 : 50_400));
    const outcomes = await marketOf(closes).measure(19);
    const touches = outcomes.map(({ horizon, result }) => [horizon, result?.touch ?? null]);
    expect(touches).toEqual([
      [5, "none"],
      [10, "stop"],
      [20, "stop"],
      [60, null],
    ]);
  });

  it("[MO2] stands as a row from the session of the trigger, without figures until its last one", async ({
    expect,
  }) => {
    const market = marketOf(Array.from({ length: 60 }, () => 50_400));
    expect(await market.measure(-1)).toEqual([]);
    for (const [n, closed] of [
      [0, []],
      [3, []],
      [4, [5]],
      [9, [5, 10]],
      [18, [5, 10]],
      [19, [5, 10, 20]],
      [58, [5, 10, 20]],
      [59, [5, 10, 20, 60]],
    ] as const) {
      const outcomes = await market.measure(n, 0);
      expect(outcomes).toHaveLength(4);
      expect([n, outcomes.flatMap((one) => (one.result ? [one.horizon] : []))]).toEqual([n, closed]);
    }
  });

  it.for<readonly [string, Partial<Row>]>([
    ["untouched", { high: 50_000 }],
    ["untouched", HALT],
    ["locked", { open: 63_700, high: 63_700, low: 63_700, close: 63_700 }],
    ["beyond_zone", { open: 51_600, high: 52_000 }],
  ])("[MO3] has no figures when an order got nothing: %s", async ([fill, first], { expect }) => {
    const outcomes = await marketOf([50_000, 50_400, 50_400, 50_400, 50_400], first).measure(4);
    expect(outcomes.map((one) => [one.fill, one.entry, one.stop, one.result])).toEqual(
      Array.from({ length: 4 }, () => [fill, null, null, null]),
    );
  });

  it("[MO3] has none when its trigger was not known before: born above the pivot", async ({ expect }) => {
    const market = marketOf(Array.from({ length: 5 }, () => 50_400));
    market.signal(0, { id: "above", bornOn: session(0), triggeredOn: session(-1) }, "new_breakout");
    const late = (await market.measure(4)).filter(({ signalId }) => signalId === "above");
    expect(late.map(({ fill, enteredOn, result }) => [fill, enteredOn, result])).toEqual(
      Array.from({ length: 4 }, () => ["late", session(0), null]),
    );
  });

  it("[MO4] goes by the grade it was listed with and the gate of the evening before", async ({ expect }) => {
    const market = new MeasuredMarket();
    market.list(SHARE, 49_000);
    market.signal(0, { state: "EXTENDED", grade: "C" });
    market.signal(0, { id: "failed", state: "FAILED", grade: "D", score: PARAMS.grades.B.score });
    const before = { paramsVersion: "vcp-3", score: 61, rs: 70 };
    market.signal(0, { id: "earlier", state: "FAILED", grade: "D", ...before });
    market.close(SHARE, 0, 50_400);
    for (const [n, status] of [
      [-2, "GREEN"],
      [-1, "YELLOW"],
      [0, "RED"],
    ] as const) {
      market.ledger.gateLists.DEMO.unshift(makeGate({ day: session(n), status }));
    }
    const outcomes = await market.measure(0);
    const [failed, extended] = ["failed", "signal-1"].map((id) =>
      outcomes.find((one) => one.signalId === id),
    );
    expect(extended).toMatchObject({ signalId: "signal-1", grade: "A", gate: "YELLOW", contractions: 2 });
    expect(failed).toMatchObject({ signalId: "failed", grade: "B", gate: "YELLOW" });
    // Of an earlier law, and by its conditions, however often it is measured.
    expect(await market.outcomes.outcomes("DEMO", "vcp-3")).toMatchObject(
      Array.from({ length: 4 }, () => ({ signalId: "earlier", grade: "B" })),
    );
    market.ledger.gateLists.DEMO.splice(0);
    expect((await market.measure(0)).map(({ gate }) => gate)).toEqual(Array.from({ length: 8 }, () => null));
  });
});

describe("the baseline", () => {
  it("[MO5] is the mean of what was eligible the evening before, from the open of the same session", async ({
    expect,
  }) => {
    const market = new MeasuredMarket();
    market.list(SHARE, 49_000);
    market.signal(0, {});
    market.list("D00002", 10_000);
    market.list("D00003", 20_000);
    market.list("D00004", 900);
    market.list("D00005", 10_000, 1_000);
    market.list("D00006", 10_000);
    market.list("D00008", 990, 2_000_000);
    market.list("D00007", 10_000);
    const known = {
      market: "KOSPI",
      industry: null,
      listedOn: null,
      nameEn: null,
      listedShares: null,
    } as const;
    market.instruments.lists.DEMO = [
      { ticker: tickerOf("D00007"), name: "우", kind: "preferred", notice: null, ...known },
      // What is known of a notice is today's, and not that of the evening before.
      { ticker: tickerOf("D00002"), name: "가", kind: "common", notice: "caution", ...known },
      ...[SHARE, "D00003", "D00004", "D00005", "D00006", "D00008"].map((code) => ({
        ticker: tickerOf(code),
        name: code,
        kind: "common" as const,
        notice: null,
        ...known,
      })),
    ];
    for (let n = 0; n < 5; n++) {
      market.close(SHARE, n, 50_400, n === 0 ? { open: 50_000, high: 50_500 } : {});
      market.close("D00002", n, n === 4 ? 11_550 : 10_500);
      // A jump beyond the limit after the entry was not known the evening before.
      market.close("D00003", n, [20_000, 20_000, 20_000, 40_000, 19_000][n] ?? 0);
      // Too cheap, too thin, halted in the session of the entry, no common share, too cheap until then: all double.
      market.close("D00004", n, n === 4 ? 1_800 : 900);
      market.close("D00005", n, n === 4 ? 20_000 : 10_000);
      market.close("D00006", n, n === 4 ? 20_000 : 10_000, n === 0 ? HALT : {});
      market.close("D00007", n, n === 4 ? 20_000 : 10_000);
      market.close("D00008", n, n === 4 ? 2_000 : 1_000);
    }
    const result = at(await market.measure(4), 5)?.result;
    expect(result?.peers).toBe(3);
    expect(result?.baseline).toBeCloseTo((0.008 + 0.1 - 0.05) / 3, 12);
  });
});

describe("measuring", () => {
  it("[MO6] again changes nothing, and a correction measures anew", async ({ expect }) => {
    const market = marketOf(Array.from({ length: 12 }, () => 50_400));
    const first = structuredClone(await market.measure(11));
    expect(await market.measure(11)).toEqual(first);
    expect(await market.measure(11, 0)).toEqual(first);
    const rows = market.rows.get(SHARE) ?? [];
    const corrected = rows.map((row) =>
      row.day === session(4) ? { ...row, close: 51_102, high: 51_102 } : row,
    );
    market.rows.set(SHARE, corrected);
    const second = await market.measure(11, 4);
    expect(at(second, 5)?.result?.change).toBeCloseTo(0.02, 12);
    expect(at(second, 10)?.result?.change).toBe(at(first, 10)?.result?.change);
    expect(at(second, 10)?.result?.best).toBeCloseTo(0.02, 12);
  });

  it("[MO6] saves only what changed bars can change", async ({ expect }) => {
    const market = marketOf(Array.from({ length: 12 }, () => 50_400));
    await market.measure(4);
    const saved = async (n: number, from: number): Promise<readonly number[]> => {
      await market.measure(n, from);
      return market.outcomes.saves.at(-1)?.outcomes.map(({ horizon }) => horizon) ?? [];
    };
    expect(await saved(5, 5)).toEqual([]);
    expect(await saved(9, 9)).toEqual([10]);
    expect(await saved(11, 8)).toEqual([10]);
    expect(await saved(11, 0)).toEqual([5, 10, 20, 60]);
    expect(await market.outcomes.measured("DEMO")).toEqual({
      asOf: session(11),
      paramsVersion: PARAMS.version,
    });
  });

  it("[MO6] for the first time measures everything that the bars hold", async ({ expect }) => {
    const market = marketOf(Array.from({ length: 12 }, () => 50_400));
    const outcomes = await market.measure(11, 11);
    expect(outcomes.map(({ result }) => result !== null)).toEqual([true, true, false, false]);
  });

  it("[MO8] follows a split: the same change, and the entry in won of its session", async ({ expect }) => {
    const plain = marketOf([50_400, 51_000, 52_000, 52_000, 52_500]);
    const split = marketOf([50_400, 51_000]);
    split.close(SHARE, 2, 5_200, { base: 5_100 });
    split.close(SHARE, 3, 5_200);
    split.close(SHARE, 4, 5_250);
    for (const n of [2, 3, 4]) {
      split.close("D00002", n, 10_000);
    }
    const [expected, seen] = [at(await plain.measure(4), 5), at(await split.measure(4), 5)];
    expect(seen?.entry).toBeCloseTo(50_100, 6);
    expect(seen?.stop).toBeCloseTo(46_100, 6);
    expect(seen?.result?.change).toBeCloseTo(expected?.result?.change ?? 0, 12);
    expect(seen?.result?.r).toBeCloseTo(expected?.result?.r ?? 0, 12);
  });

  it("[MO8] goes back to the plan of the trigger when a corporate action has moved an open signal", async ({
    expect,
  }) => {
    const closes = [50_400, 51_000, 52_000, 52_000, 52_500];
    const plain = at(await marketOf(closes).measure(4), 5);
    for (const factor of [0.1, 0.2, 0.37, 0.971, 3]) {
      const market = marketOf(closes);
      for (const [k, row] of (market.rows.get(SHARE) ?? []).entries()) {
        const moved = { ...row, open: row.open * factor, high: row.high * factor, low: row.low * factor };
        const base = row.day === session(2) ? 51_000 * factor : null;
        if (row.day >= session(2)) {
          market.rows.get(SHARE)?.splice(k, 1, { ...moved, close: row.close * factor, base });
        }
      }
      const [stored] = market.ledger.stored;
      assert(stored, "The signal is stored");
      const { signal } = rebase(stored.signal, factor, session(2), PARAMS);
      market.ledger.stored = [{ ...stored, signal: { ...signal, appliedOn: session(4) } }];
      const seen = at(await market.measure(4), 5);
      expect(seen?.entry).toBeCloseTo(plain?.entry ?? 0, 6);
      expect(seen?.stop).toBeCloseTo(plain?.stop ?? 0, 6);
      expect(seen?.result?.r).toBeCloseTo(plain?.result?.r ?? 0, 9);
    }
  });

  it("[MO8] leaves the rows of sessions that the book has given up", async ({ expect }) => {
    const market = marketOf(Array.from({ length: 12 }, () => 50_400));
    const before = structuredClone(await market.measure(11));
    for (const [ticker, rows] of market.rows) {
      market.rows.set(ticker, rows.slice(-8));
    }
    expect(await market.measure(11, 0)).toEqual(before);
  });

  it("[MO9] keeps the exchanges apart", async ({ expect }) => {
    const market = marketOf(Array.from({ length: 5 }, () => 50_400));
    market.signal(0, { id: "k", exchange: "KRX" });
    const outcomes = await market.measure(4);
    expect(new Set(outcomes.map(({ signalId }) => signalId))).toEqual(new Set(["signal-1"]));
    expect(await market.outcomes.measured("KRX")).toBeNull();
  });

  it("[MO9] saves nothing for a book without bars, and saves nothing when a store fails", async ({
    expect,
  }) => {
    const empty = new MeasuredMarket();
    empty.signal(0, {});
    expect(await empty.measure(4)).toEqual([]);
    expect(await empty.outcomes.measured("DEMO")).toBeNull();
    const market = marketOf([50_400]);
    market.outcomes.gateDays = () => Promise.reject(new Error("the disk is full"));
    await expect(market.measure(0)).rejects.toThrow("the disk is full");
    expect(market.outcomes.saves).toEqual([]);
  });
});
