/** What was asked of `npm run study`. */
import { readArgs, readCount, usageError } from "../terminal/command-args.ts";

export const STUDY_USAGE = `Usage: npm run study -- --bars FILE... --out FOLDER [options]

  --bars FILE...       daily bars in any form that the import reads: files, folders, .gz, .zip
  --out FOLDER         where study.json, report.md and the pictures are written; made when missing
  --instruments FILE   a list of companies; may be given more than once
  --indices FILE       daily bars of KOSPI and KOSDAQ; may be given more than once
  --seed N             seed of random dates and of the resampling (default 1)
  --made-up            the bars are made up: no day of them was looked at while thresholds were chosen
  --note TEXT          a sentence about these bars for the report; may be given more than once

Each session is judged on the bars up to it. A market of 1,300 tickers and 120 judged sessions takes about 15 seconds.

Exit code: 0 studied, 1 bad input, 2 wrong usage.`;

/** The command line of `npm run study`, checked. */
export interface StudyArgs {
  readonly bars: readonly string[];
  readonly instruments: readonly string[];
  readonly indices: readonly string[];
  readonly out: string;
  readonly seed: number;
  /** The bars are of no exchange. */
  readonly madeUp: boolean;
  readonly notes: readonly string[];
}

const OPTIONS = {
  bars: { type: "string", multiple: true },
  out: { type: "string" },
  instruments: { type: "string", multiple: true },
  indices: { type: "string", multiple: true },
  seed: { type: "string" },
  "made-up": { type: "boolean" },
  note: { type: "string", multiple: true },
  help: { type: "boolean", short: "h" },
} as const;

/** `null`: help was asked for. Arguments after `--bars FILE` without an option are further files of bars. */
export function readStudyArgs(args: readonly string[]): StudyArgs | null {
  const { values, positionals } = readArgs(args, OPTIONS, STUDY_USAGE);
  if (values.help === true) {
    return null;
  }
  if (values.bars === undefined) {
    throw usageError("--bars is missing", STUDY_USAGE);
  }
  if (values.out === undefined) {
    throw usageError("--out is missing", STUDY_USAGE);
  }
  return {
    bars: [...values.bars, ...positionals],
    instruments: values.instruments ?? [],
    indices: values.indices ?? [],
    out: values.out,
    seed: readCount("--seed", values.seed ?? "1", STUDY_USAGE),
    madeUp: values["made-up"] ?? false,
    notes: values.note ?? [],
  };
}
