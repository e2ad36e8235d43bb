import * as fc from "fast-check";
import { describe, it } from "vitest";
import { elapsedShare, feedStateOf, OPENING, pass, type SessionClock, untilTurn } from "./session-clock.ts";

const lengths = fc.record({
  sessionMs: fc.integer({ min: 60_000, max: 86_400_000 }),
  breakMs: fc.integer({ min: 1, max: 60_000 }),
});
const clock: fc.Arbitrary<SessionClock> = fc.record({
  phase: fc.constantFrom("open", "break"),
  elapsedMs: fc.integer({ min: 0, max: 59_999 }),
  paused: fc.boolean(),
});
const ms = fc.integer({ min: -10_000, max: 10 ** 10 });

describe("the demo's clock", () => {
  it("[FD1] turns at most once however much time passes, and begins the new phase at 0", ({ expect }) => {
    fc.assert(
      fc.property(clock, ms, lengths, (before, passed, long) => {
        const [after, turn] = pass(before, passed, long);
        const length = before.phase === "open" ? long.sessionMs : long.breakMs;
        if (before.paused) {
          expect([after, turn]).toEqual([before, "none"]);
        } else if (before.elapsedMs + Math.max(0, passed) >= length) {
          const isClosing = before.phase === "open";
          expect(turn).toBe(isClosing ? "close" : "open");
          expect(after).toEqual({ phase: isClosing ? "break" : "open", elapsedMs: 0, paused: false });
        } else {
          expect(turn).toBe("none");
          expect(after).toEqual({ ...before, elapsedMs: before.elapsedMs + Math.max(0, passed) });
        }
      }),
      { seed: 3 },
    );
  });

  it("[FD1] turns after exactly the time that it states is left, and not a millisecond before", ({
    expect,
  }) => {
    fc.assert(
      fc.property(clock, lengths, (any, long) => {
        const before = { ...any, paused: false };
        const left = untilTurn(before, long) ?? 0;
        expect(pass(before, left, long)[1]).not.toBe("none");
        if (left > 0) {
          expect(pass(before, left - 1, long)[1]).toBe("none");
        }
        expect(untilTurn({ ...any, paused: true }, long)).toBeNull();
      }),
      { seed: 4 },
    );
  });

  it("[FD1] shows a share of the session in [0, 1], the whole of it in the break", ({ expect }) => {
    const long = { sessionMs: 100, breakMs: 10 };
    const shares = [0, 25, 100, 140].map((elapsedMs) => elapsedShare({ ...OPENING, elapsedMs }, long));
    expect(shares).toEqual([0, 0.25, 1, 1]);
    expect(elapsedShare({ phase: "break", elapsedMs: 5, paused: false }, long)).toBe(1);
    expect(feedStateOf(OPENING)).toBe("live");
    expect(feedStateOf({ ...OPENING, phase: "break" })).toBe("closed");
    expect(feedStateOf({ ...OPENING, paused: true })).toBe("paused");
  });
});
