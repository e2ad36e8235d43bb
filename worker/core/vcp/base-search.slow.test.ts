/** CT10: which candidate is best and which rule is reported without one, against a second implementation of the SPEC. */
import { describe, it } from "vitest";
import { type BaseShape, buildBase, TEXTBOOK_BASE } from "../../testing/builders/base-builder.ts";
import { verdictDifferences, verdictOn } from "../../testing/oracle/compare-verdict.ts";
import { naiveDetect } from "../../testing/oracle/naive-detector.ts";
import { withHalts } from "../../testing/builders/price-path.ts";
import { makeRandom } from "../../testing/chance/random.ts";
import { randomSeries } from "../../testing/builders/random-series.ts";
import type { Row } from "../bars/columns.ts";
import { BASE_RULES, type UnmetRule } from "./verdict.ts";

/** The two findings on each series: the differences, and how often each answer came. */
function confront(
  count: number,
  rowsOf: (seed: number) => readonly Row[],
): {
  readonly differences: readonly string[];
  readonly answers: ReadonlyMap<UnmetRule | "valid", number>;
} {
  const answers = new Map<UnmetRule | "valid", number>();
  const differences = Array.from({ length: count }, (_, seed) => seed).flatMap((seed) => {
    const rows = rowsOf(seed);
    const verdict = verdictOn(rows);
    const answer = verdict.valid ? "valid" : (verdict.nearMiss?.rule ?? "valid");
    answers.set(answer, (answers.get(answer) ?? 0) + 1);
    return verdictDifferences(verdict, naiveDetect(rows)).map((text) => `seed ${seed}: ${text}`);
  });
  return { differences, answers };
}

/** A base of random make, some of it outside what the rules allow, with noise and sometimes a halt. */
function arbitraryBase(seed: number): readonly Row[] {
  const random = makeRandom(seed);
  const count = 2 + Math.floor(4 * random());
  let depth = 0.07 + 0.38 * random();
  const shape: BaseShape = {
    ...TEXTBOOK_BASE,
    advance: 30 + Math.floor(170 * random()),
    gain: 0.25 + 0.6 * random(),
    slip: 0.04 * (random() - 0.4),
    last: -0.06 + 0.13 * random(),
    range: 0.002 + 0.008 * random(),
    seed,
    legs: Array.from({ length: count }, () => {
      const leg = {
        depth,
        fall: 3 + Math.floor(14 * random()),
        rise: 3 + Math.floor(14 * random()),
        volume: 0.3 + 0.6 * random(),
      };
      depth *= 0.4 + 0.42 * random();
      return leg;
    }),
  };
  const rows = buildBase(shape);
  const noisy = rows.map((row) => {
    const lift = 1 + 0.004 * (random() - 0.5);
    return { ...row, high: row.high * Math.max(1, lift), low: row.low * Math.min(1, lift) };
  });
  return random() < 0.15 ? withHalts(noisy, noisy.length - 20, 1 + Math.floor(14 * random())) : noisy;
}

describe("the best candidate and the nearest miss", () => {
  it("[CT10] are those of the second implementation on random walks", { timeout: 60_000 }, ({ expect }) => {
    const { differences, answers } = confront(1_500, randomSeries);
    expect(differences).toEqual([]);
    expect(answers.get("valid")).toBeGreaterThan(30);
    expect(answers.get("CT6broken")).toBeGreaterThan(20);
    expect(answers.get("CT6extended")).toBeGreaterThan(5);
    expect(BASE_RULES.filter((rule) => answers.has(rule)).length).toBeGreaterThan(14);
  });

  it(
    "[CT10] are those of the second implementation on constructed bases",
    { timeout: 60_000 },
    ({ expect }) => {
      const { differences, answers } = confront(1_000, arbitraryBase);
      expect(differences).toEqual([]);
      expect(answers.get("valid")).toBeGreaterThan(200);
    },
  );
});
