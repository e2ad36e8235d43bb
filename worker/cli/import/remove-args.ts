/** What was asked of `npm run remove` and `npm run correct`. */
import { parseTradingDay, formatTradingDay } from "../../core/calendar/trading-day.ts";
import { FILE_EXCHANGE, isSimulated } from "../../core/instrument/exchange-profile.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { FINDING_KINDS, type FindingKind } from "../../core/session/finding.ts";
import { readAccepted, readArgs, usageError } from "../terminal/command-args.ts";
import { LOCAL, readExchange, readUrl } from "./import-args.ts";

export const REMOVE_USAGE = `Usage: npm run remove -- --day DATE | --all [options]

Takes the rows of a wrong day out of a running Worker. Without --yes it prints what would go and changes nothing. Sessions
that rest on these rows are judged again at once.

  --day DATE        the day, 2025-06-16
  --all             everything of KRX: bars, signals, runs, outcomes and master; nothing brings it back but a backup
  --ticker T        one share, or KOSPI or KOSDAQ; without it the day leaves whole, with its indices
  --exchange NAME   KRX (default) or DEMO
  --yes             do it
  --accept REASON   judge again in spite of that finding on a session; several with commas:
                    ${FINDING_KINDS.join(", ")}
  --to URL          the Worker (default ${LOCAL})

The owner's token is read from OWNER_TOKEN, else from .dev.vars.
Exit code: 0 done or printed, 1 refused, not judged again, or no Worker, 2 wrong usage.`;

export const CORRECT_USAGE = `Usage: npm run correct -- [options]

Judges again the sessions of a running Worker whose rows have changed since their scan. An import and a removal do it by
themselves, as every scan does; this is for days that are older than the last 20 sessions.

  --from DATE       every session from this day on, as far as the Worker's record of signals reaches
  --exchange NAME   KRX (default) or DEMO
  --accept REASON   judge in spite of that finding on a session; several with commas:
                    ${FINDING_KINDS.join(", ")}
  --to URL          the Worker (default ${LOCAL})

The owner's token is read from OWNER_TOKEN, else from .dev.vars.
Exit code: 0 judged again or nothing was due, 1 refused or no Worker, 2 wrong usage.`;

/** The command line of `npm run correct`, checked; the day as `2025-06-16`. */
export interface CorrectArgs {
  readonly from: string | null;
  readonly exchange: Exchange;
  readonly accept: readonly FindingKind[];
  readonly to: URL;
}

/** The command line of `npm run remove`, checked. */
export interface RemoveArgs extends Omit<CorrectArgs, "from"> {
  /** `null`: the whole exchange. */
  readonly day: string | null;
  readonly ticker: string | null;
  readonly yes: boolean;
}

const SHARED = {
  exchange: { type: "string" },
  accept: { type: "string", multiple: true },
  to: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

function readDay(text: string, option: string, usage: string): string {
  const day = parseTradingDay(text);
  if (day === null) {
    throw usageError(`${option} takes a date like 2025-06-16, not "${text}"`, usage);
  }
  return formatTradingDay(day);
}

/** `null`: help was asked for. */
export function readCorrectArgs(args: readonly string[]): CorrectArgs | null {
  const { values, positionals } = readArgs(args, { ...SHARED, from: { type: "string" } }, CORRECT_USAGE);
  if (values.help === true) {
    return null;
  }
  if (positionals.length > 0) {
    throw usageError(`Not understood: ${positionals.join(" ")}`, CORRECT_USAGE);
  }
  return {
    from: values.from === undefined ? null : readDay(values.from, "--from", CORRECT_USAGE),
    exchange: readExchange(values.exchange ?? FILE_EXCHANGE, CORRECT_USAGE),
    accept: readAccepted(values.accept ?? [], CORRECT_USAGE),
    to: readUrl(values.to ?? LOCAL, CORRECT_USAGE),
  };
}

/** `null`: help was asked for. */
export function readRemoveArgs(args: readonly string[]): RemoveArgs | null {
  const options = {
    ...SHARED,
    day: { type: "string" },
    all: { type: "boolean" },
    ticker: { type: "string" },
    yes: { type: "boolean" },
  } as const;
  const { values, positionals } = readArgs(args, options, REMOVE_USAGE);
  if (values.help === true) {
    return null;
  }
  const all = values.all === true;
  if (positionals.length > 0 || all === (values.day !== undefined) || (all && values.ticker !== undefined)) {
    throw usageError("Either a day is to be named, --day 2025-06-16, or --all", REMOVE_USAGE);
  }
  const exchange = readExchange(values.exchange ?? FILE_EXCHANGE, REMOVE_USAGE);
  if (all && isSimulated(exchange)) {
    throw usageError(`${exchange} makes its past by itself and cannot be emptied`, REMOVE_USAGE);
  }
  return {
    day: values.day === undefined ? null : readDay(values.day, "--day", REMOVE_USAGE),
    ticker: values.ticker?.toUpperCase() ?? null,
    exchange,
    yes: values.yes === true,
    accept: readAccepted(values.accept ?? [], REMOVE_USAGE),
    to: readUrl(values.to ?? LOCAL, REMOVE_USAGE),
  };
}
