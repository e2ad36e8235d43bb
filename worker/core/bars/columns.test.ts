import * as fc from "fast-check";
import { describe, it } from "vitest";
import { arbitraryRow, arbitraryRows } from "../../testing/builders/arbitrary-rows.ts";
import { asOf, columnsOf, rowAt, rowsUntil } from "./columns.ts";
import { tradingDayOf } from "../calendar/trading-day.ts";

describe("asOf", () => {
  it("[CO2] keeps exactly the rows on or before the day", ({ expect }) => {
    fc.assert(
      fc.property(arbitraryRows(5, 20), fc.integer({ min: 3, max: 22 }), (rows, count) => {
        const day = tradingDayOf(count);
        const kept = rows.filter((row) => row.day <= day);
        const seen = asOf(columnsOf(rows), day);
        expect(kept.map((_, k) => rowAt(seen, k))).toEqual(kept);
        expect(seen.day.length).toBe(kept.length);
        expect(rowsUntil(columnsOf(rows), day)).toBe(kept.length);
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it("[CO2] is a view: nothing is copied", ({ expect }) => {
    const rows = fc.sample(fc.tuple(...[1, 2, 3].map((day) => arbitraryRow(tradingDayOf(day)))), {
      seed: 3,
      numRuns: 1,
    });
    const columns = columnsOf(rows.flat());
    expect(asOf(columns, tradingDayOf(2)).close.buffer).toBe(columns.close.buffer);
  });
});
