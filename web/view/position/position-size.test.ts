import * as fc from "fast-check";
import { describe, it } from "vitest";
import { tickAt } from "../../../worker/core/bars/tick-size.ts";
import {
  LIMITS,
  type PositionFields,
  type PositionInput,
  readPosition,
  shareOfVolume,
  sizePosition,
} from "./position-size.ts";

const FIELDS: PositionFields = { equity: "1,000만", risk: "1", entry: "10,010", stop: "9,490" };

/** Any input that {@link readPosition} lets through, the ends of its limits among it. */
const input = fc
  .record({
    equity: fc.oneof(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: LIMITS.equity[1] })),
    risk: fc.integer({ min: LIMITS.risk[0], max: LIMITS.risk[1] }),
    stop: fc.oneof(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: LIMITS.stop[1] - 1 })),
    oneR: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 10_000_000 })),
  })
  .map(({ oneR, ...rest }): PositionInput => ({
    ...rest,
    entry: Math.min(rest.stop + oneR, LIMITS.entry[1]),
  }));

describe("the size of a position", () => {
  it("[UI220] a worked example: one per cent of ten million won", ({ expect }) => {
    const { input: read } = readPosition(FIELDS);
    expect(read).toEqual({ equity: 10_000_000, risk: 100, entry: 10_010, stop: 9_490 });
    const position = sizePosition(read ?? { equity: 1, risk: 1, entry: 2, stop: 1 }, "krx");
    expect(position).toEqual({
      shares: 192,
      boundBy: "risk",
      cost: 1_921_920,
      atRisk: 99_840,
      budget: 100_000,
      oneR: 520,
      riskOfEntry: 520 / 10_010,
      targets: [10_530, 11_050, 11_570],
    });
  });

  it("[UI220] the equity pays for the shares, and what stopped the count is named", ({ expect }) => {
    // One per cent at risk with a stop half a per cent away would cost twice the equity.
    const tight = sizePosition({ equity: 10_000_000, risk: 100, entry: 10_000, stop: 9_950 }, "krx");
    expect([tight.shares, tight.boundBy, tight.cost]).toEqual([1_000, "equity", 10_000_000]);
    const none = sizePosition({ equity: 100_000, risk: 100, entry: 71_900, stop: 68_600 }, "krx");
    expect([none.shares, none.boundBy, none.atRisk, none.cost, none.budget]).toEqual([
      0,
      "risk",
      0,
      0,
      1_000,
    ]);
  });

  it("[UI220] never risks more than allowed nor costs more than there is, and a share more would", ({
    expect,
  }) => {
    fc.assert(
      fc.property(input, (given) => {
        const { shares, atRisk, cost, oneR, budget, targets } = sizePosition(given, "krx");
        const exact = BigInt(given.equity) * BigInt(given.risk);
        const riskOf = (count: number): bigint => BigInt(count) * BigInt(oneR) * 10_000n;
        expect(riskOf(shares) <= exact && BigInt(shares) * BigInt(given.entry) <= BigInt(given.equity)).toBe(
          true,
        );
        expect(
          riskOf(shares + 1) > exact || BigInt(shares + 1) * BigInt(given.entry) > BigInt(given.equity),
        ).toBe(true);
        expect(atRisk).toBeLessThanOrEqual(budget);
        for (const value of [shares, atRisk, cost, budget, ...targets]) {
          expect(Number.isSafeInteger(value)).toBe(true);
        }
        targets.forEach((target, i) => {
          expect(target % tickAt(target, "krx")).toBe(0);
          expect(target - (given.entry + (i + 1) * oneR)).toBeGreaterThanOrEqual(0);
          expect(target - (given.entry + (i + 1) * oneR)).toBeLessThan(1_000);
        });
      }),
      { seed: 23, numRuns: 3_000 },
    );
  });

  it("[UI308] allows as many shares by won as by the per cent that come to them, up to a tenth of the equity", ({
    expect,
  }) => {
    const { input: read } = readPosition({ ...FIELDS, risk: "10만" }, "won");
    expect(read).toEqual({ equity: 10_000_000, risk: 100_000, entry: 10_010, stop: 9_490, unit: "won" });
    expect(sizePosition(read ?? { equity: 1, risk: 1, entry: 2, stop: 1 }, "krx")).toEqual(
      sizePosition({ equity: 10_000_000, risk: 100, entry: 10_010, stop: 9_490 }, "krx"),
    );
    expect(readPosition({ ...FIELDS, risk: "100만" }, "won").faults).toBeNull();
    expect(readPosition({ ...FIELDS, risk: "1,000,001" }, "won").faults).toEqual({ risk: "range" });
    expect(readPosition({ ...FIELDS, risk: "0.5" }, "won").faults).toEqual({ risk: "unreadable" });
  });

  it("[UI220] more equity or more risk never gives fewer shares, a stop nearer to the entry neither", ({
    expect,
  }) => {
    fc.assert(
      fc.property(input, fc.nat({ max: 1_000_000 }), fc.nat({ max: 100 }), (given, won, part) => {
        const { shares } = sizePosition(given, "krx");
        const richer = { ...given, equity: Math.min(given.equity + won, LIMITS.equity[1]) };
        const bolder = { ...given, risk: Math.min(given.risk + part, LIMITS.risk[1]) };
        const nearer = { ...given, stop: Math.min(given.stop + part, given.entry - 1) };
        for (const other of [richer, bolder, nearer]) {
          expect(sizePosition(other, "krx").shares).toBeGreaterThanOrEqual(shares);
        }
      }),
      { seed: 24, numRuns: 2_000 },
    );
  });

  it("[UI221] each field names what it lacks, and a stop that is not below the entry is refused", ({
    expect,
  }) => {
    const faultsOf = (fields: Partial<PositionFields>) => readPosition({ ...FIELDS, ...fields }).faults;
    expect(faultsOf({})).toBeNull();
    expect(faultsOf({ equity: "", risk: "abc" })).toEqual({ equity: "empty", risk: "unreadable" });
    expect(faultsOf({ equity: "0" })).toEqual({ equity: "range" });
    expect(faultsOf({ equity: "1조 1" })).toEqual({ equity: "range" });
    expect(faultsOf({ risk: "10.01" })).toEqual({ risk: "range" });
    expect(faultsOf({ risk: "0" })).toEqual({ risk: "range" });
    expect(faultsOf({ stop: "10,010" })).toEqual({ stop: "not_below" });
    expect(faultsOf({ stop: "10,020" })).toEqual({ stop: "not_below" });
    // Nothing is said about the stop while the entry is unknown.
    expect(faultsOf({ entry: "x", stop: "10,020" })).toEqual({ entry: "unreadable" });
  });

  it("[UI222] the part of a day's volume is unknown where its mean is", ({ expect }) => {
    expect([shareOfVolume(500, 100_000), shareOfVolume(500, null), shareOfVolume(500, 0)]).toEqual([
      0.005,
      null,
      null,
    ]);
  });
});
