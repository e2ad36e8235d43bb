/** The differences of a verdict from the second implementation, as text; an empty list when there are none. */
import { columnsOf, type Row } from "../../core/bars/columns.ts";
import { PARAMS, type Params } from "../../core/params.ts";
import { scan } from "../../core/scan/scan.ts";
import type { Base, Verdict } from "../../core/vcp/verdict.ts";
import { assert } from "../../core/assert.ts";
import type { NaiveFinding } from "./naive-detector.ts";
import { dryEndOf, firstOf, lastOf, type NaiveCandidate, naiveMeasures, shakeoutsOf } from "./naive-rules.ts";
import type { Bare } from "../builders/bare.ts";
import { at, type NaiveBar } from "./naive-swings.ts";

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

function measuresOf(bars: readonly NaiveBar[], c: NaiveCandidate): Bare<Partial<Base>> {
  const length = bars.length - 1 - firstOf(c).high.bar;
  const depths = [at(c.depths, 0), at(c.depths, c.depths.length - 1)].map(wholePercent).join("/");
  return {
    scale: c.scale,
    bars: length,
    weeks: Math.ceil(length / 5),
    footprint: `${Math.ceil(length / 5)}W ${depths} ${c.legs.length}T`,
    ...naiveMeasures(bars, c),
    contractionRatio: at(c.depths, c.depths.length - 1) / at(c.depths, 0),
    shakeouts: shakeoutsOf(bars, c),
  };
}

function baseDifferences(base: Base, bars: readonly NaiveBar[], c: NaiveCandidate): string[] {
  const breakout = at(bars, dryEndOf(bars, c));
  const brokeOut = breakout.close > lastOf(c).high.price;
  return [
    ...differences("base", base, measuresOf(bars, c)),
    ...differences(
      "base",
      { breakout: base.breakout?.day ?? null },
      { breakout: brokeOut ? breakout.day : null },
    ),
    ...c.legs.flatMap(({ high, low }, i) =>
      differences(`leg ${i + 1}`, base.contractions[i] ?? {}, {
        highDay: at(bars, high.bar).day,
        high: high.price,
        lowDay: at(bars, low.bar).day,
        low: low.price,
        depth: c.depths[i],
        bars: low.bar - high.bar,
      }),
    ),
    ...(base.contractions.length === c.legs.length ? [] : [`T is ${base.contractions.length}`]),
  ];
}

export function verdictDifferences(verdict: Verdict, naive: NaiveFinding): string[] {
  const { base, scoreTerms, nearMiss } = verdict;
  if (naive.best === null) {
    const wanted = naive.nearMiss ?? {};
    return base === null
      ? differences("near miss", nearMiss ?? {}, verdict.eligibility.ok ? wanted : {})
      : [`${base.footprint} is valid, not a near miss by ${naive.nearMiss?.rule}`];
  }
  const { candidate, terms } = naive.best;
  const provisional = lastOf(candidate).low.confirmedAt === null;
  return base === null
    ? [`not valid by ${nearMiss?.rule}, yet it meets every rule`]
    : [
        ...baseDifferences(base, naive.bars, candidate),
        ...differences("terms", scoreTerms ?? {}, terms),
        ...(["deep", "prov", "shakeout"] as const).flatMap((flag) => {
          const wanted = {
            deep: at(candidate.depths, 0) > 0.35,
            prov: provisional,
            shakeout: base.shakeouts > 0,
          }[flag];
          return verdict.flags.includes(flag) === wanted ? [] : [`flag ${flag} is ${!wanted}`];
        }),
      ];
}
