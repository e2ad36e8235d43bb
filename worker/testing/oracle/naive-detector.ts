/**
 * A second implementation of the form, written from the SPEC's text alone: literal, slow and without a shared line with
 * core/. Where the two differ, the text decides.
 */
import type { Row } from "../../core/bars/columns.ts";
import type { Params } from "../../core/params.ts";
import type { UnmetRule } from "../../core/vcp/verdict.ts";
import { at, highestHigh, type NaiveBar, naiveBars } from "./naive-bars.ts";
import { above, naiveStarts } from "./naive-base.ts";
import { type NaiveReading, naiveReading, naiveUnmet } from "./naive-reading.ts";

export interface NaiveMiss {
  readonly rule: UnmetRule;
  readonly value: number | null;
  readonly threshold: number;
  /** The base that came nearest. */
  readonly reading: NaiveReading | null;
}

export interface NaiveFinding {
  readonly bars: readonly NaiveBar[];
  /** The base that is taken; `null` when none is valid. */
  readonly best: NaiveReading | null;
  /** `null` when a base is valid. */
  readonly miss: NaiveMiss | null;
}

/** CT10: the widest of at most 120 bars, otherwise the shortest longer one. */
function chosen(valid: readonly NaiveReading[], today: number, params: Params): NaiveReading | null {
  const byLength = valid.toSorted((a, b) => b.start - a.start);
  const usual = byLength.filter((x) => today - x.start <= params.base.usualBars);
  return usual.at(-1) ?? byLength[0] ?? null;
}

/** PV4: the bases that bar `until` + 1 left. */
function leftAt(bars: readonly NaiveBar[], until: number, params: Params): readonly NaiveReading[] {
  const { breakoutSpan } = params.base;
  if (at(bars, until + 1).close <= highestHigh(bars, until - breakoutSpan + 1, until)) {
    return [];
  }
  const close = at(bars, bars.length - 1).close;
  return naiveStarts(bars, until, params)
    .map((start) => naiveReading(bars, start, until, params))
    .filter(({ pivot }) => close > pivot && pivot >= at(bars, until).close);
}

const isValid = (x: NaiveReading, params: Params): boolean => naiveUnmet(x, params).length === 0;

function bestOf(
  bars: readonly NaiveBar[],
  now: readonly NaiveReading[],
  params: Params,
): NaiveReading | null {
  const today = bars.length - 1;
  const standing = now.filter((x) => isValid(x, params));
  if (standing.length > 0) {
    return chosen(standing, today, params);
  }
  for (let until = today - 1; until >= today - params.base.breakoutBars && until >= 0; until--) {
    const left = leftAt(bars, until, params).filter((x) => isValid(x, params));
    if (left.length > 0) {
      return chosen(left, today, params);
    }
  }
  return null;
}

/** NM1: a base left behind, that lacks nothing but the distance. */
function extendedOf(bars: readonly NaiveBar[], params: Params): NaiveMiss | null {
  const today = bars.length - 1;
  for (let until = today - 1; until >= today - params.base.formerBars && until >= 0; until--) {
    const alone = leftAt(bars, until, params).filter((x) => {
      const [first, ...rest] = naiveUnmet(x, params);
      return first?.rule === "PV2" && rest.length === 0;
    });
    const [reading] = alone;
    if (reading !== undefined) {
      return { ...at(naiveUnmet(reading, params), 0), reading };
    }
  }
  return null;
}

function missOf(bars: readonly NaiveBar[], now: readonly NaiveReading[], params: Params): NaiveMiss {
  const unmet = now.map((reading) => ({ reading, rules: naiveUnmet(reading, params) }));
  const fewest = Math.min(...unmet.map(({ rules }) => rules.length));
  const nearest = unmet.find(({ rules }) => rules.length === fewest);
  if (nearest !== undefined) {
    return { ...at(nearest.rules, 0), reading: nearest.reading };
  }
  return extendedOf(bars, params) ?? withoutStart(bars, params);
}

function withoutStart(bars: readonly NaiveBar[], params: Params): NaiveMiss {
  const { bars: length, leastBefore, overBars } = params.base;
  const today = bars.length - 1;
  const from = Math.max(leastBefore, today - length[1]);
  const top = bars.findLastIndex((bar, k) => k >= from && bar.high === highestHigh(bars, from, today));
  const age = today - top;
  return age < length[0]
    ? { rule: "BS0", value: age, threshold: length[0], reading: null }
    : {
        rule: "BS1",
        value: above(highestHigh(bars, top - overBars, top - 1), at(bars, top).high),
        threshold: params.form.BS1.limit,
        reading: null,
      };
}

/** `rows` oldest first, as of their last row. */
export function naiveDetect(rows: readonly Row[], params: Params): NaiveFinding {
  const bars = naiveBars(rows);
  const today = bars.length - 1;
  const now = naiveStarts(bars, today, params).map((start) => naiveReading(bars, start, today, params));
  const best = bestOf(bars, now, params);
  return { bars, best, miss: best === null ? missOf(bars, now, params) : null };
}
