/** The second half of a verdict: what depends on the rating against all others. */
import { assert } from "../assert.ts";
import { type RuleAnswer, scoreAnswer } from "../vcp/rule-answer.ts";
import type { Strictness } from "../vcp/form-rules.ts";
import { gradeOf } from "./grade.ts";
import { firstUnmetShareRule } from "../vcp/share-rules.ts";
import type { Instrument } from "../instrument/instrument.ts";
import type { Price, Ticker } from "../nominal.ts";
import type { Params } from "../params.ts";
import type { StrengthLine } from "./relative-strength.ts";
import { type BaseTerms, scoreTerms, sumOf } from "../vcp/score.ts";
import type { TradingDay } from "../calendar/trading-day.ts";
import { passedOf, type Trend, trendTemplate } from "../vcp/trend-template.ts";
import type { Base, Eligibility, Flag, Grade, NearMiss, Verdict } from "../vcp/verdict.ts";

/** The first half, from one ticker alone. `trend`, `line` and the base are `null` below 60 bars. */
export interface Finding {
  readonly ticker: Ticker;
  readonly instrument: Instrument | null;
  readonly lastDay: TradingDay | null;
  readonly close: Price | null;
  readonly bars: number;
  readonly eligibility: Eligibility;
  readonly leaderValue: boolean;
  readonly rsRaw: number | null;
  /** Belongs to the population that is rated (RS2). */
  readonly ranked: boolean;
  readonly line: StrengthLine | null;
  readonly trend: Trend | null;
  readonly base: Base | null;
  readonly terms: BaseTerms | null;
  /** The rule of the base that is not met, without a valid base; `null` when no base was looked for. */
  readonly nearMiss: NearMiss | null;
  readonly flags: readonly Flag[];
}

/**
 * TT, SC, EL: the verdict of a finding with its rating `rs` (1..99, `null` when unrated) as of a session. `strictness`: by
 * the limits of a new listing, or by those of a pattern that is listed already (SC10).
 */
export function conclude(
  x: Finding,
  rs: number | null,
  asOf: TradingDay,
  params: Params,
  strictness: Strictness = "limit",
): Verdict {
  const judged = x.trend !== null && x.bars >= params.young.full;
  const template = x.trend === null ? [] : trendTemplate(x.trend, rs, judged, params);
  const passed = passedOf(template);
  const young = x.flags.includes("young");
  const grown = !young || x.bars >= params.young.listed;
  const facts = x.trend && { trend: x.trend, passed: judged ? passed : null, rs };
  const unmet = facts && firstUnmetShareRule(facts, strictness, params);
  const terms = x.terms && facts && scoreTerms(x.terms, facts);
  const score = terms && sumOf(terms);
  const scored = score === null ? null : scoreAnswer(score, strictness, params);
  const enough = scored?.met === true;
  const detected = x.eligibility.ok && x.base !== null && unmet === null && grown && enough;
  const grade = score === null ? null : detected ? formGrade(x, score, passed, rs, params) : "D";
  return {
    ticker: x.ticker,
    name: x.instrument?.name ?? null,
    market: x.instrument?.market ?? null,
    asOf,
    lastDay: x.lastDay,
    close: x.close,
    bars: x.bars,
    valid: x.base !== null,
    detected,
    grade,
    score,
    scoreTerms: terms,
    base: x.base,
    template,
    passed,
    rs,
    rsRaw: x.rsRaw,
    eligibility: x.eligibility,
    leaderValue: x.leaderValue,
    nearMiss: detected ? null : missOf(x, unmet, grown, scored, params),
    flags: x.flags,
  };
}

/** SC8 of a share that is listed; without a base there is nothing to grade. */
function formGrade(
  { base, flags, leaderValue }: Finding,
  score: number,
  passed: number,
  rs: number | null,
  { grades }: Params,
): Grade {
  assert(base !== null, "What is listed has a base");
  return gradeOf(
    {
      score,
      passed,
      lastDepth: base.contractions.at(-1)?.depth ?? 1,
      dryUp: base.dryUp,
      rs,
      deep: flags.includes("deep"),
      young: flags.includes("young"),
      leaderValue,
      state: base.state,
    },
    grades,
  );
}

/** The first rule in the pipeline's order that kept a ticker off the list, with the base that came nearest. */
function missOf(
  x: Finding,
  unmet: RuleAnswer | null,
  grown: boolean,
  scored: RuleAnswer | null,
  params: Params,
): NearMiss {
  const { reason, value, threshold } = x.eligibility;
  const base = x.base ?? x.nearMiss?.base ?? null;
  if (reason !== null) {
    return { rule: reason, value, threshold, base };
  }
  if (!grown || x.trend === null) {
    return { rule: "too_short", value: x.bars, threshold: params.young.listed, base };
  }
  const answer = unmet ?? (x.base === null ? null : scored);
  if (answer !== null) {
    return { rule: answer.rule.id, value: answer.value, threshold: answer.limit, base };
  }
  assert(x.nearMiss !== null, `${x.ticker} is not listed and lacks nothing`);
  return x.nearMiss;
}
