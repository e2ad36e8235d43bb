/** The differences of a scan from the naive computation, share by share. */
import { assert } from "../../core/assert.ts";
import type { Row } from "../../core/bars/columns.ts";
import type { ScanResult } from "../../core/scan/scan-result.ts";
import type { Verdict } from "../../core/vcp/verdict.ts";
import { candidateOn, naiveMeasures } from "./naive-rules.ts";
import { naiveGrade, naiveTerms } from "./naive-score.ts";
import { naiveVerdicts, type NaiveVerdict } from "./naive-verdict.ts";
import type { Universe } from "./random-universe.ts";

const TOLERANCE = 1e-9;

type Value = number | string | boolean | null | undefined;
type Pair = readonly [what: string, found: Value, naive: Value];

function isSame(found: Value, naive: Value): boolean {
  if (typeof found === "number" && typeof naive === "number") {
    return Math.abs(found - naive) <= TOLERANCE * Math.max(1, Math.abs(naive));
  }
  return found === naive;
}

function templatePairs(verdict: Verdict, naive: NaiveVerdict): readonly Pair[] {
  return verdict.template.flatMap((term, i): Pair[] => {
    const [value, threshold] = naive.sides[i] ?? [null, null];
    const result: Pair = [term.id, term.result, naive.template[i]];
    const shown = naive.template[i] !== "unavailable";
    return shown
      ? [result, [`${term.id} value`, term.value, value], [`${term.id} threshold`, term.threshold, threshold]]
      : [result];
  });
}

function basePairs(verdict: Verdict, naive: NaiveVerdict): readonly Pair[] {
  const { base, scoreTerms, flags } = verdict;
  if (base === null || scoreTerms === null) {
    return [];
  }
  const legs = base.contractions;
  const { bars, rs, line, mean200 } = naive;
  const passed = naive.template.filter((result) => result === "pass").length;
  const terms = naiveTerms({ bars, legs, passed, rs, gap: line?.gap ?? null, mean200 });
  const found = new Map<string, number | null>(Object.entries(scoreTerms));
  const points = Object.entries(terms);
  const total = points.reduce((sum, [, term]) => sum + (term ?? 0), 0);
  const score = Math.min(100, Math.max(0, total));
  const candidate = candidateOn(bars, legs);
  const measured = naiveMeasures(bars, candidate);
  const isDeep = (candidate.depths[0] ?? 0) > 0.35;
  const grade = naiveGrade({
    score,
    passed,
    rs,
    lastDepth: candidate.depths.at(-1) ?? 1,
    dryUp: measured.dryUp,
    leaderValue: naive.value >= 3_000_000_000,
    young: bars.length < 252,
    deep: isDeep,
    state: base.state,
  });
  assert(found.size === points.length, "Both know the same terms");
  return [
    ...points.map(([term, naivePoints]): Pair => [term, found.get(term), naivePoints]),
    ["score", verdict.score, score],
    ["grade", verdict.grade, bars.length < 120 ? "D" : grade],
    ["deep", flags.includes("deep"), isDeep],
    ["pivot", base.pivot, measured.pivot],
    ["overhead", base.overhead, measured.overhead],
    ["distance", base.distance, measured.distance],
    ["dryUp", base.dryUp, measured.dryUp],
    ["volumeTrend", base.volumeTrend, measured.volumeTrend],
  ];
}

function pairsOf(verdict: Verdict, naive: NaiveVerdict): readonly Pair[] {
  const judged = naive.bars.length >= 60;
  const listed = naive.reason === null && verdict.valid && verdict.grade !== "D" && naive.bars.length >= 120;
  return [
    ["bars", verdict.bars, naive.bars.length],
    ["reason", verdict.eligibility.reason, naive.reason],
    ["ok", verdict.eligibility.ok, naive.reason === null],
    ["leaderValue", verdict.leaderValue, naive.value >= 3_000_000_000],
    ["rsRaw", verdict.rsRaw, naive.rsRaw],
    ["rs", verdict.rs, naive.rs],
    ["rules", verdict.template.length, judged ? 8 : 0],
    ["passed", verdict.passed, naive.template.filter((result) => result === "pass").length],
    ["young", verdict.flags.includes("young"), judged && naive.bars.length < 252],
    ["rs_line_high", verdict.flags.includes("rs_line_high"), naive.line?.high ?? false],
    ["rs_line_leads", verdict.flags.includes("rs_line_leads"), naive.line?.leads ?? false],
    ["detected", verdict.detected, listed],
    ...templatePairs(verdict, naive),
    ...basePairs(verdict, naive),
  ];
}

/** The naive verdicts of a universe as of the day of a result. */
export function naiveVerdictsOf(universe: Universe, day: number): ReadonlyMap<string, NaiveVerdict> {
  const { KOSPI, KOSDAQ } = universe.indices;
  const indices: Record<string, readonly Row[]> = { ...(KOSPI && { KOSPI }), ...(KOSDAQ && { KOSDAQ }) };
  return naiveVerdicts(universe.listings, universe.sessions, indices, day);
}

/** Empty when the two agree on every share, numbers within 1e-9. */
export function verdictDifferences(result: ScanResult, universe: Universe): readonly string[] {
  const naive = naiveVerdictsOf(universe, result.asOf);
  assert(naive.size === result.verdicts.length, "The scan judged every share once");
  return result.verdicts.flatMap((verdict) => {
    const other = naive.get(verdict.ticker);
    assert(other !== undefined, `${verdict.ticker} is a share of the universe`);
    return pairsOf(verdict, other)
      .filter(([, found, expected]) => !isSame(found, expected))
      .map(([what, found, expected]) => `${verdict.ticker} ${what}: ${found} instead of ${expected}`);
  });
}
