import { describe, it } from "vitest";
import { createFormat } from "./format.ts";

const ko = createFormat("ko");
const en = createFormat("en");

const TEMPORAL = ["time", "clock", "day"] as const;
const NUMERIC = [
  "price",
  "index",
  "integer",
  "percent",
  "share",
  "change",
  "rate",
  "delta",
  "seconds",
  "ratio",
  "fixed",
  "points",
  "score",
  "compact",
] as const;

describe("formats", () => {
  it("[UI2] writes a missing value as an en dash and a zero as a zero", ({ expect }) => {
    for (const format of [ko, en]) {
      for (const name of NUMERIC) {
        expect([format[name](null), format[name](Number.NaN)]).toEqual(["–", "–"]);
        expect(format[name](0)).toMatch(/^0/);
      }
      for (const name of TEMPORAL) {
        expect([format[name](null), format[name]("soon")]).toEqual(["–", "–"]);
      }
    }
    expect(Object.keys(ko).toSorted()).toEqual([...NUMERIC, ...TEMPORAL].toSorted());
  });

  it("[UI3] writes won, indices, changes and volumes as a Korean market page does", ({ expect }) => {
    expect(ko.price(71_900)).toBe("71,900");
    expect(ko.index(2_894.6)).toBe("2,894.60");
    expect(ko.change(-0.0097)).toBe("\u22121.0%");
    expect(ko.change(0.0042)).toBe("+0.4%");
    expect(ko.change(-0.0004)).toBe("0.0%");
    expect(ko.rate(-0.0097)).toBe("\u22120.97%");
    expect(ko.delta(300)).toBe("+300");
    expect(ko.compact(14_200_000)).toBe("1420만");
    expect(ko.compact(150_000_000)).toBe("1.5억");
    expect(en.compact(14_200_000)).toBe("14.2M");
    expect(ko.ratio(0.456)).toBe("0.46");
  });

  it("[UI3] writes times in Seoul, also across midnight", ({ expect }) => {
    expect(ko.time("2025-06-13T18:21:04.000+09:00")).toContain("18:21");
    expect(ko.clock("2025-06-13T16:30:05Z")).toBe("01:30:05");
    expect(en.time("2025-06-13T16:30:00Z")).toBe("06-14 01:30");
    expect(en.time("2026-11-23T08:11:00Z", "2025-06-13")).toBe("2026-11-23 17:11");
    // Midnight in Seoul, not in Greenwich, ends the year.
    expect(en.time("2025-12-31T15:30:00Z", "2026-01-02")).toBe("01-01 00:30");
    expect([ko.day("2025-06-13"), en.day("2025-06-13")]).toEqual(["2025-06-13", "2025-06-13"]);
    expect(ko.time("2025-06-13T18:21:04.000+09:00")).toBe(en.time("2025-06-13T18:21:04.000+09:00"));
    expect(ko.day("2025-06-13T16:30:00Z")).toBe("2025-06-14");
  });
});
