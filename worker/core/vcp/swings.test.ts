/** SW: each sentence of the rule on a handful of bars. */
import { describe, it } from "vitest";
import { barsOf, swingsOf } from "../../testing/oracle/kernel-swings.ts";
import { dated, drawPath, type UndatedRow, withHalts } from "../../testing/builders/price-path.ts";
import { randomSeries } from "../../testing/builders/random-series.ts";
import type { Row } from "../bars/columns.ts";
import { PARAMS } from "../params.ts";
import { Legs } from "./legs.ts";
import { findSwings, Swings } from "./swings.ts";

/** [kind, bar, confirmed at] of each swing at a scale at which every threshold is 20 %. */
function turnsOf(bars: readonly (readonly [high: number, low: number])[]): (string | number | null)[][] {
  const rows = bars.map(([high, low]): UndatedRow => ({
    open: low,
    high,
    low,
    close: (high + low) / 2,
    volume: 1,
  }));
  return swingsOf(barsOf(dated(rows)), 1_000).map(({ kind, bar, confirmedAt }) => [kind, bar, confirmedAt]);
}

describe("average true range", () => {
  it("[SW1] is a running mean for 20 bars and Wilder's from then on; bar 0 uses its own close", ({
    expect,
  }) => {
    const rows = dated(
      Array.from({ length: 22 }, (_, k) => ({
        open: 100,
        high: k === 20 ? 150 : 110,
        low: k === 21 ? 50 : 100,
        close: 100,
        volume: 1,
      })),
    );
    const { range } = barsOf(rows);
    expect(range[0]).toBeCloseTo(0.1, 12);
    expect(range[19]).toBeCloseTo(0.1, 12);
    expect(range[20]).toBeCloseTo(0.1 + (0.5 - 0.1) / 20, 12);
    expect(range[21]).toBeCloseTo(0.12 + (0.6 - 0.12) / 20, 12);
  });

  it("[SW1] measures gaps from the close before, up and down", ({ expect }) => {
    const bar = (high: number, low: number, close: number): UndatedRow => ({
      open: low,
      high,
      low,
      close,
      volume: 1,
    });
    const { range } = barsOf(dated([bar(100, 100, 100), bar(130, 120, 125), bar(100, 75, 80)]));
    expect(range[0]).toBe(0);
    expect(range[1]).toBeCloseTo(0.3 / 2, 12);
    expect(range[2]).toBeCloseTo((0.3 + 50 / 125) / 3, 12);
  });

  it("[SW1] a halt between two bars is no bar", ({ expect }) => {
    const rows = randomSeries(3).filter((row) => row.volume > 0);
    const { n, range } = barsOf(withHalts(rows, 100, 7));
    expect(range.slice(0, n)).toEqual(barsOf(rows).range.slice(0, rows.length));
  });
});

describe("a leg", () => {
  it("[SW2] up is confirmed at its extreme when a low falls by the threshold, exactly the threshold included", ({
    expect,
  }) => {
    const rise = [
      [100, 100],
      [125, 121],
      [200, 190],
    ] as const;
    expect(turnsOf([...rise, [190, 161]])).toEqual([
      ["low", 0, 1],
      ["high", 2, null],
    ]);
    expect(turnsOf([...rise, [190, 160]])).toEqual([
      ["low", 0, 1],
      ["high", 2, 3],
      ["low", 3, null],
    ]);
  });

  it("[SW2] up is extended by an outside bar, which does not confirm", ({ expect }) => {
    expect(
      turnsOf([
        [100, 100],
        [125, 121],
        [200, 190],
        [201, 150],
      ]),
    ).toEqual([
      ["low", 0, 1],
      ["high", 3, null],
    ]);
  });

  it("[SW2] down mirrors it", ({ expect }) => {
    const fall = [
      [100, 100],
      [79, 75],
      [52, 50],
    ] as const;
    expect(turnsOf([...fall, [59.9, 55]])).toEqual([
      ["high", 0, 1],
      ["low", 2, null],
    ]);
    expect(turnsOf([...fall, [60, 55]])).toEqual([
      ["high", 0, 1],
      ["low", 2, 3],
      ["high", 3, null],
    ]);
    expect(turnsOf([...fall, [70, 49]])).toEqual([
      ["high", 0, 1],
      ["low", 3, null],
    ]);
  });

  it("[SW2] equal extremes keep the first bar", ({ expect }) => {
    expect(
      turnsOf([
        [100, 100],
        [125, 121],
        [200, 190],
        [200, 190],
        [180, 150],
        [170, 150],
      ]),
    ).toEqual([
      ["low", 0, 1],
      ["high", 2, 4],
      ["low", 4, null],
    ]);
  });

  it("[SW2] begins at the most extreme bar after the confirmed one, not at the confirming bar", ({
    expect,
  }) => {
    const bar = (high: number, low: number, close: number): UndatedRow => ({
      open: low,
      high,
      low,
      close,
      volume: 1,
    });
    const calming = dated([
      ...Array.from({ length: 40 }, () => bar(105, 95, 100)),
      bar(112, 105, 110),
      bar(110, 101, 102),
      ...Array.from({ length: 20 }, () => bar(103, 102, 102.5)),
    ]);
    const [low, high, next] = swingsOf(barsOf(calming), 1.2);
    expect(low).toMatchObject({ kind: "low", bar: 0, confirmedAt: 40 });
    expect(high).toMatchObject({ kind: "high", bar: 40, price: 112 });
    // Two days after the low of 101 the bars grow quiet, and the threshold sinks to a fall that has already passed.
    expect(high?.confirmedAt).toBeGreaterThan(43);
    expect(next).toMatchObject({ kind: "low", bar: 41, price: 101 });
  });

  it("[SW2] the first: whichever direction confirms first, high before low on one bar", ({ expect }) => {
    expect(
      turnsOf([
        [100, 100],
        [125, 80],
        [110, 100],
        [100, 99],
      ]),
    ).toEqual([
      ["high", 1, 2],
      ["low", 3, null],
    ]);
    expect(
      turnsOf([
        [110, 100],
        [110, 88],
        [109, 89],
        [108, 88],
      ]),
    ).toEqual([
      ["high", 0, 1],
      ["low", 1, 2],
      ["high", 2, null],
    ]);
  });

  it("[SW2] thresholds stay within 1.2 % and 20 %", ({ expect }) => {
    const calm = drawPath([
      [0, 10_000],
      [60, 10_000],
      [61, 10_060],
      [62, 9_940],
    ]);
    expect(swingsOf(barsOf(calm), 1.2)).toEqual([]);
    const deeper = drawPath([
      [0, 10_000],
      [60, 10_000],
      [61, 10_060],
      [62, 9_939],
    ]);
    expect(swingsOf(barsOf(deeper), 1.2).map(({ bar, confirmedAt }) => [bar, confirmedAt])).toEqual([
      [61, 62],
      [62, null],
    ]);
  });
});

describe("legs", () => {
  const legsOf = (rows: readonly Row[], scale: number): Legs => {
    const swings = new Swings();
    const legs = new Legs();
    findSwings(barsOf(rows), scale, PARAMS.swing, swings);
    legs.load(swings);
    return legs;
  };
  const UP_DOWN = [
    [0, 10_000],
    [40, 20_000],
    [60, 14_000],
  ] as const;

  it("[SW4] the last low may be provisional, and is then marked", ({ expect }) => {
    const legs = legsOf(drawPath(UP_DOWN), 5.4);
    expect([legs.count, legs.provisional, legs.high[0], legs.low[0]]).toEqual([1, true, 40, 60]);
  });

  it("[SW4] a trailing provisional high is ignored, and the confirmed low before it is not provisional", ({
    expect,
  }) => {
    const legs = legsOf(drawPath([...UP_DOWN, [90, 22_000]]), 5.4);
    expect([legs.count, legs.provisional, legs.low[0]]).toEqual([1, false, 60]);
  });

  it("[SW4] without a swing there is no leg", ({ expect }) => {
    const legs = legsOf(
      drawPath([
        [0, 10_000],
        [80, 10_000],
      ]),
      1.2,
    );
    expect([legs.count, legs.provisional]).toEqual([0, false]);
    expect(legsOf([], 1.2).count).toBe(0);
  });
});
