import { describe, it } from "vitest";
import { partialDay, sessionsOf } from "./sessions.ts";

const rows = (...counts: readonly (readonly [day: number, rows: number])[]): Map<number, number> =>
  new Map(counts);

describe("sessions", () => {
  it("[SE1] are the days on which a tenth of the fullest day's tickers have a row, ascending", ({
    expect,
  }) => {
    expect(sessionsOf(rows([103, 1_000], [101, 100], [102, 99]), [])).toEqual([101, 103]);
  });

  it("[SE1] are also the days on which an index has a bar, once", ({ expect }) => {
    expect(sessionsOf(rows([101, 1_000], [102, 3], [104, 900]), [102, 103, 104, 104])).toEqual([
      101, 102, 103, 104,
    ]);
  });

  it("[SE1] are none on which only an index runs ahead of the shares", ({ expect }) => {
    expect(sessionsOf(rows([101, 1_000], [102, 3]), [100, 101, 102, 103])).toEqual([100, 101]);
    expect(sessionsOf(rows(), [100, 101])).toEqual([]);
  });
});

describe("the last session", () => {
  it("[SE2] is partial below 90 % of the rows of the session before, whole at 90 %", ({ expect }) => {
    expect(partialDay(rows([101, 1_000], [102, 899]))).toEqual({ day: 102, rows: 899, before: 1_000 });
    expect(partialDay(rows([101, 1_000], [102, 900]))).toBeNull();
  });

  it("[SE2] is asked of the last one only, and against a session, not a stray day", ({ expect }) => {
    expect(partialDay(rows([101, 1_000], [102, 500], [103, 1_000]))).toBeNull();
    expect(partialDay(rows([101, 1_000], [102, 5], [103, 800]))).toEqual({
      day: 103,
      rows: 800,
      before: 1_000,
    });
    expect(partialDay(rows([101, 1_000], [102, 5]))).toBeNull();
  });

  it("[SE2] is whole when it is the first", ({ expect }) => {
    expect(partialDay(rows([101, 10]))).toBeNull();
    expect(partialDay(rows())).toBeNull();
  });
});
