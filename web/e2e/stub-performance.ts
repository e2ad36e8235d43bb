/** Outcomes of a year: enough cases over five sessions, few over twenty, none over sixty. */
import type {
  PerformanceBody,
  PerformanceCell,
  PerformanceFigures,
  PerformanceGroup,
} from "../../worker/protocol/rest/performance.ts";

const FIGURES: PerformanceFigures = {
  mean_pct: 1.1374,
  mean_interval_pct: { low: -0.42, high: 2.61 },
  median_pct: -0.55,
  win_rate_pct: 47.3,
  win_rate_interval_pct: { low: 39.2, high: 55.9 },
  mean_r: 0.16,
  best_median_pct: 4.2,
  worst_median_pct: -3.6,
  target_first_pct: 8.1,
  stop_first_pct: 21.6,
  baseline_mean_pct: 0.31,
  excess_mean_pct: 0.8274,
  excess_interval_pct: { low: -0.7, high: 2.2 },
};

/** Over 5 and 10 sessions with figures from 30 cases on; over 20 a few; over 60 none. */
function cells(n: number): readonly PerformanceCell[] {
  const cell = (horizon: PerformanceCell["horizon"], closed: number): PerformanceCell => ({
    horizon,
    n: closed,
    open: n - closed,
    figures: closed >= 30 ? FIGURES : null,
  });
  return [cell(5, n), cell(10, n), cell(20, Math.min(n, 7)), cell(60, 0)];
}

function group(by: PerformanceGroup["by"], key: string, n: number): PerformanceGroup {
  return { by, key, horizons: [...cells(n)] };
}

export const PERFORMANCE: PerformanceBody = {
  exchange: "KRX",
  params_version: "vcp-3",
  as_of: "2025-06-13",
  least_n: 30,
  signals: { filled: 74, late: 31, untouched: 0, locked: 1, beyond_zone: 5 },
  groups: [
    group("all", "all", 74),
    group("grade", "S", 3),
    group("grade", "A", 29),
    group("grade", "B", 32),
    group("grade", "C", 10),
    group("grade", "D", 0),
    ...["2", "3", "4", "5", "6"].map((key, k) => group("contractions", key, [40, 22, 9, 2, 1][k] ?? 0)),
    group("gate", "GREEN", 50),
    group("gate", "YELLOW", 14),
    group("gate", "RED", 10),
    group("gate", "UNKNOWN", 0),
  ],
  generated_at: "2025-06-13T18:21:04.000+09:00",
};

/** Before anything was measured. */
export const UNMEASURED: PerformanceBody = {
  ...PERFORMANCE,
  params_version: null,
  as_of: null,
  signals: { filled: 0, late: 0, untouched: 0, locked: 0, beyond_zone: 0 },
  groups: PERFORMANCE.groups.map(({ by, key }) => group(by, key, 0)),
};
