/** EV2: how often the detector lists series without a pattern, each ranked among its own kind. */
import { assert } from "../../core/assert.ts";
import { type Columns, columnsOf } from "../../core/bars/columns.ts";
import { isAtLeast } from "../../core/scan/grade.ts";
import type { Params } from "../../core/params.ts";
import { type Listing, scan, type ScanInput } from "../../core/scan/scan.ts";
import { formatTradingDay, type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { Grade, Verdict } from "../../core/vcp/verdict.ts";
import {
  type NullFigures,
  type NullRate,
  nullsExceeded,
  type RealFigures,
} from "../../protocol/rest/null-rates.ts";
import { ALL_ELIGIBLE } from "../oracle/compare-verdict.ts";
import { tickerOf } from "../../core/nominal.ts";

/** What a null may reach at most (EV2). */
export const NULL_LIMITS = { s_or_a: 0.003, c_or_better: 0.03 } as const;
/** Five times what EV2 asks: 2,000 leave an interval of 0.2 to 0.7 % around a limit of 0.3 %. */
export const NULLS = 10_000;
/** Of the walks, the first so many as a null of their own: few enough to be counted by the tests. */
export const RECOUNTED = 400;

/** EL skipped, its 3 bn for S and A with it: a null has no won. */
const ALL_LEADERS: Params = {
  ...ALL_ELIGIBLE,
  eligibility: { ...ALL_ELIGIBLE.eligibility, leaderValue: 0 },
};

/** Wilson's 95 % interval of a share. */
function rateOf(count: number, n: number): NullRate {
  const z = 1.96;
  const rate = count / n;
  const centre = (rate + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z * Math.sqrt((rate * (1 - rate)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
  return { count, rate, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** The mean of all paths, each from 1, as an index: what the market did in this null. */
function meanPath(series: readonly Columns[]): Columns {
  const days = series[0]?.day ?? new Float64Array();
  return columnsOf(
    Array.from(days, (day, i) => {
      const sum = series.reduce((total, { close }) => total + (close[i] ?? 0) / (close[0] ?? 1), 0);
      const close = (1_000 * sum) / series.length;
      const prices = { open: close, high: close, low: close, close };
      return { day: tradingDayOf(day), ...prices, volume: 1, value: null, shares: null, base: null };
    }),
  );
}

/** All of one market, so that the one index is theirs. */
function listingsOf(series: readonly Columns[]): readonly Listing[] {
  const rest = {
    kind: "common",
    notice: null,
    industry: null,
    listedOn: null,
    nameEn: null,
    listedShares: null,
  } as const;
  return series.map((columns, i) => {
    const ticker = `9${String(i).padStart(4, "0")}0`;
    return {
      ticker,
      instrument: { ticker: tickerOf(ticker), name: ticker, market: "KOSPI", ...rest },
      columns,
    };
  });
}

/** Detected with this grade or a better one. */
function countOf(verdicts: readonly Verdict[], grade: Grade): number {
  return verdicts.filter((one) => one.detected && one.grade !== null && isAtLeast(one.grade, grade)).length;
}

/** Series of one length that end on one day. */
export function nullFigures(kind: NullFigures["kind"], series: readonly Columns[]): NullFigures {
  const index = meanPath(series);
  const sessions = Array.from(index.day, tradingDayOf);
  const listings = listingsOf(series);
  const result = scan({ listings, sessions, indices: { KOSPI: index }, params: ALL_LEADERS, asOf: null });
  const verdicts = result?.verdicts ?? [];
  const n = verdicts.length;
  const [cOrBetter, sOrA] = [rateOf(countOf(verdicts, "C"), n), rateOf(countOf(verdicts, "A"), n)];
  return {
    kind,
    n,
    sessions: sessions.length,
    template: rateOf(verdicts.filter(({ passed }) => passed === 8).length, n),
    valid: rateOf(verdicts.filter(({ valid }) => valid).length, n),
    c_or_better: cOrBetter,
    b_or_better: rateOf(countOf(verdicts, "B"), n),
    s_or_a: sOrA,
    within: {
      s_or_a: sOrA.rate <= NULL_LIMITS.s_or_a,
      c_or_better: cOrBetter.rate <= NULL_LIMITS.c_or_better,
    },
  };
}

/** The same rates of a real market on some of its days, in order, for comparison with the nulls. */
export function realFigures(
  market: Pick<ScanInput, "sessions" | "indices"> & { readonly listings: readonly Listing[] },
  days: readonly TradingDay[],
): RealFigures {
  const verdicts = days.flatMap(
    (asOf) =>
      scan({ ...market, params: ALL_LEADERS, asOf })?.verdicts.filter(({ eligibility }) => eligibility.ok) ??
      [],
  );
  const n = verdicts.length;
  const [first, last] = [days[0], days.at(-1)];
  assert(first !== undefined && last !== undefined, "A real market is asked on one day at least");
  return {
    tickers: market.listings.length,
    days: days.length,
    first_day: formatTradingDay(first),
    last_day: formatTradingDay(last),
    ticker_days: n,
    valid: verdicts.filter(({ valid }) => valid).length / n,
    c_or_better: countOf(verdicts, "C") / n,
    s_or_a: countOf(verdicts, "A") / n,
  };
}

const NAMES = { walk: "random walks", shuffled: "shuffled real series" } as const;

function percent(rate: number): string {
  return `${(100 * rate).toFixed(rate < 0.01 ? 2 : 1)} %`;
}

/** What follows for the shape from its share in the real data, held against each null. */
function shapeSentence(nulls: readonly NullFigures[], real: RealFigures): string {
  const exceeded = nullsExceeded(nulls, real);
  if (exceeded.length === 0) {
    return "it is no more frequent in real data than by chance: the shape alone says nothing";
  }
  const others = nulls.filter(({ kind }) => !exceeded.includes(kind)).map(({ kind }) => NAMES[kind]);
  const beyond = exceeded.map((kind) => NAMES[kind]).join(" and ");
  return others.length === 0
    ? "it is more frequent in real data than by chance"
    : `it is more frequent in real data than in ${beyond}, but not than in ${others.join(" and ")}: the shape alone says nothing`;
}

/** The statement that must stand with the figures, in one text. */
export function nullStatement(nulls: readonly NullFigures[], real: RealFigures): string {
  const shapes = nulls.map(({ kind, valid }) => `in ${percent(valid.rate)} of ${NAMES[kind]}`);
  const broken = nulls
    .filter(({ within }) => !within.s_or_a || !within.c_or_better)
    .map(({ kind, s_or_a, c_or_better, within }) =>
      within.s_or_a
        ? `C or better is given to ${percent(c_or_better.rate)} of ${NAMES[kind]}, more than the ${percent(NULL_LIMITS.c_or_better)} that we allow ourselves`
        : `S or A is given to ${percent(s_or_a.rate)} of ${NAMES[kind]}, more than the ${percent(NULL_LIMITS.s_or_a)} that we allow ourselves`,
    );
  return [
    `A base stands ${shapes.join(" and ")}, and on ${percent(real.valid)} of the days of real shares; ${shapeSentence(nulls, real)}.`,
    ...broken.map((sentence) => `${sentence}.`),
  ].join(" ");
}
