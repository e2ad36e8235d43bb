/** SW5: what is found in the last bars alone, held against all swings of the series. */
import { describe, it } from "vitest";
import { makeRandom } from "../../testing/chance/random.ts";
import { barsOf } from "../../testing/oracle/kernel-swings.ts";
import { dated, type UndatedRow } from "../../testing/builders/price-path.ts";
import { randomSeries } from "../../testing/builders/random-series.ts";
import type { PatternTime } from "../bars/pattern-time.ts";
import { PARAMS } from "../params.ts";
import { findLastLegs, Legs } from "./legs.ts";
import { findSwings, Swings } from "./swings.ts";

const COUNT = PARAMS.base.maxContractions + 1;
const [all, last] = [new Swings(), new Swings()];

/** A short series of few prices: outside bars, equal extremes, gaps, and ranges that rise and sink from bar to bar. */
function wildBars(seed: number): PatternTime {
  const random = makeRandom(seed);
  let price = 100;
  let spread = 1;
  const rows = Array.from({ length: 60 }, (): UndatedRow => {
    spread = random() < 0.1 ? 1 + Math.floor(9 * random()) : spread;
    const step = (): number => Math.floor((1 + spread) * random());
    price = Math.max(40, price + step() - step());
    return { open: price, high: price + step(), low: price - step(), close: price, volume: 1 };
  });
  return barsOf(dated(rows));
}

/** How the swings from a bar on differ from the last of `all`; `null`: not at all. */
function difference(bars: PatternTime, scale: number, from: number): string | null {
  findSwings(bars, scale, PARAMS.swing, last, from);
  if (last.direction === 0) {
    return null;
  }
  const skipped = all.count - last.count;
  const running = (swings: Swings): string => `${swings.direction} ${swings.extreme}`;
  for (let s = 0; s < last.count; s++) {
    const [a, b] = [skipped + s, s];
    if (all.index[a] !== last.index[b] || all.confirmedAt[a] !== last.confirmedAt[b]) {
      return `swing ${a} of ${all.count}`;
    }
  }
  const kinds = last.count === 0 || all.isHigh(skipped) === last.isHigh(0);
  return kinds && running(all) === running(last) ? null : `running leg ${running(last)}`;
}

/** Every bar to begin with, at every scale: the differences, and the share of beginnings that found the running leg. */
function confront(series: readonly PatternTime[]): { differences: string[]; found: number } {
  const differences: string[] = [];
  let [found, asked] = [0, 0];
  for (const [seed, bars] of series.entries()) {
    for (const scale of PARAMS.swing.scales) {
      findSwings(bars, scale, PARAMS.swing, all);
      for (let from = 1; from < bars.n; from++) {
        const text = difference(bars, scale, from);
        asked += 1;
        found += last.direction === 0 ? 0 : 1;
        if (text !== null) {
          differences.push(`series ${seed}, scale ${scale}, from ${from}: ${text}`);
        }
      }
    }
  }
  return { differences, found: found / asked };
}

describe("the last legs", () => {
  it("[SW5] begun at any bar, the swings found are the last of all", ({ expect }) => {
    const walks = confront(Array.from({ length: 60 }, (_, seed) => barsOf(randomSeries(seed))));
    expect(walks.differences).toEqual([]);
    expect(walks.found).toBeGreaterThan(0.5);
    const wild = confront(Array.from({ length: 2_000 }, (_, seed) => wildBars(seed)));
    expect(wild.differences).toEqual([]);
    expect(wild.found).toBeGreaterThan(0.1);
  });

  it("[SW5] as many as are asked for are the last of all legs, or all there are", ({ expect }) => {
    const [some, every] = [new Legs(), new Legs()];
    let fewer = 0;
    for (let seed = 0; seed < 200; seed++) {
      const bars = barsOf(randomSeries(seed));
      for (const scale of PARAMS.swing.scales) {
        findSwings(bars, scale, PARAMS.swing, all);
        every.load(all);
        findLastLegs(bars, scale, PARAMS.swing, COUNT, last, some);
        const count = Math.min(COUNT, every.count);
        const ends = (legs: Legs): number[] =>
          Array.from({ length: count }, (_, i) => legs.count - count + i).flatMap((leg) => [
            legs.high[leg] ?? -1,
            legs.low[leg] ?? -1,
          ]);
        expect(some.count, `seed ${seed}, scale ${scale}`).toBeGreaterThanOrEqual(count);
        expect([ends(some), some.provisional], `seed ${seed}, scale ${scale}`).toEqual([
          ends(every),
          every.provisional,
        ]);
        fewer += some.count < every.count ? 1 : 0;
      }
    }
    expect(fewer).toBeGreaterThan(100);
  });
});
