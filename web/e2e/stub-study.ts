/** A historical study of half a year: enough cases over twenty sessions, few over sixty; no order between the grades. */
import type {
  StudyCohort,
  StudyDifference,
  StudyFigure,
  StudyGroup,
  StudyMeasures,
} from "../../worker/protocol/rest/study-report.ts";
import type { StudyBody } from "../../worker/protocol/rest/study.ts";

function figure(n: number, mean: number): StudyFigure {
  const rest = { n, months: 7 };
  return n < 30
    ? { ...rest, mean: null, median: null, win: null, without_best: null, low: null, high: null }
    : {
        ...rest,
        mean,
        median: mean - 0.004,
        win: 0.482,
        without_best: mean - 0.01,
        low: mean - 0.021,
        high: mean + 0.019,
      };
}

function measures(n: number, mean: number): StudyMeasures {
  return {
    change: figure(n, mean),
    r: figure(n, mean * 20),
    excess_universe: figure(n, mean - 0.003),
    excess_index: figure(n, mean - 0.006),
    best: figure(n, 0.09),
    worst: figure(n, -0.06),
  };
}

function group(by: StudyGroup["by"], key: string, n: number, mean: number): StudyGroup {
  const isEnough = n >= 30;
  return {
    by,
    key,
    entries: n,
    horizons: {
      5: measures(n, mean / 3),
      10: measures(n, mean / 2),
      20: measures(n, mean),
      60: measures(Math.floor(n / 4), mean * 2),
    },
    touch: {
      decided: n,
      open: 0,
      stop: isEnough ? 0.47 : null,
      target: isEnough ? 0.29 : null,
      none: isEnough ? 0.24 : null,
      r: figure(n, 0.21),
    },
  };
}

function cohort(name: StudyCohort["cohort"], n: number, mean: number): StudyCohort {
  const isSignal = name.startsWith("signal");
  return {
    cohort: name,
    occasions: n + 25,
    entries: n,
    refused: { born_above: 20, waiting: 5 },
    groups: [
      group("all", "all", n, mean),
      ...(isSignal
        ? [
            group("grade", "S", 3, mean),
            group("grade", "A", 34, mean - 0.01),
            group("grade", "B", n - 37, mean + 0.012),
            group("contractions", "2T", n - 20, mean),
            group("contractions", "3T", 20, mean),
          ]
        : []),
      group("year", "2024", 12, mean),
      group("year", "2025", n - 12, mean),
      group("gate", "GREEN", n - 40, mean),
      group("gate", "RED", 40, mean),
    ],
  };
}

const BASELINES = ["template_open", "random_open"] as const;

const DIFFERENCES: readonly StudyDifference[] = (["signal_open", "signal_trigger"] as const).flatMap((ours) =>
  BASELINES.flatMap((baseline) =>
    (["5", "10", "20", "60"] as const).map((horizon): StudyDifference => {
      const rest = { cohort: ours, baseline, horizon, n: 81, baseline_n: 590, months: 7 };
      return horizon === "60"
        ? { ...rest, n: 20, mean: null, low: null, high: null }
        : { ...rest, mean: 0.011, low: -0.014, high: 0.037 };
    }),
  ),
);

export const STUDY: StudyBody = {
  exchange: "KRX",
  is_due: false,
  running: null,
  made: {
    as_of: "2025-06-13",
    params_version: "vcp-4",
    started_at: "2025-06-13T18:21:04.000+09:00",
    ended_at: "2025-06-13T18:21:44.000+09:00",
  },
  stopped: null,
  generated_at: "2025-06-13T18:30:04.000+09:00",
  report: {
    schema: "vcp-study-1",
    params_version: "vcp-4",
    seed: 1,
    resamples: 1_000,
    trials: 4,
    sample: {
      tickers: 1_307,
      first_session: "2023-12-05",
      last_session: "2025-06-13",
      sessions: 368,
      judged_from: "2024-12-17",
      judged_sessions: 116,
      mean_eligible: 355.9,
      ended_early: 0,
    },
    cohorts: [
      cohort("signal_open", 103, 0.014),
      cohort("signal_trigger", 81, 0.021),
      cohort("template_open", 590, 0.009),
      cohort("random_open", 2_340, 0.006),
    ],
    differences: [...DIFFERENCES],
    limits: [
      "In-sample: the thresholds of vcp-4 were chosen while looking at KRX bars of 2023-12-05 to 2025-06-17, and this study judges days among them. Its figures describe; they do not confirm.",
      "Survivorship: not one of the 1307 tickers ends before the last session, so names that left the exchange are missing.",
    ],
    grounds: {
      edge: "none",
      in_sample: [{ exchange: "KRX", from: "2023-12-05", to: "2025-06-17" }],
      signal_months: 7,
      with_instruments: true,
      made_up: false,
    },
  },
};

const { report: _, ...STANDING } = STUDY;
export const STUDY_STATUS = STANDING;

/** While the first study goes on. */
export const STUDY_RUNNING: StudyBody = {
  ...STUDY,
  made: null,
  report: null,
  running: { as_of: "2025-06-13", started_at: "2025-06-13T18:21:04.000+09:00", done: 0.38 },
};
