/** What was asked of `npm run import` and `npm run use`. */
import { describeColumns } from "../../adapters/csv/columns.ts";
import { FORM_NAMES } from "../../adapters/csv/forms.ts";
import type { CloseKind } from "../../core/bars/origin.ts";
import { FINDING_KINDS, type FindingKind } from "../../core/session/finding.ts";
import { FILE_EXCHANGE, parseExchange } from "../../core/instrument/exchange-profile.ts";
import { type Exchange, EXCHANGES } from "../../core/instrument/instrument.ts";
import { readAccepted, readArgs, usageError } from "../terminal/command-args.ts";

export const LOCAL = "http://127.0.0.1:8787";

export const IMPORT_USAGE = `Usage: npm run import -- FILE... [options]

  FILE...              daily bars: files, folders of files, .gz or .zip of them
  --instruments FILE   a list of companies; given more than once they are merged, what one leaves empty another keeps
  --indices FILE       daily bars of KOSPI and KOSDAQ; may be given more than once
  --to URL             the Worker (default ${LOCAL})
  --exchange NAME      KRX (default) or DEMO
  --use                afterwards make that exchange the active one and scan it
  --scan               afterwards scan that exchange
  --close KIND         which close the rows from 2026-09-14 on hold: regular (15:30, as KRX Open API) or last (after-market,
                       as the KRX portal, pykrx, FinanceDataReader, Naver); asked on a terminal when it is needed
  --check              store nothing: print what would be added, replaced and refused, and what is wrong with the last session
  --accept REASON      go on in spite of that finding on the session; several with commas:
                       ${FINDING_KINDS.join(", ")}

Forms, each known by its header: ${FORM_NAMES.join("; ")}.
A file of one share without a column of tickers has it in its name (005930.csv), one of one day its day (2025-06-17.csv).
Text is UTF-8, UTF-16 or CP949, cells are parted by comma, tab or semicolon. Columns and their further names:

${describeColumns()
  .map((line) => `  ${line}`)
  .join("\n")}

The owner's token is read from OWNER_TOKEN, else from .dev.vars.
Nothing is sent before every file is read. An import that was interrupted goes on where it stopped; one that was finished
changes nothing when it is sent again.
Exit code: 0 at least 90 % of the rows were accepted; 1 fewer (then nothing is switched or scanned), a finding on the last
session that was not accepted, bad input or no Worker; 2 wrong usage. The last line is one sentence that states what was done.`;

export const USE_USAGE = `Usage: npm run use -- KRX|DEMO [--to URL]

Makes an exchange the active one and scans nothing. Every open page is reset to what that exchange has.

  --to URL   the Worker (default http://127.0.0.1:8787)

The owner's token is read from OWNER_TOKEN, else from .dev.vars.
Exit code: 0 switched, 1 refused or no Worker, 2 wrong usage.`;

/** The command line of `npm run import`, checked. */
export interface ImportArgs {
  /** Paths of files and folders. */
  readonly bars: readonly string[];
  readonly instruments: readonly string[];
  readonly indices: readonly string[];
  readonly to: URL;
  readonly exchange: Exchange;
  readonly use: boolean;
  readonly scan: boolean;
  /** `null`: not stated. */
  readonly close: CloseKind | null;
  /** Nothing is sent. */
  readonly check: boolean;
  /** Findings on the session with which it is scanned all the same. */
  readonly accept: readonly FindingKind[];
}

/** The command line of `npm run use`, checked. */
export interface UseArgs {
  readonly exchange: Exchange;
  readonly to: URL;
}

export function readUrl(text: string, usage: string): URL {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw usageError(`--to takes an address like ${LOCAL}, not "${text}"`, usage);
  }
  return url;
}

export function readExchange(text: string, usage: string): Exchange {
  const exchange = parseExchange(text.toUpperCase());
  if (exchange === null) {
    throw usageError(`An exchange is ${EXCHANGES.join(" or ")}, not "${text}"`, usage);
  }
  return exchange;
}

function readClose(text: string | undefined): CloseKind | null {
  if (text === undefined || text === "regular" || text === "last") {
    return text ?? null;
  }
  throw usageError(`--close takes regular or last, not "${text}"`, IMPORT_USAGE);
}

/** `null`: help was asked for. */
export function readImportArgs(args: readonly string[]): ImportArgs | null {
  const options = {
    instruments: { type: "string", multiple: true },
    indices: { type: "string", multiple: true },
    to: { type: "string" },
    exchange: { type: "string" },
    use: { type: "boolean" },
    scan: { type: "boolean" },
    close: { type: "string" },
    check: { type: "boolean" },
    accept: { type: "string", multiple: true },
    help: { type: "boolean", short: "h" },
  } as const;
  const { values, positionals } = readArgs(args, options, IMPORT_USAGE);
  if (values.help === true) {
    return null;
  }
  if (positionals.length === 0 && values.instruments === undefined && values.indices === undefined) {
    throw usageError("There is no file to import", IMPORT_USAGE);
  }
  return {
    bars: positionals,
    instruments: values.instruments ?? [],
    indices: values.indices ?? [],
    to: readUrl(values.to ?? LOCAL, IMPORT_USAGE),
    exchange: readExchange(values.exchange ?? FILE_EXCHANGE, IMPORT_USAGE),
    use: values.use === true,
    scan: values.scan === true,
    close: readClose(values.close),
    check: values.check === true,
    accept: readAccepted(values.accept ?? [], IMPORT_USAGE),
  };
}

/** `null`: help was asked for. */
export function readUseArgs(args: readonly string[]): UseArgs | null {
  const options = { to: { type: "string" }, help: { type: "boolean", short: "h" } } as const;
  const { values, positionals } = readArgs(args, options, USE_USAGE);
  if (values.help === true) {
    return null;
  }
  const [exchange, ...more] = positionals;
  if (exchange === undefined || more.length > 0) {
    throw usageError("One exchange is to be named", USE_USAGE);
  }
  return { exchange: readExchange(exchange, USE_USAGE), to: readUrl(values.to ?? LOCAL, USE_USAGE) };
}
