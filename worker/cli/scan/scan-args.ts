/** What was asked of `npm run scan`. */
import type { Market } from "../../core/instrument/instrument.ts";
import { exchangeOf } from "../../core/instrument/exchange-profile.ts";
import { parseTradingDay, type TradingDay } from "../../core/calendar/trading-day.ts";
import { FINDING_KINDS, type FindingKind } from "../../core/session/finding.ts";
import { readAccepted, readArgs, readCount, usageError } from "../terminal/command-args.ts";
import { explainCode } from "../terminal/code-texts.ts";

export const SCAN_USAGE = `Usage: npm run scan -- --bars FILE... [options]

  --bars FILE...       daily bars in any form that the import reads: files, folders, .gz, .zip
  --instruments FILE   a list of companies; may be given more than once
  --indices FILE       daily bars of KOSPI and KOSDAQ; may be given more than once
  --as-of DATE         judge as of that day (default: the last session of the bars)
  --market NAME        show KOSPI, KOSDAQ or KONEX only; needs --instruments
  --min-score N        show scores of N and more only
  --top N              show the first N only (default 0: all)
  --all                also the verdict on every ticker; needs --json
  --accept REASON      scan in spite of that finding on the session as a whole; several with commas:
                       ${FINDING_KINDS.join(", ")}
  --explain TICKER     the whole verdict on one ticker, each rule with value, threshold and result
  --json               JSON instead of the table

The forms of files stand in \`npm run import -- --help\`.
Exit code: 0 scanned, 1 bad input, 2 wrong usage.`;

/** The command line of `npm run scan`, checked. */
export interface ScanArgs {
  readonly bars: readonly string[];
  readonly instruments: readonly string[];
  readonly indices: readonly string[];
  readonly asOf: TradingDay | null;
  readonly market: Market | null;
  readonly minScore: number;
  readonly top: number;
  readonly all: boolean;
  /** The one ticker to be explained, in upper case. */
  readonly explain: string | null;
  readonly json: boolean;
  /** Findings on the session with which it is scanned all the same. */
  readonly accept: readonly FindingKind[];
}

const OPTIONS = {
  bars: { type: "string", multiple: true },
  instruments: { type: "string", multiple: true },
  indices: { type: "string", multiple: true },
  "as-of": { type: "string" },
  market: { type: "string" },
  "min-score": { type: "string" },
  top: { type: "string" },
  all: { type: "boolean" },
  explain: { type: "string" },
  json: { type: "boolean" },
  accept: { type: "string", multiple: true },
  help: { type: "boolean", short: "h" },
} as const;

function readMarket(text: string | undefined): Market | null {
  const raised = text?.toUpperCase();
  if (raised === undefined || raised === "KOSPI" || raised === "KOSDAQ" || raised === "KONEX") {
    return raised ?? null;
  }
  throw usageError(`--market takes KOSPI, KOSDAQ or KONEX, not "${text}"`, SCAN_USAGE);
}

function readDay(text: string | undefined): TradingDay | null {
  const day = text === undefined ? null : parseTradingDay(text);
  if (text !== undefined && day === null) {
    throw usageError(`--as-of takes a day like 2025-06-17, not "${text}"`, SCAN_USAGE);
  }
  return day;
}

function readScore(text: string | undefined): number {
  if (text !== undefined && !(/^\d{1,3}(?:\.\d+)?$/.test(text) && Number(text) <= 100)) {
    throw usageError(`--min-score takes a number from 0 to 100, not "${text}"`, SCAN_USAGE);
  }
  return Number(text ?? 0);
}

function readTicker(text: string | undefined): string | null {
  const ticker = text?.toUpperCase() ?? null;
  if (ticker !== null && exchangeOf(ticker) === null) {
    throw usageError(`--explain ${ticker}: ${explainCode("bad_ticker")}`, SCAN_USAGE);
  }
  return ticker;
}

/** `null`: help was asked for. Arguments after `--bars FILE` without an option are further files of bars. */
export function readScanArgs(args: readonly string[]): ScanArgs | null {
  const { values, positionals } = readArgs(args, OPTIONS, SCAN_USAGE);
  if (values.help === true) {
    return null;
  }
  if (values.bars === undefined) {
    throw usageError("--bars is missing", SCAN_USAGE);
  }
  const market = readMarket(values.market);
  if (market !== null && values.instruments === undefined) {
    throw usageError("--market needs --instruments: bars do not name the board they trade on", SCAN_USAGE);
  }
  if (values.all === true && values.json !== true) {
    throw usageError("--all needs --json: the table shows what is listed", SCAN_USAGE);
  }
  return {
    bars: [...values.bars, ...positionals],
    instruments: values.instruments ?? [],
    indices: values.indices ?? [],
    asOf: readDay(values["as-of"]),
    market,
    minScore: readScore(values["min-score"]),
    top: readCount("--top", values.top ?? "0", SCAN_USAGE),
    all: values.all === true,
    explain: readTicker(values.explain),
    json: values.json === true,
    accept: readAccepted(values.accept ?? [], SCAN_USAGE),
  };
}
