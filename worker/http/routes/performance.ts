/** `/api/kr/performance`: what became of this deployment's own signals, with its number of cases and beside the market. */
import type { OutcomeFill, OutcomeResult, SignalOutcome } from "../../app/ports/outcome-store.ts";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import { type Horizon, HORIZONS } from "../../core/outcome/outcome.ts";
import {
  type Interval,
  LEAST_SAMPLE,
  medianOf,
  type Observation,
  type SampleFigures,
  summarise,
} from "../../core/outcome/sample-summary.ts";
import { formatDay, formatKst, percentOf, round4 } from "../../protocol/format.ts";
import type {
  PerformanceBody,
  PerformanceCell,
  PerformanceFigures,
  PerformanceGroup,
} from "../../protocol/rest/performance.ts";
import { PerformanceQuery, PerformanceSignalsQuery } from "../../protocol/rest/query.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import { sendDated } from "../request/etag.ts";
import { chosenExchange, type HttpPorts } from "../request/ports.ts";
import { listOutcomes, outcomeKey } from "./performance-signals.ts";

/** Figures are summed from the stored outcomes when they are asked for, so that a group can change without a migration. */
export function performanceRoutes(ports: HttpPorts): ApiRoutes {
  const routes = new ApiRoutes(ports);

  routes.get("/", {
    summary: "Outcomes of this deployment's own signals, with the number of cases.",
    query: PerformanceQuery,
    answer: { schema: "Performance" },
    handle: async (c, query) => {
      const exchange = await chosenExchange(ports, query.exchange);
      const measured = await ports.outcomes.measured(exchange);
      const version = query.params_version ?? measured?.paramsVersion ?? null;
      const outcomes = version === null ? [] : await ports.outcomes.outcomes(exchange, version);
      const body: PerformanceBody = {
        exchange,
        params_version: version,
        as_of: formatDay(measured?.asOf ?? null),
        least_n: LEAST_SAMPLE,
        signals: countFills(outcomes),
        groups: sumGroups(outcomes),
        generated_at: formatKst(ports.clock.now()),
      };
      return await sendDated(c, body);
    },
  });

  routes.get("/signals", {
    summary: "The signals behind a row of the outcomes, the latest entry first.",
    query: PerformanceSignalsQuery,
    answer: { schema: "PerformanceSignals" },
    example: { query: "?by=grade&key=A&horizon=10" },
    handle: async (c, query) => await sendDated(c, await listOutcomes(ports, query)),
  });

  return routes;
}

type By = PerformanceGroup["by"];

/** Every group in a fixed order; an empty group is shown too. */
const KEYS: readonly (readonly [by: By, keys: readonly string[]])[] = [
  ["all", ["all"]],
  ["grade", ["S", "A", "B", "C", "D"]],
  ["contractions", ["2", "3", "4", "5", "6"]],
  ["gate", ["GREEN", "YELLOW", "RED", "UNKNOWN"]],
];

function sumGroups(outcomes: readonly SignalOutcome[]): readonly PerformanceGroup[] {
  const filled = outcomes.filter(({ fill }) => fill === "filled");
  return KEYS.flatMap(([by, keys]) => {
    const grouped = Map.groupBy(filled, (outcome) => outcomeKey(outcome, by));
    return keys.map((key) => ({ by, key, horizons: cellsOf(grouped.get(key) ?? []) }));
  });
}

/** Signals by what an order at their trigger would have got. */
function countFills(outcomes: readonly SignalOutcome[]): PerformanceBody["signals"] {
  const fills = new Map(outcomes.map(({ signalId, fill }) => [signalId, fill]));
  const count = (fill: OutcomeFill): number => [...fills.values()].filter((one) => one === fill).length;
  return {
    filled: count("filled"),
    late: count("late"),
    untouched: count("untouched"),
    locked: count("locked"),
    beyond_zone: count("beyond_zone"),
  };
}

function cellsOf(outcomes: readonly SignalOutcome[]): readonly PerformanceCell[] {
  return HORIZONS.map((horizon) => cellOf(outcomes, horizon));
}

interface Closed extends OutcomeResult {
  readonly month: string;
}

function cellOf(outcomes: readonly SignalOutcome[], horizon: Horizon): PerformanceCell {
  const over = outcomes.filter((outcome) => outcome.horizon === horizon);
  const closed = over.flatMap(({ enteredOn, result }) =>
    result === null ? [] : [{ ...result, month: formatTradingDay(enteredOn).slice(0, 7) }],
  );
  const { n, figures } = summarise(closed.map(({ month, change }) => ({ month, value: change })));
  return { horizon, n, open: over.length - n, figures: figures && encodeFigures(closed, figures) };
}

function encodeFigures(closed: readonly Closed[], change: SampleFigures): PerformanceFigures {
  const touched = (kind: Closed["touch"]): number => closed.filter(({ touch }) => touch === kind).length;
  const compared = closed.flatMap(({ month, change: own, baseline }) =>
    baseline === null ? [] : [{ month, own, baseline }],
  );
  const excess = summarise(
    compared.map(({ month, own, baseline }): Observation => ({ month, value: own - baseline })),
  ).figures;
  const baselines = compared.map(({ baseline }) => baseline);
  return {
    mean_pct: percentOf(change.mean),
    mean_interval_pct: encodeInterval(change.meanInterval),
    median_pct: percentOf(change.median),
    win_rate_pct: percentOf(change.winRate),
    win_rate_interval_pct: encodeInterval(change.winRateInterval),
    mean_r: round4(meanOf(closed.map(({ r }) => r))),
    best_median_pct: percentOf(medianOf(closed.map(({ best }) => best))),
    worst_median_pct: percentOf(medianOf(closed.map(({ worst }) => worst))),
    target_first_pct: percentOf(touched("target") / closed.length),
    stop_first_pct: percentOf(touched("stop") / closed.length),
    baseline_mean_pct: excess && percentOf(meanOf(baselines)),
    excess_mean_pct: excess && percentOf(excess.mean),
    excess_interval_pct: excess && encodeInterval(excess.meanInterval),
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function encodeInterval(interval: Interval | null): PerformanceFigures["mean_interval_pct"] {
  return interval && { low: percentOf(interval.low), high: percentOf(interval.high) };
}
