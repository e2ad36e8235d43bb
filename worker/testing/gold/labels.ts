/** Charts that people have judged: a file of labels, parsed so that a wrong line is named instead of counted. */
import { readFileSync, statSync } from "node:fs";
import Papa from "papaparse";
import * as v from "valibot";
import { CommandError } from "../../cli/terminal/command-error.ts";
import { parseTradingDay, type TradingDay } from "../../core/calendar/trading-day.ts";
import { exchangeOf } from "../../core/instrument/exchange-profile.ts";
import { type Ticker, tickerOf } from "../../core/nominal.ts";

/** By the sum of three votes of 0 to 2: at least 5, 3, 1, and none. The first two are what a law should list. */
export const LABELS = ["yes", "good", "weak", "no"] as const;
export type Label = (typeof LABELS)[number];

/** A share on the last day that its judges saw. */
export interface Chart {
  readonly ticker: Ticker;
  readonly day: TradingDay;
}

/** What the judges drew, as medians; each `null` where they left it out. */
export interface JudgedBase {
  readonly start: TradingDay | null;
  readonly pivot: number | null;
  readonly contractions: number | null;
}

export interface LabelledChart extends Chart {
  readonly label: Label;
  readonly votes: string;
  readonly base: JudgedBase;
  readonly why: string;
}

/** Whether a law that agrees with the judges lists the chart. */
export function isPositive({ label }: LabelledChart): boolean {
  return label === "yes" || label === "good";
}

const COLUMNS = ["ticker", "as_of", "label", "votes", "base_start", "pivot", "contractions", "why"] as const;
/** A file of labels is a few kilobytes; charts are judged by hand. */
const MOST_BYTES = 1 << 20;
const MOST_CHARTS = 5_000;

const Day = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const day = parseTradingDay(dataset.value);
    if (day === null) {
      addIssue({ message: `"${dataset.value}" is not a date such as 2025-03-14` });
      return NEVER;
    }
    return day;
  }),
);

/** What was left out is `null`; what was not is held against the schema, and refused with its message. */
function emptyOr<T>(schema: v.GenericSchema<string, T>): v.GenericSchema<string, T | null> {
  return v.pipe(
    v.string(),
    v.rawTransform(({ dataset, addIssue, NEVER }): T | null => {
      if (dataset.value === "") {
        return null;
      }
      const read = v.safeParse(schema, dataset.value);
      if (!read.success) {
        addIssue({ message: read.issues[0].message });
        return NEVER;
      }
      return read.output;
    }),
  );
}

const above = (least: number): v.GenericSchema<string, number> =>
  v.pipe(
    v.string(),
    v.regex(/^\d+(?:\.\d+)?$/, (issue) => `"${issue.input}" is not a number`),
    v.transform(Number),
    v.minValue(least, (issue) => `${issue.input} is below ${least}`),
  );

const Line = v.pipe(
  v.object({
    ticker: v.pipe(
      v.string(),
      v.check(
        (text) => exchangeOf(text) !== null,
        (issue) => `"${issue.input}" is not a ticker`,
      ),
    ),
    as_of: Day,
    label: v.picklist(LABELS, (issue) => `${issue.received} is not one of ${LABELS.join(", ")}`),
    votes: v.pipe(
      v.string(),
      v.regex(/^[0-2](?:\/[0-2])*$/, (issue) => `"${issue.input}" is not votes such as 2/1/1`),
    ),
    base_start: emptyOr(Day),
    pivot: emptyOr(above(0.01)),
    contractions: emptyOr(above(1)),
    why: v.string(),
  }),
  v.check(
    ({ as_of, base_start }) => base_start === null || base_start < as_of,
    "base_start is not before as_of",
  ),
);

/**
 * The charts of one file, in its order. Throws a {@link CommandError} that names the file, the line and what the line
 * lacks; a chart that stands twice would count twice and is refused too.
 *
 * @example
 * parseLabels("a.csv", "ticker,as_of,label,votes,base_start,pivot,contractions,why\n005930,2025-03-14,no,0/0/0,,,,\n");
 */
export function parseLabels(file: string, text: string): readonly LabelledChart[] {
  const { data, meta } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  const missing = COLUMNS.filter((column) => !(meta.fields ?? []).includes(column));
  if (missing.length > 0) {
    throw new CommandError(
      `${file}: has no column ${missing.join(", ")}; a file of labels has ${COLUMNS.join(",")}`,
    );
  }
  if (data.length === 0 || data.length > MOST_CHARTS) {
    throw new CommandError(`${file}: holds ${data.length} charts; 1 to ${MOST_CHARTS} can be judged`);
  }
  const seen = new Set<string>();
  return data.map((record, i) => {
    const read = v.safeParse(Line, record);
    if (!read.success) {
      throw new CommandError(`${file} line ${i + 2}: ${read.issues[0].message}`);
    }
    const key = `${read.output.ticker} ${record["as_of"]}`;
    if (seen.has(key)) {
      throw new CommandError(`${file} line ${i + 2}: ${key} stands twice; leave one of them`);
    }
    seen.add(key);
    return chartOf(read.output);
  });
}

function chartOf(line: v.InferOutput<typeof Line>): LabelledChart {
  return {
    ticker: tickerOf(line.ticker),
    day: line.as_of,
    label: line.label,
    votes: line.votes,
    base: { start: line.base_start, pivot: line.pivot, contractions: line.contractions },
    why: line.why,
  };
}

/** {@link parseLabels} of a file on disk. */
export function readLabels(path: string): readonly LabelledChart[] {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status?.isFile() !== true) {
    throw new CommandError(`${path}: no such file`);
  }
  if (status.size > MOST_BYTES) {
    throw new CommandError(`${path}: is larger than ${MOST_BYTES} bytes and no file of labels`);
  }
  return parseLabels(path, readFileSync(path, "utf8"));
}
