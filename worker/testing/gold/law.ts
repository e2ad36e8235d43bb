/** What a law of the detector must answer to be compared with others on the same charts. */
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { Params } from "../../core/params.ts";
import type { NearMiss, Verdict } from "../../core/vcp/verdict.ts";
import type { Chart } from "./labels.ts";
import { FORM_PARAMS, type GoldMarket } from "./market.ts";

/** One contraction as it is drawn. */
export interface DrawnLeg {
  readonly highDay: TradingDay;
  readonly high: number;
  readonly lowDay: TradingDay;
  readonly low: number;
}

/** A base on a chart, in the prices of its bars. */
export interface Drawing {
  /** The day of the base's left-side high. */
  readonly start: TradingDay;
  readonly pivot: number;
  readonly stop: number | null;
  readonly legs: readonly DrawnLeg[];
}

/** A law's answer on one chart. */
export interface Finding {
  readonly listed: boolean;
  /** READY, FORMING and so on; `null` where the law has no states or lists nothing. */
  readonly state: string | null;
  /** The first unmet rule with its value and threshold; `null` when the chart is listed. */
  readonly unmet: string | null;
  /** Of a near miss too, when the law has one; `null` where it has no base. */
  readonly drawing: Drawing | null;
}

/** A detector with its parameters: reads the bars up to each chart's day and nothing after it. */
export interface Law {
  readonly name: string;
  /** One finding a chart, in the order of the charts. */
  find(market: GoldMarket, charts: readonly Chart[]): readonly Finding[];
}

/** One law under several sets of parameters; cross-validation chooses among them. The first is the one that is stated. */
export interface LawFamily {
  readonly name: string;
  readonly members: readonly [Law, ...Law[]];
}

function textOf(value: number | string | null): string {
  return typeof value === "number" ? String(Number(value.toPrecision(4))) : String(value);
}

function describeUnmet({ rule, value, threshold }: NearMiss): string {
  return value === null ? rule : `${rule} ${textOf(value)} (asked ${textOf(threshold)})`;
}

/** The base that is listed, or the one that came nearest. */
function drawingOf(verdict: Verdict): Drawing | null {
  const base = verdict.base ?? verdict.nearMiss?.base ?? null;
  const start = base?.contractions[0]?.highDay;
  return base === null || start === undefined
    ? null
    : { start, pivot: base.pivot, stop: base.stop, legs: base.contractions };
}

const ABSENT: Finding = { listed: false, state: null, unmet: "no row", drawing: null };

function findingOf(verdict: Verdict): Finding {
  const { detected, nearMiss, eligibility } = verdict;
  const reason = nearMiss ? describeUnmet(nearMiss) : (eligibility.reason ?? "unknown");
  return {
    listed: detected,
    state: detected ? (verdict.base?.state ?? null) : null,
    unmet: detected ? null : reason,
    drawing: drawingOf(verdict),
  };
}

/** The detector that ships, by the given parameters; listed is what its scan calls detected. */
export function detectorLaw(name: string, params: Params = FORM_PARAMS): Law {
  return {
    name,
    find(market, charts) {
      // A set that does not ship is not kept by the market: one day at a time, so that each is scanned once.
      const byDay = Map.groupBy(charts, ({ day }) => day);
      const findings = new Map<Chart, Finding>();
      for (const [day, ofDay] of byDay) {
        const verdicts = market.verdicts(day, params);
        for (const chart of ofDay) {
          const verdict = verdicts.get(chart.ticker);
          findings.set(chart, verdict === undefined ? ABSENT : findingOf(verdict));
        }
      }
      return charts.map((chart) => findings.get(chart) ?? ABSENT);
    },
  };
}
