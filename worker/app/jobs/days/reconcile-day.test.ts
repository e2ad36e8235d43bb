import { describe, it } from "vitest";
import { columnsOf, type Row } from "../../../core/bars/columns.ts";
import { dayOf } from "../../../testing/builders/signal-builder.ts";
import { describeDifferences, differencesOf, rowsOfDay } from "./reconcile-day.ts";

const DAY = dayOf("2026-09-14");
const ROW: Row = {
  day: DAY,
  open: 1,
  high: 3,
  low: 1,
  close: 2,
  volume: 10,
  value: 20,
  shares: null,
  base: 2,
};
const of = (ticker: string, row: Row = ROW) => ({ ticker, columns: columnsOf([row]) });

describe("official rows against what stood", () => {
  it("[DK3] differences are counted by field, and a value that was missing is none", ({ expect }) => {
    const stored = new Map([
      ["000010", ROW],
      ["000020", ROW],
      ["000030", ROW],
      ["000040", ROW],
    ]);
    const official = [
      of("000010", { ...ROW, shares: 7 }),
      of("000020", { ...ROW, volume: 11, value: 22 }),
      of("000030", { ...ROW, close: 3, volume: 12 }),
      of("000050"),
    ];
    const differences = differencesOf(stored, official);
    expect(differences).toEqual({ fields: { close: 1, volume: 2, value: 1 }, added: 1, unconfirmed: 1 });
    expect(describeDifferences(4, differences)).toBe(
      "4 rows: 1 new, 1 not in it, close 1, volume 2, value 1",
    );
    expect(describeDifferences(1, differencesOf(new Map([["000010", ROW]]), [of("000010")]))).toBe(
      "1 rows: nothing moved",
    );
  });

  it("[DK3] the stored rows are those of the day, and a day without rows reads no series", ({ expect }) => {
    const before = { ...ROW, day: dayOf("2026-09-11"), close: 1 };
    const series = [
      { ticker: "000010", columns: columnsOf([before, ROW]) },
      { ticker: "000020", columns: columnsOf([before]) },
    ];
    let read = 0;
    const bars = (days: readonly number[]) => ({
      rowsByDay: () => new Map(days.map((day) => [day, 1])),
      *listings() {
        read += 1;
        yield* series;
      },
    });
    expect([...rowsOfDay(bars([DAY]), DAY)]).toEqual([["000010", ROW]]);
    expect(rowsOfDay(bars([]), DAY).size).toBe(0);
    expect(read).toBe(1);
  });
});
