import { describe, it } from "vitest";
import { GATE } from "../e2e/stub-market.ts";
import { shownGate } from "./market-gate.ts";

describe("the gate that is shown", () => {
  it("[UI244] is that of the running session until a scan has judged the same session", ({ expect }) => {
    const running = { ...GATE, as_of: "2025-06-16", at: "2025-06-16T10:30:00.000+09:00", means_of: null };
    expect(shownGate(GATE, running)).toBe(running);
    expect(shownGate(null, running)).toBe(running);
    const evening = { ...GATE, as_of: "2025-06-16" };
    expect(shownGate(evening, running)).toBe(evening);
    expect(shownGate(GATE, undefined)).toBe(GATE);
    expect(shownGate(undefined, undefined)).toBeNull();
  });
});
