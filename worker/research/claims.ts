/** EV1h: the statements of a study. An edge is claimed only where chance is a poor explanation, and denied elsewhere. */
import { LEAST_MONTHS, LEAST_SAMPLE } from "../core/outcome/sample-summary.ts";
import type {
  StudyCohort,
  StudyDifference,
  StudyFigure,
  StudyReport,
} from "../protocol/rest/study-report.ts";

/** Fewer months than this and no interval over months carries a claim. */
export const CLAIM_MONTHS = 12;

export const COHORT_NAMES: Readonly<Record<StudyCohort["cohort"], string>> = {
  signal_open: "signals, next open",
  signal_trigger: "signals, at the trigger",
  template_open: "template only",
  random_open: "random eligible",
};

/** A fraction as signed per cent with two decimals; a dash for a missing one. */
export function percent(x: number | null): string {
  return x === null ? "–" : `${x >= 0 ? "+" : ""}${(100 * x).toFixed(2)} %`;
}

/** `null`: there is no statement. */
export type Standing = "significant" | "few_months" | "not_significant" | null;

type Interval = Pick<StudyFigure, "months" | "mean" | "low" | "high">;

export function standingOf({ months, low, high }: Omit<Interval, "mean">): Standing {
  if (low === null || high === null) {
    return null;
  }
  if (low <= 0 && high >= 0) {
    return "not_significant";
  }
  return months < CLAIM_MONTHS ? "few_months" : "significant";
}

/** What follows a figure, as a clause. */
export function standingText(interval: Interval): string {
  switch (standingOf(interval)) {
    case null:
      return interval.mean === null
        ? `no number: fewer than ${LEAST_SAMPLE} cases`
        : `no interval: fewer than ${LEAST_MONTHS} months, so nothing is claimed`;
    case "not_significant":
      return "not significant: the interval includes 0";
    case "few_months":
      return `the interval leaves 0 out, but ${interval.months} months are too few for a claim`;
    case "significant":
      return "the interval leaves 0 out";
  }
}

function sentence(what: string, x: Interval & Pick<StudyFigure, "n">): string {
  const range =
    x.low === null || x.high === null ? "" : ` (95 % interval ${percent(x.low)} to ${percent(x.high)})`;
  const figure = x.mean === null ? "" : ` ${percent(x.mean)}${range},`;
  return `${what}:${figure} n = ${x.n}, ${x.months} months; ${standingText(x)}.`;
}

function against(x: StudyDifference): string {
  const what = `${COHORT_NAMES[x.cohort]}, ${x.horizon} sessions, excess over the eligible less that of "${COHORT_NAMES[x.baseline]}"`;
  return sentence(what, x);
}

/** Horizons of the sentences; the tables have all. */
const SPOKEN = ["20", "60"] as const;

function excessSentences({ cohort, groups }: StudyCohort): readonly string[] {
  const all = groups.find(({ by }) => by === "all");
  return SPOKEN.flatMap((horizon) => {
    const figure = all?.horizons[horizon]?.excess_universe;
    const what = `${COHORT_NAMES[cohort]}, ${horizon} sessions, excess over the eligible universe`;
    return figure ? [sentence(what, figure)] : [];
  });
}

/** Leaving at stop or target measures the plan; holding on does not. */
function exitSentence({ cohort, groups }: StudyCohort): string {
  const exit = groups.find(({ by }) => by === "all")?.touch.r;
  const figure =
    exit === undefined || exit.mean === null
      ? "no number"
      : `${exit.mean.toFixed(2)} R${exit.low === null || exit.high === null ? "" : ` (${exit.low.toFixed(2)} to ${exit.high.toFixed(2)})`}`;
  return `${COHORT_NAMES[cohort]} ${figure}`;
}

/** One sentence a claim, the simplest first; the error of the measure itself last. */
export function claimsOf({ cohorts, differences }: StudyReport): readonly string[] {
  const signals = cohorts.filter(({ cohort }) => cohort.startsWith("signal_"));
  const random = cohorts.filter(({ cohort }) => cohort === "random_open");
  const spoken = differences.filter(({ horizon }) => SPOKEN.some((each) => each === horizon));
  return [
    ...signals.flatMap(excessSentences),
    ...spoken.map(against),
    `Left at the stop, at 2 R or after 60 sessions, mean: ${cohorts.map(exitSentence).join("; ")}.`,
    ...random
      .flatMap(excessSentences)
      .map((each) => `The yardstick's own error, which should be 0 (names drawn by lot): ${each}`),
  ];
}

/** The first line of the report. */
export function headlineOf(report: StudyReport): string {
  const standings = report.differences.map(standingOf);
  if (standings.every((standing) => standing === null)) {
    return "Too few cases for any statement about an edge.";
  }
  return report.differences.some((x) => standingOf(x) === "significant" && (x.mean ?? 0) > 0)
    ? "Somewhere an excess over a baseline is significant (see below); one in twenty such intervals leaves 0 out by chance alone."
    : "No significant edge over the baselines is shown on these bars.";
}
