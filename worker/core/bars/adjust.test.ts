/** Corporate actions read from base prices: the cases that the exchange's own files hold. */
import * as fc from "fast-check";
import { describe, it } from "vitest";
import { adjust } from "./adjust.ts";
import { type Columns, columnsOf, type Row } from "./columns.ts";
import { originCode, TWO_CLOSES_SINCE } from "./origin.ts";
import { tradingDayOf } from "../calendar/trading-day.ts";

/** A row whose four prices are `close`; day counts up from 20,000. */
function row(k: number, close: number, rest: Partial<Row> = {}): Row {
  const prices = { open: close, high: close, low: close, close };
  const none = { value: null, shares: null, base: null };
  return { day: tradingDayOf(20_000 + k), ...prices, volume: 100, ...none, ...rest };
}

function halt(k: number, close: number, rest: Partial<Row> = {}): Row {
  return row(k, close, { open: 0, high: 0, low: 0, volume: 0, ...rest });
}

function closes(columns: Columns): readonly number[] {
  return Array.from(columns.close);
}

describe("adjust", () => {
  it("[BR3a] scales prices and volumes before a split and names its day and factor", ({ expect }) => {
    const { columns, events } = adjust(
      columnsOf([
        row(0, 54_000, { base: 54_000 }),
        row(1, 54_400, { base: 54_000 }),
        row(2, 5_500, { base: 5_440 }),
      ]),
    );
    expect(closes(columns)).toEqual([5_400, 5_440, 5_500]);
    expect(Array.from(columns.volume)).toEqual([1_000, 1_000, 100]);
    expect(events).toEqual([{ day: 20_002, factor: 0.1 }]);
  });

  it("[BR3a] keeps the volume when only a dividend or a right moved the base", ({ expect }) => {
    const { columns, events } = adjust(columnsOf([row(0, 38_500), row(1, 36_500, { base: 36_050 })]));
    expect(closes(columns)).toEqual([38_500 * (36_050 / 38_500), 36_500]);
    expect(Array.from(columns.volume)).toEqual([100, 100]);
    expect(events).toHaveLength(1);
  });

  it("[BR3a] leaves prices equal that are equal, whatever actions lie between them", ({ expect }) => {
    // 1,735,000 x (0.2 x 0.2) is not the double that 347,000 x 0.2 is.
    for (let price = 1_000; price <= 60_000; price += 50) {
      const rows = [
        row(0, 25 * price),
        row(1, 5 * price, { base: 5 * price }),
        row(2, 5 * price, { base: 5 * price }),
        row(3, price, { base: price }),
      ];
      expect(closes(adjust(columnsOf(rows)).columns)).toEqual([price, price, price, price]);
    }
  });

  it("[BR3a] takes a base less than a tick away for rounding, and a whole tick for an action", ({
    expect,
  }) => {
    const rounded = columnsOf([row(0, 2_037), row(1, 2_050, { base: 2_040 })]);
    expect(adjust(rounded)).toEqual({ columns: rounded, events: [] });
    expect(adjust(columnsOf([row(0, 2_040), row(1, 2_050, { base: 2_045 })])).events).toHaveLength(1);
  });

  it("[BR3a] believes the share count, not the auction, when a share reopens after a halt", ({ expect }) => {
    const rows = [
      row(0, 263, { shares: 100_000 }),
      halt(1, 263, { shares: 100_000 }),
      row(2, 2_700, { base: 2_720, shares: 10_000 }),
    ];
    const { columns, events } = adjust(columnsOf(rows));
    expect(events).toEqual([{ day: 20_002, factor: 10 }]);
    expect(closes(columns)).toEqual([2_630, 2_630, 2_700]);
    expect(Array.from(columns.open)).toEqual([2_630, 0, 2_700]);
    expect(Array.from(columns.volume)).toEqual([10, 0, 100]);
  });

  it("[BR3a] believes the base when nobody was halted or the share count stood still", ({ expect }) => {
    const trading = [row(0, 1_000, { shares: 10 }), row(1, 500, { base: 500, shares: 40 })];
    expect(adjust(columnsOf(trading)).events).toEqual([{ day: 20_001, factor: 0.5 }]);
    const still = [halt(0, 1_000, { shares: 10 }), row(1, 500, { base: 500, shares: 10 })];
    expect(adjust(columnsOf(still)).events).toEqual([{ day: 20_001, factor: 0.5 }]);
  });

  it("[BR3a] multiplies the factors of several actions", ({ expect }) => {
    const rows = [
      row(0, 8_000),
      row(1, 4_000, { base: 4_000 }),
      row(2, 4_000, { base: 4_000 }),
      row(3, 1_000, { base: 1_000 }),
    ];
    const { columns, events } = adjust(columnsOf(rows));
    expect(closes(columns)).toEqual([1_000, 1_000, 1_000, 1_000]);
    expect(events.map((event) => event.factor)).toEqual([0.5, 0.25]);
  });

  it("[BR3a] hands back the same arrays without a base price, and with one that never moves", ({
    expect,
  }) => {
    const none = columnsOf([row(0, 1_000), row(1, 5_000)]);
    expect(adjust(none).columns).toBe(none);
    const quiet = columnsOf([row(0, 1_000), row(1, 1_010, { base: 1_000 })]);
    expect(adjust(quiet).columns).toBe(quiet);
    expect(adjust(columnsOf([]))).toEqual({ columns: columnsOf([]), events: [] });
  });

  it("[BR3a] leaves the rows from the last action on as they were, and every move within a stretch the same", ({
    expect,
  }) => {
    const price = fc.integer({ min: 1_000, max: 900_000 });
    const rows = fc.array(fc.record({ close: price, base: fc.option(price) }), {
      minLength: 2,
      maxLength: 40,
    });
    fc.assert(
      fc.property(rows, (days) => {
        const raw = columnsOf(days.map(({ close, base }, k) => row(k, close, { base })));
        const { columns, events } = adjust(raw);
        const starts = new Set(events.map((event) => event.day - 20_000));
        for (let k = 1; k < days.length; k++) {
          const move = (of: Columns): number => (of.close[k] ?? 0) / (of.close[k - 1] ?? 0);
          const base = days[k]?.base ?? null;
          const expected = starts.has(k) && base !== null ? (days[k]?.close ?? 0) / base : move(raw);
          expect(move(columns)).toBeCloseTo(expected, 9);
        }
        expect(columns.close.at(-1)).toBe(raw.close.at(-1));
      }),
      { seed: 20_250_617 },
    );
  });
});

/** A row of a day with an after-market, whose close is the last price. */
function lastRow(k: number, close: number, rest: Partial<Row> = {}): Row {
  const day = tradingDayOf(TWO_CLOSES_SINCE + k);
  return row(k, close, { day, origin: originCode(1, { close: "last", final: true }), ...rest });
}

describe("adjust after a close that is not the regular one", () => {
  it("[BR3b] finds no action where a share traded on, also at the limit of the day", ({ expect }) => {
    const rows = [
      lastRow(0, 10_050, { base: 10_000 }),
      lastRow(1, 12_900, { base: 10_000 }),
      lastRow(2, 7_010, { base: 7_000 }),
    ];
    const columns = columnsOf(rows);
    expect(adjust(columns)).toEqual({ columns, events: [] });
    expect(adjust({ ...columns, origin: null }).events).toEqual([]);
  });

  it("[BR3b] holds the base against a regular close as ever", ({ expect }) => {
    const regular = originCode(1, { close: "regular", final: true });
    const rows = [
      lastRow(0, 10_050, { base: 10_000, origin: regular }),
      lastRow(1, 10_000, { base: 10_000 }),
    ];
    expect(adjust(columnsOf(rows)).events).toEqual([{ day: TWO_CLOSES_SINCE + 1, factor: 10_000 / 10_050 }]);
  });

  it("[BR3b] takes the factor from the listed shares, and none from new shares that moved no price", ({
    expect,
  }) => {
    const split = [
      lastRow(0, 10_050, { base: 10_000, shares: 100 }),
      lastRow(1, 2_000, { base: 2_000, shares: 500 }),
    ];
    expect(adjust(columnsOf(split)).events).toEqual([{ day: TWO_CLOSES_SINCE + 1, factor: 0.2 }]);
    const merged = [
      lastRow(0, 1_005, { base: 1_000, shares: 500 }),
      lastRow(1, 5_100, { base: 5_000, shares: 100 }),
    ];
    expect(adjust(columnsOf(merged)).events).toEqual([{ day: TWO_CLOSES_SINCE + 1, factor: 5 }]);
    const listing = [
      lastRow(0, 10_050, { base: 10_000, shares: 100 }),
      lastRow(1, 10_000, { base: 9_990, shares: 130 }),
    ];
    expect(adjust(columnsOf(listing)).events).toEqual([]);
    const withdrawn = [
      lastRow(0, 10_050, { base: 10_000, shares: 100 }),
      lastRow(1, 10_000, { base: 10_100, shares: 60 }),
    ];
    expect(adjust(columnsOf(withdrawn)).events).toEqual([]);
  });

  it("[BR3b] takes a base outside the daily limit for an action without a count of shares", ({ expect }) => {
    const rows = [lastRow(0, 10_050, { base: 10_000 }), lastRow(1, 2_000, { base: 2_000 })];
    expect(adjust(columnsOf(rows)).events).toEqual([{ day: TWO_CLOSES_SINCE + 1, factor: 2_000 / 10_050 }]);
    const unlimited = [lastRow(0, 39_000, { base: 10_000 }), lastRow(1, 40_000, { base: 40_000 })];
    expect(adjust(columnsOf(unlimited)).events).toEqual([]);
    const without = [
      lastRow(0, 10_050),
      lastRow(1, 10_000, { base: 10_000 }),
      lastRow(2, 900, { base: 1_000 }),
    ];
    expect(adjust(columnsOf(without)).events).toHaveLength(1);
  });
});
