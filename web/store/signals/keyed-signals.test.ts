import { createEffect, createRoot } from "solid-js";
import { describe, it } from "vitest";
import { makeSimulatedTime } from "../../live/simulated-time.ts";
import { createKeyedSignals } from "./keyed-signals.ts";

interface Value {
  readonly n: number;
}

describe("keyed signals", () => {
  it("[LV12] show at once what comes after a pause, and then ten times a second the last of each key", ({
    expect,
  }) => {
    const time = makeSimulatedTime();
    const seen: (number | undefined)[] = [];
    const { values, end } = createRoot((dispose) => {
      const made = createKeyedSignals<Value>(time.timers);
      createEffect(() => seen.push(made.read("a")?.n));
      return { values: made, end: dispose };
    });
    values.put("a", { n: 1 });
    values.put("a", { n: 2 });
    time.pass(1);
    expect(seen).toEqual([undefined, 2]);
    for (let n = 3; n < 203; n++) {
      values.put("a", { n });
      time.pass(5);
    }
    expect(seen.length).toBeGreaterThanOrEqual(2 + 9);
    expect(seen.length).toBeLessThanOrEqual(2 + 10);
    time.pass(200);
    expect(seen.at(-1)).toBe(202);

    values.put("a", { n: 500 });
    time.pass(1);
    expect(seen.at(-1)).toBe(500);
    values.put("a", { n: 501 });
    end();
    time.pass(1_000);
    expect(seen.at(-1)).toBe(500);
  });
});
