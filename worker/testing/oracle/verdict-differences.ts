/** The differences of a scan from the naive computation, share by share. */
import { assert } from "../../core/assert.ts";
import type { Row } from "../../core/bars/columns.ts";
import type { ScanResult } from "../../core/scan/scan-result.ts";
import type { Verdict } from "../../core/vcp/verdict.ts";
import type { Params } from "../../core/params.ts";
import { SPEC_PARAMS } from "./spec-numbers.ts";
import { FORM_RULES, type Strictness } from "../../core/vcp/form-rules.ts";
import { formDifferences } from "./compare-verdict.ts";
import { naiveDetect, type NaiveFinding, type NaiveMiss } from "./naive-detector.ts";
import { finalOf, naiveFlags, type NaiveReading, naiveState } from "./naive-reading.ts";
import { naiveGrade, naiveSum, naiveTerms } from "./naive-score.ts";
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

/** NM1: the first rule of the table that the share does not meet; "keep" without a rating asks whether any could list it. */
function unmetOfShare(naive: NaiveVerdict, strictness: Strictness, params: Params): NaiveMiss | null {
  const measured = new Map<string, number | null>(Object.entries(naive.measures));
  for (const rule of FORM_RULES) {
    const value = measured.get(rule.measure) ?? null;
    const threshold = params.form[rule.id][strictness];
    const met = value === null || (rule.side === "atLeast" ? value >= threshold : value <= threshold);
    if (!met) {
      return { rule: rule.id, value, threshold, reading: null };
    }
  }
  return null;
}

/** The same share with the best rating there is. */
function asLeader(naive: NaiveVerdict): NaiveVerdict {
  const lacksOnlyRating = naive.template.at(-1) === "pass" ? 0 : 1;
  const passed = naive.measures.passed === null ? null : naive.measures.passed + lacksOnlyRating;
  return { ...naive, measures: { ...naive.measures, passed, rs: 99 } };
}

/** SC1 to SC10 of a share with a base; `listable`: nothing but the points decides whether it is listed. */
function scorePairs(
  verdict: Verdict,
  naive: NaiveVerdict,
  reading: NaiveReading,
  listable: boolean,
): readonly Pair[] {
  const passed = naive.template.filter((result) => result === "pass").length;
  const terms = naiveTerms({ reading, rs: naive.rs, over: naive.measures.mean150OverMean200 });
  const found = new Map<string, number | null>(Object.entries({ ...verdict.scoreTerms }));
  const points = Object.entries({ ...terms });
  const score = naiveSum(terms);
  const least = SPEC_PARAMS.form.SC.limit;
  const listed = listable && score >= least;
  const grade = naiveGrade({
    score,
    passed,
    rs: naive.rs,
    lastDepth: finalOf(reading).depth,
    dryUp: reading.measures.dryUp ?? 10,
    leaderValue: naive.value >= 3_000_000_000,
    young: naive.bars.length < 252,
    deep: naiveFlags(reading, SPEC_PARAMS).deep,
    state: naiveState(reading, SPEC_PARAMS),
  });
  return [
    ["terms", found.size, points.length],
    ...points.map(([term, naivePoints]): Pair => [term, found.get(term), naivePoints]),
    ["score", verdict.score, score],
    ["grade", verdict.grade, listed ? grade : "D"],
    ["detected", verdict.detected, listed],
    ...(listable && !listed
      ? ([
          ["near miss", verdict.nearMiss?.rule, "SC"],
          ["value", verdict.nearMiss?.value, score],
          ["threshold", verdict.nearMiss?.threshold, least],
        ] as const)
      : []),
  ];
}

/** The form of a share of which a base was looked for. */
function formPairs(verdict: Verdict, naive: NaiveVerdict, finding: NaiveFinding): readonly Pair[] {
  const unmet = unmetOfShare(naive, "limit", SPEC_PARAMS);
  const listable = naive.reason === null && naive.bars.length >= 120 && unmet === null;
  const text = listable ? formDifferences(verdict, finding, SPEC_PARAMS) : [];
  return [
    ["valid", verdict.valid, finding.best !== null],
    ["form", text.join("; "), ""],
    ...(finding.best === null
      ? [["detected", verdict.detected, false] as const]
      : scorePairs(verdict, naive, finding.best, listable)),
  ];
}

function missPairs(verdict: Verdict, naive: NaiveVerdict): readonly Pair[] {
  const unmet = unmetOfShare(naive, "limit", SPEC_PARAMS);
  const { nearMiss } = verdict;
  if (naive.reason !== null) {
    return [["near miss", nearMiss?.rule, naive.reason]];
  }
  if (naive.bars.length < 120) {
    return [["near miss", nearMiss?.rule, "too_short"]];
  }
  return unmet === null
    ? []
    : [
        ["near miss", nearMiss?.rule, unmet.rule],
        ["value", nearMiss?.value, unmet.value],
        ["threshold", nearMiss?.threshold, unmet.threshold],
      ];
}

function pairsOf(verdict: Verdict, naive: NaiveVerdict): readonly Pair[] {
  const judged = naive.bars.length >= 60;
  const looked = judged && unmetOfShare(asLeader(naive), "keep", SPEC_PARAMS) === null;
  const form: readonly Pair[] = looked
    ? formPairs(verdict, naive, naiveDetect(naive.rows, SPEC_PARAMS))
    : [
        ["valid", verdict.valid, false],
        ["detected", verdict.detected, false],
      ];
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
    ...templatePairs(verdict, naive),
    ...missPairs(verdict, naive),
    ...form,
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
