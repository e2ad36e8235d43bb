/** How far a law and the judges of charts agree: on what is listed, and where both see a base, on what it is. */
import { assert } from "../../core/assert.ts";
import { makeChance } from "../../core/outcome/chance.ts";
import { isPositive, type Label, LABELS, type LabelledChart } from "./labels.ts";
import type { Finding } from "./law.ts";
import type { GoldMarket } from "./market.ts";

/** So many of so many. */
export interface Count {
  readonly of: number;
  readonly n: number;
}

export interface Agreement {
  readonly listed: number;
  /** Listed charts that the judges call yes or good. */
  readonly hits: number;
  /** Charts that the judges call yes or good. */
  readonly positives: number;
  readonly byLabel: Readonly<Record<Label, Count>>;
  /** Of the hits with a drawing and the judges' figure: base start within 10 sessions. */
  readonly start: Count;
  /** Pivot within 1.5 %, and within 1 %. */
  readonly pivot: Count;
  readonly closePivot: Count;
  /** Number of contractions, rounded as the judges' median. */
  readonly contractions: Count;
}

/** One chart with what a law found on it. */
export interface Answered {
  readonly chart: LabelledChart;
  readonly finding: Finding;
}

const START_SESSIONS = 10;
const PIVOT_SHARE = 0.015;
const CLOSE_PIVOT_SHARE = 0.01;

/** Charts with their findings, in order. */
export function answersOf(
  charts: readonly LabelledChart[],
  findings: readonly Finding[],
): readonly Answered[] {
  assert(charts.length === findings.length, "A law answers every chart once");
  return charts.flatMap((chart, i) => {
    const finding = findings[i];
    return finding === undefined ? [] : [{ chart, finding }];
  });
}

/** `null` answers are left out: what the law or the judges did not draw is neither right nor wrong. */
function countOf(answers: readonly (boolean | null)[]): Count {
  return { of: answers.filter((x) => x !== null).length, n: answers.filter((x) => x === true).length };
}

function startAgrees(
  { chart, finding }: Answered,
  market: Pick<GoldMarket, "sessionsBetween">,
): boolean | null {
  const [drawn, judged] = [finding.drawing?.start ?? null, chart.base.start];
  return drawn === null || judged === null
    ? null
    : Math.abs(market.sessionsBetween(judged, drawn)) <= START_SESSIONS;
}

function pivotAgrees({ chart, finding }: Answered, share: number): boolean | null {
  const [drawn, judged] = [finding.drawing?.pivot ?? null, chart.base.pivot];
  return drawn === null || judged === null ? null : Math.abs(drawn - judged) <= share * judged;
}

function contractionsAgree({ chart, finding }: Answered): boolean | null {
  const [drawn, judged] = [finding.drawing?.legs.length ?? null, chart.base.contractions];
  return drawn === null || judged === null ? null : drawn === Math.round(judged);
}

export function agreementOf(
  answers: readonly Answered[],
  market: Pick<GoldMarket, "sessionsBetween">,
): Agreement {
  const ofLabel = (label: Label): Count =>
    countOf(answers.filter(({ chart }) => chart.label === label).map(({ finding }) => finding.listed));
  const hits = answers.filter(({ chart, finding }) => finding.listed && isPositive(chart));
  const [yes, good, weak, no] = LABELS.map(ofLabel);
  assert(yes && good && weak && no, "Every label is counted");
  return {
    listed: answers.filter(({ finding }) => finding.listed).length,
    hits: hits.length,
    positives: answers.filter(({ chart }) => isPositive(chart)).length,
    byLabel: { yes, good, weak, no },
    start: countOf(hits.map((hit) => startAgrees(hit, market))),
    pivot: countOf(hits.map((hit) => pivotAgrees(hit, PIVOT_SHARE))),
    closePivot: countOf(hits.map((hit) => pivotAgrees(hit, CLOSE_PIVOT_SHARE))),
    contractions: countOf(hits.map(contractionsAgree)),
  };
}

/** The three counts that precision and recall are made of. */
export type Calls = Pick<Agreement, "listed" | "hits" | "positives">;

/** Hits among the listed; `null` when nothing is listed: a law that lists nothing is not precise. */
export function precisionOf({ hits, listed }: Calls): number | null {
  return listed === 0 ? null : hits / listed;
}

/** Hits among the charts that the judges call yes or good; `null` when there is none. */
export function recallOf({ hits, positives }: Calls): number | null {
  return positives === 0 ? null : hits / positives;
}

export function callsOf(answers: readonly Answered[]): Calls {
  return {
    listed: answers.filter(({ finding }) => finding.listed).length,
    hits: answers.filter(({ chart, finding }) => finding.listed && isPositive(chart)).length,
    positives: answers.filter(({ chart }) => isPositive(chart)).length,
  };
}

export function sumOf(calls: readonly Calls[]): Calls {
  const sum = (key: keyof Calls): number => calls.reduce((total, one) => total + one[key], 0);
  return { listed: sum("listed"), hits: sum("hits"), positives: sum("positives") };
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 2_000;

function intervalOf(figures: readonly (number | null)[]): Interval | null {
  const sorted = figures.filter((x) => x !== null).toSorted((a, b) => a - b);
  const [low, high] = [0.025, 0.975].map((share) => sorted[Math.floor(share * (sorted.length - 1))]);
  return low === undefined || high === undefined ? null : { low, high };
}

/** 95 % by drawing tickers again: the charts of one share are no independent cases. */
export function intervalsOf(
  answers: readonly Answered[],
  seed: number,
): { readonly precision: Interval | null; readonly recall: Interval | null } {
  const random = makeChance(seed);
  const tickers = Map.groupBy(answers, ({ chart }) => chart.ticker);
  const calls = Array.from(tickers.values(), callsOf);
  const drawn = Array.from({ length: RESAMPLES }, () =>
    sumOf(calls.map((one) => calls[Math.floor(random() * calls.length)] ?? one)),
  );
  return { precision: intervalOf(drawn.map(precisionOf)), recall: intervalOf(drawn.map(recallOf)) };
}
