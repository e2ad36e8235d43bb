/** The differences of a base from the second implementation, as text; an empty list when there are none. */
import { columnsOf, type Row } from "../../core/bars/columns.ts";
import { PARAMS, type Params } from "../../core/params.ts";
import { scan } from "../../core/scan/scan.ts";
import { FORM_RULES, type FormLimits, type FormRule } from "../../core/vcp/form-rules.ts";
import type { Base, NearMiss, Verdict } from "../../core/vcp/verdict.ts";
import { assert } from "../../core/assert.ts";
import { at } from "./naive-bars.ts";
import { SPEC_PARAMS } from "./spec-numbers.ts";
import type { NaiveFinding, NaiveMiss } from "./naive-detector.ts";
import { finalOf, firstOf, naiveFlags, type NaiveReading, naiveState } from "./naive-reading.ts";

/** Nothing keeps a ticker from being judged, so that its geometry is always judged. */
export const ALL_ELIGIBLE: Params = {
  ...PARAMS,
  eligibility: {
    ...PARAMS.eligibility,
    value: 0,
    price: 0,
    maxZero: Number.POSITIVE_INFINITY,
    maxHalts: Number.POSITIVE_INFINITY,
    suspectBars: 0,
  },
};

/** Nothing is asked of the share or of its points, so that a base is looked for in every series: for the form alone. */
export const ALL_LEADERS: Params = { ...ALL_ELIGIBLE, form: ofBaseAlone(PARAMS.form) };

/** The same by the numbers of the SPEC, for the second implementation. */
export const SPEC_LEADERS: Params = { ...SPEC_PARAMS, form: ofBaseAlone(SPEC_PARAMS.form) };

function ofBaseAlone(form: FormLimits): FormLimits {
  const rules: readonly FormRule[] = FORM_RULES;
  const open = rules
    .filter((rule) => rule.of !== "base")
    .map(({ id, side }) => {
      const limit = side === "atLeast" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
      return [id, { limit, keep: limit }] as const;
    });
  return { ...form, ...Object.fromEntries(open) };
}

/** The verdict on one ticker alone, as of its last row; its own rows are the sessions. */
export function verdictOn(rows: readonly Row[], params: Params = ALL_ELIGIBLE): Verdict {
  const listings = [{ ticker: "900010", instrument: null, columns: columnsOf(rows) }];
  const result = scan({ listings, sessions: rows.map((row) => row.day), indices: {}, params, asOf: null });
  const verdict = result?.verdicts[0];
  assert(verdict !== undefined, "One listing with a row has one verdict");
  return verdict;
}

const TOLERANCE = 1e-9;

function same(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === "number" && typeof b === "number" && Math.abs(a - b) <= TOLERANCE);
}

function differences(what: string, given: object, wanted: object): string[] {
  const values = new Map(Object.entries(given));
  return Object.entries(wanted).flatMap(([key, value]) =>
    same(values.get(key), value)
      ? []
      : [`${what}.${key} is ${String(values.get(key))}, not ${String(value)}`],
  );
}

/** CT9: half up in decimals, where 0.145 x 100 in doubles is a hair less than 14.5. */
const wholePercent = (fraction: number): number => Math.round(Number((fraction * 100).toFixed(9)));

/** A base against a reading of the second implementation. */
export function baseDifferences(base: Base, x: NaiveReading, params: Params): string[] {
  const { bars } = x;
  const length = bars.length - 1 - x.start;
  const weeks = Math.ceil(length / 5);
  const depths = [firstOf(x), finalOf(x)].map(({ depth }) => wholePercent(depth)).join("/");
  const dayAt = (bar: number | null | undefined): number | null =>
    bar === null || bar === undefined ? null : at(bars, bar).day;
  return [
    ...differences("base", base, {
      bars: length,
      weeks,
      footprint: `${weeks}W ${depths} ${x.falls.length}T`,
      pivot: x.pivot,
      overhead: x.measures.overhead,
      distance: x.measures.distance,
      dryUp: x.measures.dryUp,
      noise: x.noise,
      contractionRatio: firstOf(x).depth === 0 ? 1 : finalOf(x).depth / firstOf(x).depth,
      state: naiveState(x, params),
    }),
    ...differences(
      "base",
      {
        breakout: base.breakout?.day ?? null,
        since: base.breakout?.bars ?? null,
        touched: base.touched?.day ?? null,
        closed: base.touched?.closed ?? null,
      },
      {
        breakout: dayAt(x.breakout),
        since: x.breakout === null ? null : bars.length - 1 - x.breakout,
        touched: dayAt(x.touched?.bar),
        closed: x.touched?.closed ?? null,
      },
    ),
    ...x.falls.flatMap(({ high, low, depth }, i) =>
      differences(`contraction ${i + 1}`, base.contractions[i] ?? {}, {
        highDay: dayAt(high),
        high: at(bars, high).high,
        lowDay: dayAt(low),
        low: at(bars, low).low,
        depth,
        bars: low - high,
      }),
    ),
    ...differences("base", { T: base.contractions.length }, { T: x.falls.length }),
  ];
}

/** NM1: the near miss of the form, with the base that came nearest. */
function missDifferences(given: NearMiss, wanted: NaiveMiss, params: Params): string[] {
  const { rule, value, threshold, reading } = wanted;
  const named = differences("near miss", given, { rule, value, threshold });
  if (given.base === null || reading === null) {
    return [...named, ...differences("near miss", { base: given.base !== null }, { base: reading !== null })];
  }
  return [...named, ...baseDifferences(given.base, reading, params)];
}

/** Base, near miss and the flags of the base of a verdict that nothing but the form decides. */
export function formDifferences(verdict: Verdict, naive: NaiveFinding, params: Params): string[] {
  const { base, nearMiss } = verdict;
  if (base === null || naive.best === null) {
    const valid = differences("verdict", { valid: base !== null }, { valid: naive.best !== null });
    return base === null && naive.miss !== null && nearMiss !== null
      ? [...valid, ...missDifferences(nearMiss, naive.miss, params)]
      : [...valid, `the near miss is ${nearMiss?.rule}, not ${naive.miss?.rule}`];
  }
  const flags = Object.entries(naiveFlags(naive.best, params));
  return [
    ...baseDifferences(base, naive.best, params),
    ...flags.flatMap(([flag, wanted]) =>
      verdict.flags.some((one) => one === flag) === wanted ? [] : [`flag ${flag} is ${!wanted}`],
    ),
  ];
}
