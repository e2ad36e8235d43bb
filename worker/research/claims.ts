/**
 * EV1h: the statements of a study, and what its figures leave open: without that they mislead. An edge is claimed only where
 * chance is a poor explanation, and denied elsewhere.
 */
import { formatTradingDay } from "../core/calendar/trading-day.ts";
import { LEAST_MONTHS, LEAST_SAMPLE } from "../core/outcome/sample-summary.ts";
import type {
  StudyCohort,
  StudyDifference,
  StudyFigure,
  StudyGrounds,
  StudyReport,
} from "../protocol/rest/study-report.ts";
import { inSample, type Judged } from "./versions.ts";

/** Fewer months than this and no interval over months carries a claim. */
const CLAIM_MONTHS = 12;

/** For the report's reader. */
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
type Standing = "significant" | "few_months" | "not_significant" | null;

type Interval = Pick<StudyFigure, "months" | "mean" | "low" | "high">;

/** `null` without an interval: too few months to claim anything. */
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

/** What the differences from the baselines allow to be said. */
export function edgeOf(differences: StudyReport["differences"]): StudyGrounds["edge"] {
  const standings = differences.map(standingOf);
  if (standings.every((standing) => standing === null)) {
    return "too_few";
  }
  return differences.some((x) => standingOf(x) === "significant" && (x.mean ?? 0) > 0) ? "somewhere" : "none";
}

const HEADLINES: Readonly<Record<StudyGrounds["edge"], string>> = {
  too_few: "Too few cases for any statement about an edge.",
  somewhere:
    "Somewhere an excess over a baseline is significant (see below); one in twenty such intervals leaves 0 out by chance alone.",
  none: "No significant edge over the baselines is shown on these bars.",
};

/** The first line of the report. */
export function headlineOf({ differences }: Pick<StudyReport, "differences">): string {
  return HEADLINES[edgeOf(differences)];
}

/** EV1j: only the exchange and the days that were looked at are in-sample. */
function calibration(version: string, judged: Judged): readonly string[] {
  return inSample(version, judged).map(
    ({ exchange, from, to }) =>
      `In-sample: the thresholds of ${version} were chosen while looking at ${exchange} bars of ${from} to ${to}, and this study judges days among them. Its figures describe; they do not confirm.`,
  );
}

interface LimitsInput {
  readonly sample: StudyReport["sample"];
  readonly version: string;
  readonly judged: Judged;
  /** Months with an entry of a signal. */
  readonly months: number;
  readonly withInstruments: boolean;
  /** The bars are of no exchange. */
  readonly madeUp: boolean;
  /** What the person who ran it knows of the bars. */
  readonly notes: readonly string[];
}

/** What the figures cannot show, stated with them. */
export function limitsOf(x: LimitsInput): readonly string[] {
  const { sample, months } = x;
  const survivors =
    sample.ended_early === 0
      ? `Survivorship: not one of the ${sample.tickers} tickers ends before the last session, so names that left the exchange are missing.`
      : `Survivorship: ${sample.ended_early} of the ${sample.tickers} tickers end before the last session (their last close is carried); whether all that left the exchange are among them, the bars cannot tell.`;
  return [
    ...calibration(x.version, x.judged),
    `${sample.judged_sessions} sessions from ${sample.judged_from ?? "none"} to ${formatTradingDay(x.judged.last)}, ${months} months with a signal${months < CLAIM_MONTHS ? `: an interval drawn from fewer than ${CLAIM_MONTHS} months is itself uncertain, usually too narrow` : ""}. One market climate is one observation.`,
    survivors,
    x.withInstruments
      ? "Kinds, markets and industries are those of the instruments file's day. Notices (EL2) are left out: those of the past days are not known, and today's would be knowledge of the future."
      : "Without an instruments file every ticker counts as a common stock without a market: preferred shares and funds are among them, and there is no excess against an index.",
    "Bars that were adjusted by their collector carry later splits and dividends back: price floors and ticks then see prices that nobody paid.",
    "Before costs: commission, tax, spread and slippage are not deducted (about 0.3 to 0.5% a round trip on KRX).",
    "Entries overlap in time; the interval allows for that by months, not for the likeness of neighbouring months.",
    ...(x.madeUp ? ["The bars are made up: whatever is found in them was put there."] : []),
    ...x.notes,
  ];
}
