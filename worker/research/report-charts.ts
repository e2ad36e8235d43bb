/** Which pictures a study has: file names and SVG text. */
import type { StudyFigure, StudyReport } from "../protocol/rest/study-report.ts";
import { COHORT_NAMES } from "./claims.ts";
import { chartOfIntervals, type ScenarioRow } from "./charts.ts";

const HORIZONS = ["5", "10", "20", "60"] as const;

function rowOf(label: string, { n, mean, low, high }: StudyFigure): ScenarioRow {
  return { label, n, mean, low, high };
}

function byHorizon({ cohorts }: StudyReport): string {
  const rows = HORIZONS.flatMap((horizon) =>
    cohorts.flatMap(({ cohort, groups }) => {
      const figure = groups.find(({ by }) => by === "all")?.horizons[horizon]?.excess_universe;
      return figure ? [rowOf(`${horizon} · ${COHORT_NAMES[cohort]}`, figure)] : [];
    }),
  );
  return chartOfIntervals("Mean excess over the eligible universe after n sessions, 95 % by month", rows);
}

function byGroup({ cohorts }: StudyReport): string {
  const groups = cohorts.find(({ cohort }) => cohort === "signal_open")?.groups ?? [];
  const rows = groups.flatMap(({ by, key, horizons }) => {
    const figure = horizons["20"]?.excess_universe;
    return figure ? [rowOf(by === "all" ? "all signals" : `${by} ${key}`, figure)] : [];
  });
  return chartOfIntervals(
    "Signals bought at the next open: mean excess after 20 sessions, 95 % by month",
    rows,
  );
}

/** SVG text by file name. */
export function chartsOf(report: StudyReport): Readonly<Record<string, string>> {
  return { "excess-by-horizon.svg": byHorizon(report), "excess-by-group.svg": byGroup(report) };
}
