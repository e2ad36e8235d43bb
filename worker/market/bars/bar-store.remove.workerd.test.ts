import { describe, it } from "vitest";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { closesByDay, closing, history, inStore, rowOn, rowsFrom } from "../../testing/stage/book-store.ts";
import type { BarStore } from "./bar-store.ts";

const day = tradingDayOf;

/** Ten folded days of three tickers, two open ones, and an index with all of them. */
function fill(store: BarStore): void {
  store.addHistory(
    ["A", "B", "C"].map((ticker) => history(ticker, rowsFrom(1, 10))),
    null,
  );
  store.addHistory([history("ONCE", [rowOn(5)])], null);
  store.closeDay(closing(11, ["A", "B", "C"]), null);
  store.closeDay(closing(12, ["A", "B"]), null);
  store.addIndices([{ code: "KOSPI", columns: history("", rowsFrom(1, 12, 2_500)).columns }]);
  store.settleChanges(store.revision());
}

describe("a removal", () => {
  it("[BK52] takes a whole day out, folded or open, with its indices, and states it beforehand", async ({
    expect,
  }) => {
    await inStore((store) => {
      fill(store);
      for (const [n, rows] of [
        [5, 4],
        [11, 3],
        [12, 2],
      ] as const) {
        expect(store.rowsOn(day(n), null)).toEqual({ rows, indexRows: 1 });
        expect(store.remove(day(n), null)).toEqual({ rows, indexRows: 1 });
        expect(store.rowsOn(day(n), null)).toEqual({ rows: 0, indexRows: 0 });
      }
      expect(store.tickers()).toEqual(["A", "B", "C"]);
      expect(Object.keys(closesByDay(store.series("A"))).map(Number)).toEqual([1, 2, 3, 4, 6, 7, 8, 9, 10]);
      expect(store.sessionCounts().map((one) => Number(one.day))).toEqual([1, 2, 3, 4, 6, 7, 8, 9, 10]);
      expect(store.indexSeries("KOSPI")?.day.length).toBe(9);
      expect(store.changes().days).toEqual([5, 11, 12]);
    });
  });

  it("[BK52] takes the rows of one ticker or index out, and leaves the others", async ({ expect }) => {
    await inStore((store) => {
      fill(store);
      expect(store.remove(day(3), "B")).toEqual({ rows: 1, indexRows: 0 });
      expect(store.remove(day(11), "B")).toEqual({ rows: 1, indexRows: 0 });
      expect(store.remove(day(11), "KOSPI")).toEqual({ rows: 0, indexRows: 1 });
      expect(Object.keys(closesByDay(store.series("B"))).map(Number)).toEqual([
        1, 2, 4, 5, 6, 7, 8, 9, 10, 12,
      ]);
      expect(Object.keys(closesByDay(store.series("A")))).toHaveLength(12);
      expect(store.sessionCounts().filter((one) => [3, 11].includes(one.day))).toEqual([
        { day: 3, rows: 2 },
        { day: 11, rows: 2 },
      ]);
    });
  });

  it("[BK52] of what is not there changes nothing, and what comes again is as if it had never left", async ({
    expect,
  }) => {
    await inStore((store) => {
      fill(store);
      const before = [store.revision(), store.sessionCounts(), closesByDay(store.series("A"))];
      expect(store.remove(day(77), null)).toEqual({ rows: 0, indexRows: 0 });
      expect(store.remove(day(12), "C")).toEqual({ rows: 0, indexRows: 0 });
      expect(store.changes().days).toEqual([]);
      expect([store.revision(), store.sessionCounts(), closesByDay(store.series("A"))]).toEqual(before);
      store.remove(day(11), null);
      store.remove(day(4), "A");
      store.closeDay(closing(11, ["A", "B", "C"]), null);
      store.closeDay(closing(4, ["A"]), null);
      expect([store.sessionCounts(), closesByDay(store.series("A"))]).toEqual(before.slice(1));
      expect([...store.listings()].map(({ ticker }) => ticker)).toEqual(["A", "B", "C", "ONCE"]);
    });
  });
});
