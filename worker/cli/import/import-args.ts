/** What was asked of `npm run import` and `npm run use`. */
import { FILE_EXCHANGE, parseExchange } from "../../core/instrument/exchange-profile.ts";
import { type Exchange, EXCHANGES } from "../../core/instrument/instrument.ts";
import { readArgs, usageError } from "../terminal/command-args.ts";

export const IMPORT_USAGE = `Usage: npm run import -- FILE... [options]

  FILE...              daily bars, CSV or CSV.gz: ticker,date,open,high,low,close,volume[,value,shares,base_price]
  --instruments FILE   ticker,name,market[,department,industry,kind,notice,listed_on,listed_shares]
  --indices FILE       index,date,open,high,low,close,volume (KOSPI, KOSDAQ)
  --to URL             the Worker (default http://127.0.0.1:8787)
  --exchange NAME      KRX (default) or DEMO
  --use                afterwards make that exchange the active one and scan it

The owner's token is read from OWNER_TOKEN, else from .dev.vars.
An import that was interrupted goes on where it stopped; one that was finished changes nothing when it is sent again.
Exit code: 0 imported, 1 bad input or no Worker, 2 wrong usage.`;

export const USE_USAGE = `Usage: npm run use -- KRX|DEMO [--to URL]

Makes an exchange the active one and scans nothing. Every open page is reset to what that exchange has.

  --to URL   the Worker (default http://127.0.0.1:8787)

The owner's token is read from OWNER_TOKEN, else from .dev.vars.
Exit code: 0 switched, 1 refused or no Worker, 2 wrong usage.`;

/** The command line of `npm run import`, checked. */
export interface ImportArgs {
  readonly bars: readonly string[];
  readonly instruments: string | null;
  readonly indices: string | null;
  readonly to: URL;
  readonly exchange: Exchange;
  readonly use: boolean;
}

/** The command line of `npm run use`, checked. */
export interface UseArgs {
  readonly exchange: Exchange;
  readonly to: URL;
}

const LOCAL = "http://127.0.0.1:8787";

function readUrl(text: string, usage: string): URL {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw usageError(`--to takes an address like ${LOCAL}, not "${text}"`, usage);
  }
  return url;
}

function readExchange(text: string, usage: string): Exchange {
  const exchange = parseExchange(text.toUpperCase());
  if (exchange === null) {
    throw usageError(`An exchange is ${EXCHANGES.join(" or ")}, not "${text}"`, usage);
  }
  return exchange;
}

/** `null`: help was asked for. */
export function readImportArgs(args: readonly string[]): ImportArgs | null {
  const options = {
    instruments: { type: "string" },
    indices: { type: "string" },
    to: { type: "string" },
    exchange: { type: "string" },
    use: { type: "boolean" },
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
    instruments: values.instruments ?? null,
    indices: values.indices ?? null,
    to: readUrl(values.to ?? LOCAL, IMPORT_USAGE),
    exchange: readExchange(values.exchange ?? FILE_EXCHANGE, IMPORT_USAGE),
    use: values.use === true,
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
