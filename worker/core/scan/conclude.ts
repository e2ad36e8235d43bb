/** The second half of a verdict: what depends on the rating against all others. */
import { gradeOf, isAtLeast } from "./grade.ts";
import type { Instrument } from "../instrument/instrument.ts";
import type { Price, Ticker } from "../nominal.ts";
import type { Params } from "../params.ts";
import type { StrengthLine } from "./relative-strength.ts";
import { type BaseTerms, clip, leaderTerms, sumOf } from "../vcp/score.ts";
import type { TradingDay } from "../calendar/trading-day.ts";
import { passedOf, type Trend, trendTemplate } from "../vcp/trend-template.ts";
import type { Base, Eligibility, Flag, NearMiss, ScoreTerms, Verdict } from "../vcp/verdict.ts";

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
  /** Only for an eligible ticker without a valid base. */
  readonly nearMiss: NearMiss | null;
  readonly flags: readonly Flag[];
}

/** TT, SC, EL: the verdict of a finding with its rating `rs` (1..99, `null` when unrated) as of a session. */
export function conclude(x: Finding, rs: number | null, asOf: TradingDay, params: Params): Verdict {
  const judged = x.trend !== null && x.bars >= params.young.full;
  const template = x.trend === null ? [] : trendTemplate(x.trend, rs, judged, params);
  const passed = passedOf(template);
  const scoreTerms: ScoreTerms | null = x.terms && {
    ...x.terms,
    ...leaderTerms(passed, rs, x.line?.gap ?? null),
  };
  const score = scoreTerms && 100 * clip(sumOf(scoreTerms) / 100);
  const grade =
    x.base === null || score === null
      ? null
      : gradeOf(
          {
            score,
            passed,
            lastDepth: x.base.contractions.at(-1)?.depth ?? 1,
            dryUp: x.base.dryUp,
            rs,
            deep: x.flags.includes("deep"),
            young: x.flags.includes("young"),
            leaderValue: x.leaderValue,
            state: x.base.state,
          },
          params.grades,
        );
  const grown = !x.flags.includes("young") || x.bars >= params.young.listed;
  const detected = x.eligibility.ok && grade !== null && isAtLeast(grade, "C") && grown;
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
    grade: grown ? grade : grade && "D",
    score,
    scoreTerms,
    base: x.base,
    template,
    passed,
    rs,
    rsRaw: x.rsRaw,
    eligibility: x.eligibility,
    leaderValue: x.leaderValue,
    nearMiss: detected ? null : missOf(x, passed, score, grown, params),
    flags: x.flags,
  };
}

/** The first rule in the pipeline's order that kept a ticker off the list. */
function missOf(x: Finding, passed: number, score: number | null, grown: boolean, params: Params): NearMiss {
  const { reason, value, threshold } = x.eligibility;
  if (reason !== null) {
    return { rule: reason, value, threshold };
  }
  if (x.nearMiss !== null) {
    return x.nearMiss;
  }
  if (!grown) {
    return { rule: "too_short", value: x.bars, threshold: params.young.listed };
  }
  const young = x.flags.includes("young");
  return passed < params.grades.C.passed && !young
    ? { rule: "SC_template", value: passed, threshold: params.grades.C.passed }
    : { rule: "SC_score", value: score, threshold: params.grades.C.score };
}
