/** The figures of each law on one file of labels, as lines for a terminal. */
import { drawTable, type TextColumn } from "../../cli/terminal/text-table.ts";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import {
  type Agreement,
  agreementOf,
  type Answered,
  answersOf,
  type Count,
  type Interval,
  intervalsOf,
  precisionOf,
  recallOf,
} from "./agreement.ts";
import { type CrossValidated, crossValidate, FOLDS, type Spread } from "./cross-validation.ts";
import { isPositive, LABELS, type LabelledChart } from "./labels.ts";
import type { Law, LawFamily } from "./law.ts";
import type { GoldMarket } from "./market.ts";

/** Deals of the tickers onto folds. */
const SEEDS = 10;

/** A family's answers on the charts of one file; the first member is the one that is stated. */
export interface FamilyAnswers {
  readonly family: LawFamily;
  readonly members: readonly (readonly Answered[])[];
}

/** Each law is asked once, also when several families hold it. */
export function answerAll(
  families: readonly LawFamily[],
  market: GoldMarket,
  charts: readonly LabelledChart[],
): readonly FamilyAnswers[] {
  const known = new Map<Law, readonly Answered[]>();
  const answersBy = (law: Law): readonly Answered[] => {
    const answers = known.get(law) ?? answersOf(charts, law.find(market, charts));
    known.set(law, answers);
    return answers;
  };
  return families.map((family) => ({ family, members: family.members.map(answersBy) }));
}

const percent = (share: number | null): string => (share === null ? "-" : `${(100 * share).toFixed(0)} %`);
const countText = ({ n, of }: Count): string => (of === 0 ? "-" : `${n}/${of}`);
const intervalText = (x: Interval | null): string =>
  x === null ? "" : ` (${(100 * x.low).toFixed(0)}..${(100 * x.high).toFixed(0)})`;
const spreadText = (x: Spread | null): string =>
  x === null ? "-" : `${(100 * x.mean).toFixed(0)} % (sd ${(100 * x.sd).toFixed(0)})`;

const column = (title: string): TextColumn => ({ title, align: title === "law" ? "left" : "right" });

const AGREEMENT_COLUMNS = [
  "law",
  "listed",
  "good",
  "precision",
  "recall",
  ...LABELS,
  "base start",
  "pivot 1.5 %",
  "1 %",
  "contractions",
].map(column);

function agreementRow(name: string, x: Agreement, answers: readonly Answered[]): readonly string[] {
  const intervals = intervalsOf(answers, 1);
  return [
    name,
    String(x.listed),
    String(x.hits),
    percent(precisionOf(x)) + intervalText(intervals.precision),
    percent(recallOf(x)) + intervalText(intervals.recall),
    ...LABELS.map((label) => countText(x.byLabel[label])),
    countText(x.start),
    countText(x.pivot),
    countText(x.closePivot),
    countText(x.contractions),
  ];
}

const CROSS_COLUMNS = ["law", "sets", "precision", "recall", "a fold's precision", "a fold's recall"].map(
  column,
);

function crossRow(name: string, x: CrossValidated): readonly string[] {
  return [
    name,
    String(x.chosen.length),
    spreadText(x.precision),
    spreadText(x.recall),
    spreadText(x.foldPrecision),
    spreadText(x.foldRecall),
  ];
}

/** The members that were chosen most, for a family with a choice. */
function chosenLines({ family }: FamilyAnswers, { chosen }: CrossValidated): readonly string[] {
  const ranked = chosen
    .map((times, i) => ({ times, name: family.members[i]?.name ?? "" }))
    .filter(({ times }) => times > 0)
    .toSorted((a, b) => b.times - a.times);
  return family.members.length === 1
    ? []
    : ranked
        .slice(0, 5)
        .map(({ times, name }) => `  ${family.name}: ${name}, chosen ${times} of ${SEEDS * FOLDS} times`);
}

/** What was judged, and on which charts. */
function headline(file: string, charts: readonly LabelledChart[]): string {
  const labels = LABELS.map((label) => `${charts.filter((chart) => chart.label === label).length} ${label}`);
  const [days, tickers] = [
    new Set(charts.map(({ day }) => day)),
    new Set(charts.map(({ ticker }) => ticker)),
  ];
  return `${file}: ${charts.length} charts of ${tickers.size} tickers on ${days.size} days: ${labels.join(", ")}`;
}

/** Two tables: all charts by each law as it is stated, and cross-validation over tickers. */
export function reportLines(
  file: string,
  charts: readonly LabelledChart[],
  answered: readonly FamilyAnswers[],
  market: GoldMarket,
): readonly string[] {
  const stated = answered.map(({ family, members: [first = []] }) =>
    agreementRow(family.name, agreementOf(first, market), first),
  );
  const crossed = answered.map((one) => ({ one, cross: crossValidate(one.members, SEEDS) }));
  return [
    headline(file, charts),
    "",
    "All charts; precision and recall of yes and good, 95 % by drawing tickers again; yes, good, weak, no: listed of each;",
    "then of the hits: base start within 10 sessions, pivot within 1.5 % and 1 %, number of contractions.",
    drawTable(AGREEMENT_COLUMNS, stated),
    "",
    `${FOLDS}-fold by ticker, ${SEEDS} deals; of several sets the best on the other folds (harmonic mean) judges each fold.`,
    drawTable(
      CROSS_COLUMNS,
      crossed.map(({ one, cross }) => crossRow(one.family.name, cross)),
    ),
    ...crossed.flatMap(({ one, cross }) => chosenLines(one, cross)),
  ];
}

function lineOf({ chart, finding }: Answered): string {
  const said = finding.listed ? `listed ${finding.state ?? ""}`.trimEnd() : (finding.unmet ?? "not listed");
  return `  ${chart.ticker} ${formatTradingDay(chart.day)}  ${chart.label} ${chart.votes}  ${said}  | ${chart.why}`;
}

/** Where a law and the judges differ, chart by chart. */
export function disagreementLines(name: string, answers: readonly Answered[]): readonly string[] {
  const listed = answers.filter(({ chart, finding }) => finding.listed && !isPositive(chart));
  const missed = answers.filter(({ chart, finding }) => !finding.listed && isPositive(chart));
  return [
    `${name}: listed, and not yes or good for the judges (${listed.length})`,
    ...listed.map(lineOf),
    `${name}: yes or good for the judges, and not listed (${missed.length})`,
    ...missed.map(lineOf),
  ];
}
