/**
 * A second implementation of SW, CT and CT10, written from the SPEC's text alone: literal, slow and without a shared line
 * with core/. Where the two differ, the text decides.
 */
import type { Row } from "../../core/bars/columns.ts";
import { PARAMS } from "../../core/params.ts";
import { BASE_RULES, type NearMiss } from "../../core/vcp/verdict.ts";
import type { BaseTerms } from "../../core/vcp/score.ts";
import {
  lastOf,
  mean,
  type NaiveCandidate,
  naiveCandidate,
  type NaiveLeg,
  naiveLegs,
  naiveShape,
  naiveToday,
  type Unmet,
} from "./naive-rules.ts";
import { naiveBaseTerms } from "./naive-score.ts";
import { at, naiveBars, naiveRange, naiveSwings, type PlacedBar } from "./naive-swings.ts";

export interface NaiveValid {
  readonly candidate: NaiveCandidate;
  readonly terms: BaseTerms;
}

export interface NaiveFinding {
  readonly bars: readonly PlacedBar[];
  /** Every valid candidate, in the order that breaks ties. */
  readonly valid: readonly NaiveValid[];
  /** The best of them with its score; `null` when none is valid. */
  readonly best: NaiveValid | null;
  /** `null` when a candidate is valid. */
  readonly nearMiss: NearMiss | null;
}

interface ScaleLegs {
  readonly scale: number;
  readonly legs: readonly NaiveLeg[];
}

function legsByScale(bars: readonly PlacedBar[]): ScaleLegs[] {
  const range = naiveRange(bars);
  return PARAMS.swing.scales.map((scale) => ({ scale, legs: naiveLegs(naiveSwings(bars, scale, range)) }));
}

/** Candidates of T = 2..6 legs: larger T first, then the larger scale. */
function candidatesOf(byScale: readonly ScaleLegs[]): NaiveCandidate[] {
  return [6, 5, 4, 3, 2].flatMap((count) =>
    byScale
      .toReversed()
      .filter(({ legs }) => legs.length >= count)
      .map(({ scale, legs }) => naiveCandidate(scale, legs.slice(-count))),
  );
}

const sum = (terms: BaseTerms): number => Object.values(terms).reduce((total, points) => total + points, 0);

/** CT10, the first two reasons: the base that stood before its last leg. */
function formerBase(bars: readonly PlacedBar[], byScale: readonly ScaleLegs[]): NearMiss | null {
  const withoutLast = byScale.map(({ scale, legs }) => ({ scale, legs: legs.slice(0, -1) }));
  const former = candidatesOf(withoutLast).filter((c) => naiveShape(bars, c).length === 0);
  const close = at(bars, bars.length - 1).close;
  for (const c of former) {
    const { low } = lastOf(c);
    const below = bars.slice(low.bar + 1).find((bar) => bar.close < low.price);
    if (below !== undefined) {
      return { rule: "CT6broken", value: below.close, threshold: low.price };
    }
  }
  const extended = former.find((c) => close > 1.05 * lastOf(c).high.price);
  return extended === undefined
    ? null
    : { rule: "CT6extended", value: close / lastOf(extended).high.price - 1, threshold: 0.05 };
}

/** Fewest unmet rules, then the latest first unmet rule; the order of `judged` settles the rest. */
function nearest(judged: readonly (readonly Unmet[])[]): Unmet | null {
  const fewest = Math.min(...judged.map((unmet) => unmet.length));
  const first = judged.filter((unmet) => unmet.length === fewest).map((unmet) => at(unmet, 0));
  const latest = Math.max(...first.map((unmet) => BASE_RULES.indexOf(unmet.rule)));
  return first.find((unmet) => BASE_RULES.indexOf(unmet.rule) === latest) ?? null;
}

/** CT10: a last leg of two bars and more first; then the highest score after rounding to 0.01; of equals the first. */
export function naiveBest(valid: readonly NaiveValid[]): NaiveValid | null {
  const lasting = valid.filter(({ candidate }) => lastOf(candidate).low.bar - lastOf(candidate).high.bar > 1);
  const compared = lasting.length > 0 ? lasting : valid;
  const rounded = compared.map(({ candidate, terms }) => {
    const count = (8 / 3) * (candidate.legs.length - 1);
    return Math.round((sum(terms) - terms.contractionCount + count) * 100);
  });
  return compared[rounded.indexOf(Math.max(...rounded))] ?? null;
}

/** `rows` oldest first, as of their last row. */
export function naiveDetect(rows: readonly Row[]): NaiveFinding {
  const bars = naiveBars(rows);
  const byScale = legsByScale(bars);
  const candidates = candidatesOf(byScale);
  const judged = candidates.map((c) => [...naiveShape(bars, c), ...naiveToday(bars, c)]);
  const mean200 = bars.length < 200 ? null : mean(bars.slice(-200).map((bar) => bar.close));
  const valid = candidates
    .filter((_, i) => at(judged, i).length === 0)
    .map((candidate) => ({ candidate, terms: naiveBaseTerms(bars, candidate, mean200) }));
  const best = naiveBest(valid);
  if (best !== null) {
    return { bars, valid, best, nearMiss: null };
  }
  if (candidates.length > 0) {
    return { bars, valid, best: null, nearMiss: formerBase(bars, byScale) ?? nearest(judged) };
  }
  const legs = byScale.map((of) => of.legs.length);
  return { bars, valid, best: null, nearMiss: { rule: "no_legs", value: Math.max(...legs), threshold: 2 } };
}
