import * as fc from "fast-check";
import { describe, it } from "vitest";
import { makeRandom } from "../../testing/chance/random.ts";
import { minutePath, priceAt, SESSION_MINUTES } from "./minute-path.ts";
import { touchesOf, type WatchedSignal } from "./touch-day.ts";

/** Stands at 90 and is at 100 from that minute on. */
function rising(ticker: string, minute: number, before = 90): WatchedSignal {
  const path = Float64Array.from({ length: SESSION_MINUTES + 1 }, (_, at) => (at >= minute ? 100 : 90));
  return { ticker, level: 100, moves: "at or above", stop: 70, path, before };
}

const tickerOf = (n: number): string => String(100_000 + n);

describe("the touches of a session", () => {
  it("[BN9] a simulated way begins at the open, ends at the close, reaches both extremes and leaves the bar nowhere", ({
    expect,
  }) => {
    fc.assert(
      fc.property(
        fc.tuple(fc.integer({ min: 90, max: 110 }), fc.integer({ min: 90, max: 110 })),
        fc.nat(8),
        fc.nat(8),
        fc.nat(),
        ([open, close], above, below, seed) => {
          const bar = {
            open,
            close,
            high: Math.max(open, close) + above,
            low: Math.min(open, close) - below,
          };
          const path = minutePath(bar, makeRandom(seed));
          expect([path.length, path[0], path.at(-1)]).toEqual([SESSION_MINUTES + 1, open, close]);
          expect([Math.max(...path), Math.min(...path)]).toEqual([bar.high, bar.low]);
          expect(priceAt(path, SESSION_MINUTES * 60)).toBe(close);
        },
      ),
    );
  });

  it("[BN9] a touch of a followed share is seen within a second, of another one at the next turn, and none before its trade", ({
    expect,
  }) => {
    // Two indices and one share have a slot; the second share is farther from its level.
    const [touched] = touchesOf([rising(tickerOf(0), 30)], { slots: 3, answersFrom: 60 });
    expect([touched?.at, touched?.seen]).toEqual([30 * 60, 30 * 60 + 1]);
    const far = { ...rising(tickerOf(1), 30), level: 99.5 };
    const polled = touchesOf([far, { ...rising(tickerOf(2), 400), level: 90.1 }], {
      slots: 3,
      answersFrom: 60,
    });
    expect(polled).toHaveLength(1);
    const wait = (polled[0]?.seen ?? 0) - (polled[0]?.at ?? 0);
    expect(wait).toBeGreaterThan(1);
    expect(wait).toBeLessThanOrEqual(20);
  });

  it("[BN9] a share that comes near its level takes the slot of one that is farther, and what has room nowhere is never seen", ({
    expect,
  }) => {
    const crowd = Array.from({ length: 40 }, (_, n) => rising(tickerOf(n), 3));
    // Of forty that are equally far the first has the slot; one that the market lifts takes it.
    const lifted = { ...rising(tickerOf(40), 5), level: 90.5, stop: 60, before: 80 };
    const seen = touchesOf([...crowd, lifted], { slots: 3, answersFrom: 60 });
    expect(seen.filter((touch) => touch.seen !== null && touch.seen - touch.at <= 20)).toHaveLength(41);
    expect(seen.find(({ ticker }) => ticker === tickerOf(40))).toMatchObject({ at: 243, seen: 244 });
    const nobody = touchesOf([rising(tickerOf(0), 60)], { slots: 2, answersFrom: 90_000 });
    expect(nobody.map((touch) => touch.seen)).toEqual([null]);
  });
});
