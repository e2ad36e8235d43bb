import { describe, it } from "vitest";
import { type MeasuredAge, measuredAge } from "./measured-age.ts";

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
