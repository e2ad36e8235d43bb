import * as fc from "fast-check";
import { describe, it } from "vitest";
import { partialDay, sessionsOf } from "./sessions.ts";

describe("sessions", () => {
  it("[SE1] a day with a tenth of the fullest day's tickers is a session, with fewer it is a stray", ({
    expect,
  }) => {
    const rows = new Map([
      [3, 100],
      [1, 10],
      [2, 9],
    ]);
    expect(sessionsOf(rows, [])).toEqual([1, 3]);
  });

  it("[SE1] a day on which an index has a bar is a session, however few tickers have a row", ({ expect }) => {
    const rows = new Map([
      [1, 100],
      [3, 1],
      [4, 100],
    ]);
    expect(sessionsOf(rows, [2, 3, 4])).toEqual([1, 2, 3, 4]);
  });

  it("[SE1] an index that runs ahead of the shares makes no session", ({ expect }) => {
    expect(sessionsOf(new Map([[5, 100]]), [4, 5, 6])).toEqual([4, 5]);
    expect(sessionsOf(new Map(), [1, 2])).toEqual([]);
  });

  it("[SE1] sessions rise, and each has its reason", ({ expect }) => {
    const day = fc.integer({ min: 0, max: 30 });
    const counts = fc.array(fc.tuple(day, fc.integer({ min: 1, max: 50 }))).map((pairs) => new Map(pairs));
    fc.assert(
      fc.property(counts, fc.array(day), (rows, index) => {
        const sessions = sessionsOf(rows, index);
        const fullest = Math.max(0, ...rows.values());
        const whole = (d: number): boolean => (rows.get(d) ?? 0) * 10 >= fullest && rows.has(d);
        const last = Math.max(-1, ...Array.from(rows.keys()).filter(whole));
        const expected = Array.from({ length: 31 }, (_, d) => d).filter(
          (d) => whole(d) || (index.includes(d) && d <= last),
        );
        expect(sessions).toEqual(expected);
      }),
      { seed: 17, numRuns: 1_000 },
    );
  });
});

describe("the last session", () => {
  const rows = (...counts: readonly number[]): Map<number, number> =>
    new Map(counts.map((n, day) => [day, n]));

  it("[SE2] has arrived in part with fewer than nine tenths of the rows before it", ({ expect }) => {
    expect(partialDay(rows(100, 100, 89))).toEqual({ day: 2, rows: 89, before: 100 });
    expect(partialDay(rows(100, 100, 90))).toBeNull();
    expect(partialDay(rows(100, 50, 100))).toBeNull();
  });

  it("[SE2] a stray day is neither the last session nor the one before", ({ expect }) => {
    expect(partialDay(rows(100, 100, 9))).toBeNull();
    expect(partialDay(rows(100, 9, 80))).toEqual({ day: 2, rows: 80, before: 100 });
  });

  it("[SE2] the first session has nothing to be measured against", ({ expect }) => {
    expect(partialDay(rows(7))).toBeNull();
    expect(partialDay(rows())).toBeNull();
  });
});
