/** SW3: resumed at any bar, saved and restored, the swings are those found in one go. */
import * as fc from "fast-check";
import { describe, it } from "vitest";
import { barsOf } from "../../testing/oracle/kernel-swings.ts";
import { randomSeries } from "../../testing/builders/random-series.ts";
import { PARAMS } from "../params.ts";
import type { PatternTime } from "../bars/pattern-time.ts";
import { RunningSwings } from "./running-swings.ts";
import { advanceSwings, findSwings, Swings } from "./swings.ts";

const { swing } = PARAMS;

/** All that a later bar or a base can ask of a scale; with `last`, only so many swings from the end. */
function stateOf(swings: Swings, last = swings.count): unknown {
  const from = swings.count - Math.min(last, swings.count);
  const running = swings.direction === 0 ? [swings.top, swings.bottom] : [swings.extreme];
  return {
    highs: Array.from({ length: swings.count - from }, (_, i) => swings.isHigh(from + i)),
    index: [...swings.index.subarray(from, swings.count)],
    confirmedAt: [...swings.confirmedAt.subarray(from, swings.count)],
    direction: swings.direction,
    running,
  };
}

function begun(bars: PatternTime, count: number): RunningSwings {
  const running = new RunningSwings(swing);
  const all = bars.n;
  bars.n = count;
  running.begin(bars);
  bars.n = all;
  return running;
}

function savedOf(running: RunningSwings): Float64Array {
  const saved = new Float64Array(running.size);
  running.save(saved);
  return saved;
}

function follow(running: RunningSwings, bars: PatternTime, from: number, to: number): void {
  for (let k = from; k < to; k++) {
    const [high = 0, low = 0, close = 0] = [bars.high[k], bars.low[k], bars.close[k]];
    running.advance({ high, low, close });
  }
}

const fromScratch = (bars: PatternTime): Swings[] =>
  swing.scales.map((scale) => {
    const out = new Swings();
    findSwings(bars, scale, swing, out);
    return out;
  });

describe("swings that run on", () => {
  it("[SW3] are those found in one go, whatever bar they are resumed at", ({ expect }) => {
    for (let seed = 0; seed < 12; seed++) {
      const bars = barsOf(randomSeries(seed));
      const all = bars.n;
      for (const [i, whole] of fromScratch(bars).entries()) {
        const scale = swing.scales[i] ?? 0;
        const expected = JSON.stringify(stateOf(whole));
        for (let split = 0; split <= all; split++) {
          const out = new Swings();
          bars.n = split;
          findSwings(bars, scale, swing, out);
          bars.n = all;
          advanceSwings(bars, split, 0, scale, swing, out);
          if (JSON.stringify(stateOf(out)) !== expected) {
            expect(stateOf(out), `seed ${seed}, scale ${scale}, resumed at ${split}`).toEqual(stateOf(whole));
          }
        }
      }
    }
  });

  it("[SW3] need no bar again: one bar after another, saved and restored on the way", ({ expect }) => {
    fc.assert(
      fc.property(
        fc.nat(100_000),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(60),
        (seed, share, more) => {
          const bars = barsOf(randomSeries(seed));
          const start = Math.floor(share * bars.n);
          const stop = Math.min(bars.n, start + more);
          const before = begun(bars, start);
          follow(before, bars, start, stop);
          const saved = savedOf(before);
          const after = new RunningSwings(swing);
          after.restore(Float64Array.from(saved));
          expect(savedOf(after)).toEqual(saved);
          follow(before, bars, stop, bars.n);
          follow(after, bars, stop, bars.n);
          expect(after.bars).toBe(bars.n);
          for (const [i, whole] of fromScratch(bars).entries()) {
            expect(stateOf(before.scales[i] ?? new Swings())).toEqual(stateOf(whole));
            expect(stateOf(after.scales[i] ?? new Swings(), 16)).toEqual(stateOf(whole, 16));
          }
        },
      ),
      { seed: 31, numRuns: 150 },
    );
  });

  it("[SW3] keep a state that does not grow with the series", ({ expect }) => {
    const bars = barsOf([...randomSeries(8), ...randomSeries(9), ...randomSeries(10)]);
    const running = begun(bars, 0);
    let largest = 0;
    for (let k = 0; k < bars.n; k++) {
      follow(running, bars, k, k + 1);
      largest = Math.max(largest, k < 400 ? 0 : running.size);
    }
    expect(bars.n).toBeGreaterThan(700);
    expect(largest).toBeLessThan(5 + 2 * 300 + 5 * (6 + 2 * 17));
    const empty = savedOf(begun(bars, 0));
    expect(() => begun(bars, 9).restore(empty.subarray(1))).toThrow("saved state");
    expect(() => running.save(new Float64Array(running.size - 1))).toThrow("do not fit");
  });
});
