import fc from "fast-check";
import { describe, it } from "vitest";
import { makeNormal, makeRandom } from "../../testing/chance/random.ts";
import { medianOf, type Observation, type SampleFigures, summarise } from "./sample-summary.ts";

/** `each` observations in each of `months` months; `valueAt` counts both from 0. */
function sampleOf(
  months: number,
  each: number,
  valueAt: (month: number, k: number) => number,
): readonly Observation[] {
  return Array.from({ length: months }, (_, month) =>
    Array.from({ length: each }, (__, k) => ({ month: `m${month}`, value: valueAt(month, k) })),
  ).flat();
}

function figuresOf(sample: readonly Observation[]): SampleFigures {
  const { figures } = summarise(sample);
  if (figures === null) {
    throw new Error("The sample was too small");
  }
  return figures;
}

describe("a sample", () => {
  it("[EV3a] gives its number and nothing else below 30", ({ expect }) => {
    expect(summarise([])).toEqual({ n: 0, figures: null });
    expect(summarise(sampleOf(29, 1, () => 1))).toEqual({ n: 29, figures: null });
    expect(summarise(sampleOf(30, 1, () => 1))).toMatchObject({ n: 30, figures: { mean: 1 } });
  });

  it("[EV3a] has mean, median and the share above 0, where 0 is no win", ({ expect }) => {
    const values = [...Array.from({ length: 20 }, () => -1), 0, 0, ...Array.from({ length: 10 }, () => 8)];
    const figures = figuresOf(values.map((value, k) => ({ month: `m${k % 7}`, value })));
    expect(figures).toMatchObject({ mean: 60 / 32, median: -1, winRate: 10 / 32 });
    expect(medianOf([3, 1, 2])).toBe(2);
    expect(medianOf([4, 1, 2, 3])).toBe(2.5);
  });

  it("[EV3b] has no interval with fewer than six months", ({ expect }) => {
    const value = (month: number, k: number): number => month + k;
    expect(figuresOf(sampleOf(5, 8, value))).toMatchObject({ meanInterval: null, winRateInterval: null });
    expect(figuresOf(sampleOf(6, 8, value)).meanInterval).not.toBeNull();
  });

  it("[EV3b] is as unsure as its months are, however many observations a month has", ({ expect }) => {
    // Months of +1 and -1: the mean of 12 drawn months has a deviation of 1 / sqrt(12) = 0.289.
    const swing = (month: number): number => (month % 2 === 0 ? 1 : -1);
    const widths = [4, 400].map((each) => {
      const { meanInterval } = figuresOf(sampleOf(12, each, swing));
      return (meanInterval?.high ?? 0) - (meanInterval?.low ?? 0);
    });
    expect(widths[0]).toBe(widths[1]);
    expect(widths[0]).toBeGreaterThan(3 * 0.289);
    expect(widths[0]).toBeLessThan(4.5 * 0.289);
  });

  it("[EV3b] covers the truth about as often as it claims", ({ expect }) => {
    const normal = makeNormal(makeRandom(7));
    let covered = 0;
    for (let trial = 0; trial < 60; trial++) {
      const shift = Array.from({ length: 36 }, () => normal());
      const sample = sampleOf(36, 3, (month) => (shift[month] ?? 0) + normal());
      const { meanInterval } = figuresOf(sample);
      covered += meanInterval !== null && meanInterval.low <= 0 && meanInterval.high >= 0 ? 1 : 0;
    }
    expect(covered).toBeGreaterThanOrEqual(50);
    expect(covered).toBeLessThan(60);
  });

  it("[EV3b] gives the same for the same sample in any order", ({ expect }) => {
    const observation = fc.record({
      month: fc.integer({ min: 1, max: 9 }).map((month) => `2025-0${month}`),
      value: fc.integer({ min: -100, max: 300 }).map((value) => value / 7),
    });
    fc.assert(
      fc.property(fc.array(observation, { minLength: 25, maxLength: 60 }), fc.nat(), (sample, seed) => {
        const random = makeRandom(seed);
        const shuffled = sample
          .map((one) => ({ one, place: random() }))
          .toSorted((a, b) => a.place - b.place)
          .map(({ one }) => one);
        expect(summarise(shuffled)).toEqual(summarise(sample));
      }),
      { numRuns: 40, seed: 20_250_613 },
    );
  });
});
