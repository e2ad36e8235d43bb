import * as fc from "fast-check";
import { describe, it } from "vitest";
import { LONG_ROWS, rowAt } from "../../e2e/stub-long-list.ts";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import { ALL, SORT_KEYS, type SortKey } from "./list-query.ts";
import { sortedIds, type SortPrice } from "./list-sort.ts";

const some = fc.shuffledSubarray([...LONG_ROWS], { minLength: 2 });
const sorting = fc.record({ key: fc.constantFrom(...SORT_KEYS), isDescending: fc.boolean() });

const nameOf = ({ name }: SignalRow): string => name;

/** Every second share has a live price; every fourth of those no change. */
function priceOf(ticker: string): SortPrice {
  const n = Number(ticker) / 10;
  return n % 2 === 0
    ? null
    : { price: 3_000 + (n % 97) * 800, change_rate: n % 4 === 1 ? null : (n % 13) - 6 };
}

function rowsBy(key: SortKey, isDescending = false): readonly SignalRow[] {
  return sortedIds(LONG_ROWS, { key, isDescending }, priceOf, nameOf).flatMap((id) =>
    LONG_ROWS.filter((row) => row.id === id),
  );
}

describe("the order of the list", () => {
  it("[UI122] depends on the rows alone and not on their order before, and loses none", ({ expect }) => {
    fc.assert(
      fc.property(some, sorting, (rows, sort) => {
        const ids = sortedIds(rows, sort, priceOf, nameOf);
        expect(sortedIds(rows.toReversed(), sort, priceOf, nameOf)).toEqual(ids);
        expect(ids.toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
        // Some of the rows stand to each other as all do: a filter moves none past another.
        const few = new Set(ids.filter((_, i) => i % 2 === 0));
        expect(
          sortedIds(
            rows.filter(({ id }) => few.has(id)),
            sort,
            priceOf,
            nameOf,
          ),
        ).toEqual([...few]);
      }),
    );
  });

  it("[UI122] puts a missing value last, whichever way it sorts", ({ expect }) => {
    for (const isDescending of [false, true]) {
      const rs = rowsBy("rs", isDescending).map((row) => row.rs);
      const known = rs.filter((one) => one !== null);
      expect(rs.slice(0, known.length)).toEqual(known.toSorted((a, b) => (isDescending ? b - a : a - b)));
      expect(known.length).toBeLessThan(rs.length);
      const changes = rowsBy("change", isDescending).map(
        ({ ticker }) => priceOf(ticker)?.change_rate ?? null,
      );
      expect(changes.slice(changes.indexOf(null)).every((one) => one === null)).toBe(true);
    }
  });

  it("[UI122] sorts the form by grade, then score, and contractions by their number, then the tighter last one", ({
    expect,
  }) => {
    const forms = rowsBy("form", true).map(({ grade, score }) => `${"SABCD".indexOf(grade)} ${100 - score}`);
    expect(forms).toEqual(
      forms.toSorted((a, b) => {
        const [x = 0, y = 0] = a.split(" ").map(Number);
        const [z = 0, w = 0] = b.split(" ").map(Number);
        return x - z || y - w;
      }),
    );
    const [most] = rowsBy("footprint", true);
    expect(most?.depths.length).toBe(Math.max(...LONG_ROWS.map(({ depths }) => depths.length)));
    expect(rowsBy("name")[0]?.name.startsWith("가온")).toBe(true);
  });

  it("[UI5] usually puts the nearest to the pivot first, from either side, then the higher score, then the id", ({
    expect,
  }) => {
    const placed = (id: string, distance_pct: number, score: number): SignalRow => ({
      ...rowAt(LONG_ROWS),
      id,
      distance_pct,
      score,
    });
    const rows = [
      placed("far", -6, 60),
      placed("above", 0.3, 60),
      placed("low", -1, 50),
      placed("high", 1, 60),
      placed("high-b", -1, 60),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (shuffled) => {
        expect(sortedIds(shuffled, ALL.sort, () => null, nameOf)).toEqual([
          "above",
          "high",
          "high-b",
          "low",
          "far",
        ]);
      }),
    );
  });
});
