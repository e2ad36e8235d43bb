import { describe, it } from "vitest";
import { closeAge, isDerivedDay, type MeasuredAge, measuredAge } from "./ages.ts";

const READY = {
  signal_date: "2025-10-20",
  measured_on: "2025-10-31",
  applied_on: "2025-10-31",
  triggered_on: null,
};

describe("measuredAge", () => {
  it("[UI10a] distinguishes what was measured before the breakout from what is of the price's session", ({
    expect,
  }) => {
    const of = (days: Partial<Record<keyof typeof READY, string | null>>): MeasuredAge =>
      measuredAge({
        ...READY,
        ...days,
        signal_date: days.signal_date ?? READY.signal_date,
        applied_on: days.applied_on ?? READY.applied_on,
      });
    expect(of({})).toBe("current");
    expect(of({ applied_on: "2025-11-28", triggered_on: "2025-11-03" })).toBe("before_breakout");
    // Touched in the session after the scan that measured it.
    expect(of({ triggered_on: "2025-11-03" })).toBe("before_breakout");
    // A scan that did not list it, or a birth after the breakout.
    expect(of({ applied_on: "2025-11-03" })).toBe("earlier");
    expect(of({ applied_on: "2025-11-03", triggered_on: "2025-10-30" })).toBe("earlier");
    expect(of({ triggered_on: "2025-10-30" })).toBe("current");
  });

  it("[UI10a] states of a day that was not kept only what is certain", ({ expect }) => {
    const old = { ...READY, measured_on: null, applied_on: "2025-11-28" };
    expect(measuredAge(old)).toBe("current");
    expect(measuredAge({ ...old, triggered_on: "2025-11-03" })).toBe("before_breakout");
    expect(measuredAge({ ...old, triggered_on: "2025-10-16" })).toBe("current");
  });
});

describe("age of the closes", () => {
  it("[UI33] counts calendar days in Seoul, and speaks past four", ({ expect }) => {
    const at = (iso: string): number | null => closeAge("2025-06-12", Date.parse(iso));
    expect(at("2025-06-12T18:20:00+09:00")).toBeNull();
    // Thursday's closes on Monday.
    expect(at("2025-06-16T23:59:59+09:00")).toBeNull();
    expect(at("2025-06-17T00:00:00+09:00")).toBe(5);
    expect(at("2025-06-16T15:00:00Z")).toBe(5);
    expect(at("2026-06-12T09:00:00+09:00")).toBe(365);
  });
});

describe("holidays that nobody announced", () => {
  it("[UI44] begin with the year in Seoul after the last announced one", ({ expect }) => {
    const at = (time: string): boolean => isDerivedDay(Date.parse(time));
    expect([
      at("2026-12-31T23:59+09:00"),
      at("2027-01-01T00:00+09:00"),
      at("2029-06-01T12:00+09:00"),
    ]).toEqual([false, true, true]);
  });
});
