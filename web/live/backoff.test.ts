import * as fc from "fast-check";
import { describe, it } from "vitest";
import { closeClass, retryDelay } from "./backoff.ts";

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const failures = fc.nat(2_000);

describe("backoff", () => {
  it("[WS11][LV1] draws from the whole window of the failures, never beyond 20 s", ({ expect }) => {
    fc.assert(
      fc.property(chance, failures, fc.constantFrom(1000, 1001, 1005, 1011, 1013, 4201), (c, n, code) => {
        const window = Math.min(20_000, 500 * 2 ** n);
        const delay = retryDelay({ code, failures: n, chance: c });
        expect(delay).toBeCloseTo(c * window, 6);
      }),
    );
    expect(retryDelay({ code: 1001, failures: 40, chance: 0.999 })).toBeCloseTo(19_980);
  });

  it("[LV1] spreads the first return after a lost path over 5 s", ({ expect }) => {
    for (const code of [1006, 1012]) {
      expect(retryDelay({ code, failures: 0, chance: 0.5 })).toBe(2_500);
      expect(retryDelay({ code, failures: 1, chance: 0.5 })).toBe(500);
      expect(retryDelay({ code, failures: 3, chance: 0.5 })).toBe(2_000);
    }
  });

  it("[LV1] stops at 40xx and at a frame the server cannot take, backs off at 41xx", ({ expect }) => {
    fc.assert(
      fc.property(fc.constantFrom(4000, 4001, 4003, 4099, 1003, 1009), failures, chance, (code, n, c) => {
        expect(retryDelay({ code, failures: n, chance: c })).toBeNull();
      }),
    );
    expect(retryDelay({ code: 4101, failures: 0, chance: 0.5 })).toBe(1_000);
    expect(retryDelay({ code: 4101, failures: 3, chance: 0.5 })).toBe(2_000);
    expect([4100, 4103, 4200, 1006].map(closeClass)).toEqual(["back_off", "back_off", "return", "lost"]);
  });
});
