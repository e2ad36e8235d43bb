import * as fc from "fast-check";
import { describe, it } from "vitest";
import { arbitraryRows } from "../../testing/builders/arbitrary-rows.ts";
import { columnsOf, rowAt, type Columns, type Row } from "./columns.ts";
import { mergeColumns, type Merge } from "./merge-columns.ts";
import { tradingDayOf, type TradingDay } from "../calendar/trading-day.ts";

/** The rule (CO1), literally: a map by day into which the incoming rows are written. */
function naiveMerge(stored: readonly Row[], incoming: readonly Row[]): Merge {
  const byDay = new Map(stored.map((row) => [row.day, row]));
  const added: TradingDay[] = [];
  const corrected: TradingDay[] = [];
  let unchanged = 0;
  for (const row of incoming) {
    const before = byDay.get(row.day);
    byDay.set(row.day, row);
    if (before === undefined) {
      added.push(row.day);
    } else if (JSON.stringify(before) === JSON.stringify(row)) {
      unchanged += 1;
    } else {
      corrected.push(row.day);
    }
  }
  const rows = [...byDay.values()].toSorted((a, b) => a.day - b.day);
  return { columns: columnsOf(rows), added, replaced: corrected.length, unchanged, corrected };
}

function rowOf(day: number, close: number, value: number | null = null): Row {
  return {
    day: tradingDayOf(day),
    open: 1,
    high: 9,
    low: 1,
    close,
    volume: 5,
    value,
    shares: null,
    base: null,
  };
}

/** The same rows with every missing optional column spelled out as `NaN`s. */
function spelledOut(columns: Columns): Columns {
  const nothing = new Float64Array(columns.day.length).fill(Number.NaN);
  return {
    ...columns,
    value: columns.value ?? nothing,
    shares: columns.shares ?? nothing,
    base: columns.base ?? nothing,
  };
}

describe("mergeColumns", () => {
  it("[CO1] equals a map by day on any two sets of rows", ({ expect }) => {
    fc.assert(
      fc.property(arbitraryRows(1, 9), arbitraryRows(4, 12), fc.boolean(), (stored, incoming, spell) => {
        const form = spell ? spelledOut : (columns: Columns): Columns => columns;
        const merged = mergeColumns(form(columnsOf(stored)), form(columnsOf(incoming)));
        expect(merged).toEqual(naiveMerge(stored, incoming));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it("[CO1] appends newer rows and fills a column that only one side has", ({ expect }) => {
    const { columns, added } = mergeColumns(
      columnsOf([rowOf(1, 2)]),
      columnsOf([rowOf(2, 3, 70), rowOf(3, 4)]),
    );
    expect([...columns.day]).toEqual([1, 2, 3]);
    expect([...columns.close]).toEqual([2, 3, 4]);
    expect([0, 1, 2].map((k) => rowAt(columns, k).value)).toEqual([null, 70, null]);
    expect(added).toEqual([2, 3]);
  });

  it("[CO1] counts a row whose only change is a value that went missing as replaced", ({ expect }) => {
    const merged = mergeColumns(columnsOf([rowOf(1, 2, 70), rowOf(2, 3)]), columnsOf([rowOf(1, 2)]));
    expect(merged).toMatchObject({ added: [], replaced: 1, unchanged: 0 });
    expect(merged.columns.value).toBeNull();
  });

  it("[CO1] leaves both sides as they were", ({ expect }) => {
    const [stored, incoming] = [columnsOf([rowOf(1, 2), rowOf(3, 4)]), columnsOf([rowOf(2, 8), rowOf(3, 9)])];
    mergeColumns(stored, incoming);
    expect([stored, incoming]).toEqual([
      columnsOf([rowOf(1, 2), rowOf(3, 4)]),
      columnsOf([rowOf(2, 8), rowOf(3, 9)]),
    ]);
  });
});

describe("a column that the source does not have", () => {
  const stored = [rowOf(1, 5, 7), rowOf(2, 5, 8)];

  it("[CO1a] keeps its stored values, and an empty field in a present column is a value", ({ expect }) => {
    const incoming = columnsOf([rowOf(2, 6), rowOf(3, 6)]);
    const kept = mergeColumns(columnsOf(stored), incoming, ["value", "shares", "base"]);
    expect(Array.from(kept.columns.close)).toEqual([5, 6, 6]);
    expect(Array.from(kept.columns.value ?? [])).toEqual([7, 8, Number.NaN]);
    const emptied = mergeColumns(columnsOf(stored), incoming, ["shares", "base"]);
    expect(Array.from(emptied.columns.value ?? [])).toEqual([7, Number.NaN, Number.NaN]);
  });

  it("[CO1a] is no difference", ({ expect }) => {
    const incoming = columnsOf([rowOf(1, 5), rowOf(2, 5)]);
    expect(mergeColumns(columnsOf(stored), incoming, ["value"])).toMatchObject({ replaced: 0, unchanged: 2 });
    expect(mergeColumns(columnsOf(stored), incoming, [])).toMatchObject({ replaced: 2, unchanged: 0 });
  });
});
