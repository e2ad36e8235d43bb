/** A filter without any base: a leader near its high whose last bars are quiet. A law that is no better is worth nothing. */
import type { Columns } from "../../core/bars/columns.ts";
import type { Chart } from "./labels.ts";
import type { Finding, Law, LawFamily } from "./law.ts";
import type { GoldMarket } from "./market.ts";

export interface CrudeParams {
  /** Rules of the trend template that pass at least. */
  readonly passed: number;
  /** Relative strength at least. */
  readonly rs: number;
  /** Close at or above its 50-day mean, that mean 5 % above the 200-day one, the 150-day one up 1 % in 20 bars. */
  readonly rising: boolean;
  /** Close below the highest high of 60 bars at most, a fraction. */
  readonly below: number;
  /** Highest high less lowest low of 10 bars, over the close, at most. */
  readonly quiet: number;
}

/** What the filter compares, on the last bar. */
interface CrudeMeasures {
  readonly eligible: boolean;
  readonly passed: number;
  readonly rs: number | null;
  readonly rising: boolean;
  readonly below: number;
  readonly quiet: number;
}

const HIGH_BARS = 60;
const QUIET_BARS = 10;

/** Of the `span` values that end `back` before the last; `NaN` without as many. */
function meanOf(values: Float64Array, span: number, back = 0): number {
  const end = values.length - back;
  return end < span ? Number.NaN : values.subarray(end - span, end).reduce((sum, x) => sum + x, 0) / span;
}

function isRising({ close }: Columns): boolean {
  const mean50 = meanOf(close, 50);
  const over = mean50 / meanOf(close, 200);
  const climb = meanOf(close, 150) / meanOf(close, 150, 20);
  // A young share has no long mean and is not refused for it.
  return (close.at(-1) ?? Number.NaN) >= mean50 && !(over < 1.05) && !(climb < 1.01);
}

function measure(market: GoldMarket, chart: Chart): CrudeMeasures {
  const bars = market.barsOf(chart);
  const verdict = market.verdicts(chart.day).get(chart.ticker);
  const close = bars.close.at(-1) ?? Number.NaN;
  const range = Math.max(...bars.high.slice(-QUIET_BARS)) - Math.min(...bars.low.slice(-QUIET_BARS));
  return {
    eligible: verdict?.eligibility.ok ?? false,
    passed: verdict?.passed ?? 0,
    rs: verdict?.rs ?? null,
    rising: isRising(bars),
    below: 1 - close / Math.max(...bars.high.slice(-HIGH_BARS)),
    quiet: range / close,
  };
}

/** The first unmet condition; `null` when all are met. */
function unmetOf(x: CrudeMeasures, params: CrudeParams): string | null {
  const conditions: readonly (readonly [name: string, met: boolean])[] = [
    ["eligible", x.eligible],
    ["template", x.passed >= params.passed],
    ["strength", (x.rs ?? 0) >= params.rs],
    ["rising", x.rising || !params.rising],
    ["below", x.below <= params.below],
    ["quiet", x.quiet <= params.quiet],
  ];
  return conditions.find(([, met]) => !met)?.[0] ?? null;
}

function describe(params: CrudeParams): string {
  const rising = params.rising ? ", rising" : "";
  const [below, quiet] = [params.below, params.quiet].map((share) => `${Number((100 * share).toFixed(6))} %`);
  return `${params.passed}/8, RS ${params.rs}${rising}, ${below} below, range ${quiet}`;
}

/** Measures by chart: the same for every set of parameters. */
const measured = new WeakMap<GoldMarket, Map<Chart, CrudeMeasures>>();

function measuresOf(market: GoldMarket, chart: Chart): CrudeMeasures {
  const ofMarket = measured.get(market) ?? new Map<Chart, CrudeMeasures>();
  measured.set(market, ofMarket);
  const known = ofMarket.get(chart) ?? measure(market, chart);
  ofMarket.set(chart, known);
  return known;
}

export function crudeLaw(params: CrudeParams, name: string = describe(params)): Law {
  return {
    name,
    find: (market, charts) =>
      charts.map((chart): Finding => {
        const unmet = unmetOf(measuresOf(market, chart), params);
        return { listed: unmet === null, state: null, unmet, drawing: null };
      }),
  };
}

/** A leader within 10 % of its high with ten quiet bars: nothing else. */
export const LEADER_CRUDE: CrudeParams = { passed: 7, rs: 70, rising: false, below: 0.1, quiet: 0.1 };
/** The same near its high, by harder thresholds. */
export const STRICT_CRUDE: CrudeParams = { passed: 8, rs: 85, rising: false, below: 0.05, quiet: 0.1 };
/** The leader's, with rising long means. */
const WIDE_CRUDE: CrudeParams = { passed: 7, rs: 70, rising: true, below: 0.1, quiet: 0.12 };

/** The wide filter, and what is had by fitting its thresholds: what a law must exceed where it is fitted itself. */
export function crudeFamily(): LawFamily {
  const rest = [6, 7, 8].flatMap((passed) =>
    [70, 85].flatMap((rs) =>
      [true, false].flatMap((rising) =>
        [0.05, 0.08, 0.1, 0.15].flatMap((below) =>
          [0.08, 0.1, 0.12, 0.16].map((quiet) => crudeLaw({ passed, rs, rising, below, quiet })),
        ),
      ),
    ),
  );
  return { name: "crude, wide", members: [crudeLaw(WIDE_CRUDE), ...rest] };
}
