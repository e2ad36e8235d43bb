/** Series of every kind, judged by both implementations of the form, and how often each answer was met. */
import type { Row } from "../../core/bars/columns.ts";
import type { Verdict } from "../../core/vcp/verdict.ts";
import { buildBase, TEXTBOOK_BASE } from "../builders/base-builder.ts";
import { randomSeries } from "../builders/random-series.ts";
import { makeRandom } from "../chance/random.ts";
import { ALL_LEADERS, formDifferences, SPEC_LEADERS, verdictOn } from "../oracle/compare-verdict.ts";
import { naiveDetect } from "../oracle/naive-detector.ts";
import { constructBase } from "./constructed-base.ts";
import { SPOILERS } from "./spoiled-base.ts";

export interface FormTally {
  readonly judged: number;
  readonly valid: number;
  readonly differences: readonly string[];
  /** Rules of near misses, states and `touched`, by how often each was given. */
  readonly kinds: ReadonlyMap<string, number>;
}

/** Days left out at the end: a base is read on several days of its life. */
const BACK = [0, 2, 5, 11, 40] as const;

/** A cell of the grid with noise of up to 2 % a close, whole or spoiled, or a base that ends anywhere around its pivot. */
function constructed(random: () => number, seed: number): readonly Row[] {
  if (random() < 0.3) {
    const last = -0.08 + 0.16 * random();
    return buildBase({
      ...TEXTBOOK_BASE,
      seed,
      last,
      shelf: Math.floor(9 * random()),
      range: 0.012 * random(),
    });
  }
  const cell = {
    count: 2 + Math.floor(5 * random()),
    firstDepth: 0.1 + 0.25 * random(),
    ratio: 0.4 + 0.5 * random(),
    fall: 6 + Math.floor(25 * random()),
    rise: 5 + Math.floor(25 * random()),
    noise: 0.02 * random() ** 2,
    seed,
    high: 120_000,
  };
  const spoiler = random() < 0.3 ? SPOILERS[Math.floor(SPOILERS.length * random())] : undefined;
  return spoiler?.spoil(cell) ?? constructBase(cell).rows;
}

function kindsOf({ base, nearMiss }: Verdict): readonly string[] {
  return base === null
    ? [nearMiss?.rule ?? "none"]
    : [base.state, ...(base.touched === null ? [] : ["touched"])];
}

/** `count` series by the seeds from `from` on, half of them walks, each on five days. */
export function formTally(from: number, count: number): FormTally {
  const random = makeRandom(from);
  const kinds = new Map<string, number>();
  const differences: string[] = [];
  let [judged, valid] = [0, 0];
  for (let seed = from; seed < from + count; seed++) {
    const rows = seed % 2 === 0 ? randomSeries(seed) : constructed(random, seed);
    for (const back of BACK) {
      const known = rows.slice(0, rows.length - back);
      const verdict = verdictOn(known, ALL_LEADERS);
      if (verdict.bars >= ALL_LEADERS.young.listed && verdict.eligibility.ok) {
        const found = formDifferences(verdict, naiveDetect(known, SPEC_LEADERS), SPEC_LEADERS);
        differences.push(...found.map((text) => `seed ${seed}, ${back} days back: ${text}`));
        judged += 1;
        valid += verdict.valid ? 1 : 0;
        for (const kind of kindsOf(verdict)) {
          kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
        }
      }
    }
  }
  return { judged, valid, differences, kinds };
}
