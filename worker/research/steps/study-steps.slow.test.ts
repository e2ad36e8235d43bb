import fc from "fast-check";
import { it } from "vitest";
import { eventfulMarket } from "../../testing/builders/eventful-market.ts";
import { makeRandom } from "../../testing/chance/random.ts";
import { studyInSteps } from "../../testing/memory/memory-study.ts";

it("[EV1m] a study that is broken off anywhere, however often, ends in the same bytes", ({ expect }) => {
  const market = eventfulMarket(6);
  const whole = studyInSteps(market, () => false).report;
  const most: number[] = [];
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e6 }),
      fc.double({ min: 0.01, max: 0.06, noNaN: true }),
      (seed, often) => {
        const random = makeRandom(seed);
        const { report, brokenOff } = studyInSteps(market, () => random() < often);
        most.push(brokenOff);
        return report === whole;
      },
    ),
    { numRuns: 12 },
  );
  expect(Math.max(...most)).toBeGreaterThan(10);
}, 120_000);
