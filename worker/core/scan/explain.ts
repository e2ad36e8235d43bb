/**
 * FM1: every rule of the form on one share, met or not, and the base that they were asked of. A scan needs the first unmet
 * rule of a share and stops there; a reader wants to check the others, and to see the base also of a share that is no leader.
 */
import { adjust } from "../bars/adjust.ts";
import { asOf as untilDay, type Columns } from "../bars/columns.ts";
import type { PriceGrid } from "../bars/tick-size.ts";
import { PatternTime } from "../bars/pattern-time.ts";
import type { Params } from "../params.ts";
import { baseOf } from "../vcp/base.ts";
import type { BaseReading } from "../vcp/base-reading.ts";
import { answersOf, BaseSearch, type Incumbent } from "../vcp/base-search.ts";
import { scoreAnswer } from "../vcp/rule-answer.ts";
import { FORM_RULES, type FormRule, type Strictness } from "../vcp/form-rules.ts";
import type { ShareFacts } from "../vcp/measures.ts";
import { baseTerms, scoreTerms, sumOf } from "../vcp/score.ts";
import { shareAnswers } from "../vcp/share-rules.ts";
import { trendOf } from "../vcp/trend-template.ts";
import type { Base, Verdict } from "../vcp/verdict.ts";

/** One rule of the form on one share. */
export interface ExplainedRule {
  readonly rule: FormRule;
  /** `null`: it cannot be measured, which is not held against the share, or there is nothing to measure it on. */
  readonly value: number | null;
  /** What it was held against: the limit of a new listing, on a signal's own base the one that keeps it. */
  readonly limit: number;
  /** `null`: there is no base to ask it of. */
  readonly met: boolean | null;
}

/**
 * `listed`: one that meets every rule of a base. `own`: the one on which the ticker's signal stands, by the limits that keep.
 * `nearest`: one that does not meet them, the closest there is.
 */
export type ExplainedKind = "listed" | "own" | "nearest";

/** What the rules were asked of. */
export interface ExplainedBase {
  readonly kind: ExplainedKind;
  readonly base: Base;
}

/** A form, rule by rule in the order of the table. */
export interface FormExplanation {
  readonly rules: readonly ExplainedRule[];
  /** `null`: no base can be read. */
  readonly of: ExplainedBase | null;
}

export interface ExplainInput {
  /** The raw rows of the ticker; those after the verdict's session are left out. */
  readonly columns: Columns;
  /** The scan's: rating and template are known from the whole market only. */
  readonly verdict: Verdict;
  readonly params: Params;
  readonly grid: PriceGrid;
  /** What the ticker's signal before its trigger stands on; `null` without one. */
  readonly incumbent?: Incumbent | null;
}

/**
 * Every rule of the form. Its first unmet one is the verdict's, where that is a rule of the form and the base is not a
 * signal's own, which is asked by other limits. One ticker is read, and no other: about the cost of its verdict, and for a
 * share without a base that of looking for one it left (NM1).
 *
 * @example
 * const { rules, of } = explainForm({ columns, verdict, params: PARAMS, grid: "krx" });
 * rules.filter(({ met }) => met === false).map(({ rule }) => rule.id); // ["TT", "QT1"]
 * of?.base.footprint; // "9W 19/7 2T"
 */
export function explainForm(x: ExplainInput): FormExplanation {
  const { verdict, params } = x;
  const bars = new PatternTime();
  bars.load(adjust(untilDay(x.columns, verdict.asOf)).columns);
  if (bars.n < params.young.judged) {
    return { rules: FORM_RULES.map((rule: FormRule) => unasked(rule, params)), of: null };
  }
  const found = readBase(bars, x);
  const strictness: Strictness = found?.kind === "own" ? "keep" : "limit";
  const trend = trendOf(bars, params.year);
  const passed = verdict.bars >= params.young.full ? verdict.passed : null;
  const facts: ShareFacts = { trend, passed, rs: verdict.rs };
  const answers = [
    ...shareAnswers(facts, strictness, params),
    ...(found === null ? [] : answersOf(found.reading, strictness, params)),
  ];
  const answered = new Map<string, ExplainedRule>(answers.map((answer) => [answer.rule.id, answer]));
  if (found !== null) {
    const answer = scoreAnswer(
      sumOf(scoreTerms(baseTerms(found.reading, params), facts)),
      strictness,
      params,
    );
    answered.set(answer.rule.id, answer);
  }
  return {
    rules: FORM_RULES.map((rule: FormRule) => answered.get(rule.id) ?? unread(rule, verdict, params)),
    of: found && { kind: found.kind, base: baseOf(found.reading, x.grid, params).base },
  };
}

interface Found {
  readonly kind: ExplainedKind;
  readonly reading: BaseReading;
}

/** In the order in which a scan looks; of a share that it lists newly the signal's own base does not matter. */
function readBase(bars: PatternTime, { verdict, params, incumbent = null }: ExplainInput): Found | null {
  const search = new BaseSearch(bars, params);
  const own = verdict.detected || incumbent === null ? null : search.incumbent(incumbent);
  if (own !== null) {
    return { kind: "own", reading: own };
  }
  const best = search.best();
  if (best !== null) {
    return { kind: "listed", reading: best };
  }
  const nearest = search.nearest() ?? search.former();
  return nearest && { kind: "nearest", reading: nearest };
}

function unasked(rule: FormRule, params: Params): ExplainedRule {
  return { rule, value: null, limit: params.form[rule.id].limit, met: null };
}

/** Without any base the scan may still name what stands in the way of one. */
function unread(rule: FormRule, { nearMiss }: Verdict, params: Params): ExplainedRule {
  const isInTheWay = nearMiss?.rule === rule.id && typeof nearMiss.value === "number";
  return isInTheWay
    ? { rule, value: nearMiss.value, limit: params.form[rule.id].limit, met: false }
    : unasked(rule, params);
}
