/** `npm run scan`: the detector on files, without a server. The same core, the same reader, the same rules. */
import { sessionFindings } from "../../app/jobs/session-findings.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import { exchangeOf, FILE_EXCHANGE } from "../../core/instrument/exchange-profile.ts";
import { barsOf } from "../import/check-files.ts";
import { describeFindings, printedFinding } from "../import/print-findings.ts";
import { listDetected } from "../../core/scan/list-detected.ts";
import { explainForm } from "../../core/scan/explain.ts";
import { scan } from "../../core/scan/scan.ts";
import { PARAMS } from "../../core/params.ts";
import type { ScanResult } from "../../core/scan/scan-result.ts";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import { encodeScanReport } from "../../protocol/rest/scan-report.ts";
import { encodeExplained } from "../../protocol/verdict.ts";
import { CommandError, runCommand } from "../terminal/command-error.ts";
import { explainVerdict } from "./explain-verdict.ts";
import { type LoadedMarket, loadMarket } from "./load-market.ts";
import { makeProgress } from "../terminal/progress.ts";
import { readScanArgs, SCAN_USAGE, type ScanArgs } from "./scan-args.ts";
import { drawScan } from "./scan-table.ts";

function scanMarket({ listings, sessions, indices }: LoadedMarket, args: ScanArgs): ScanResult {
  const progress = makeProgress("scanning", process.stderr);
  const result = scan({
    listings,
    sessions,
    indices,
    params: PARAMS,
    asOf: args.asOf,
    onRead: (read) => {
      progress.update(read, listings.length);
    },
  });
  progress.end();
  if (result === null) {
    const day = args.asOf === null ? "" : ` on or before ${formatTradingDay(args.asOf)}`;
    throw new CommandError(`${args.bars.join(", ")}: no session${day}`);
  }
  if (args.asOf !== null && args.asOf !== result.asOf) {
    const [asked, judged] = [args.asOf, result.asOf].map(formatTradingDay);
    process.stderr.write(`The bars have no session on ${asked}: judged as of ${judged}.\n`);
  }
  return result;
}

/** CL49: a session that is wrong as a whole is no answer, here as on a Worker. */
function refuseFindings({ listings }: LoadedMarket, asOf: TradingDay, args: ScanArgs): void {
  const exchange = exchangeOf(listings[0]?.ticker ?? "") ?? FILE_EXCHANGE;
  const bars = barsOf(new Map(listings.map(({ ticker, columns }) => [ticker, columns])));
  const findings = sessionFindings(exchange, bars, asOf, Date.now()).map(printedFinding);
  const lines = describeFindings(findings, args.accept);
  process.stderr.write(lines.map((line) => `${line}\n`).join(""));
  if (findings.some(({ reason }) => !args.accept.includes(reason))) {
    throw new CommandError(`${args.bars.join(", ")}: not scanned`);
  }
}

/** One verdict in full; a ticker without bars is bad input. */
function explain({ listings }: LoadedMarket, result: ScanResult, ticker: string, json: boolean): string {
  const verdict = result.verdicts.find((one) => one.ticker === ticker);
  const listing = listings.find((one) => one.ticker === ticker);
  if (verdict === undefined || listing === undefined) {
    throw new CommandError(`${ticker}: no row of this ticker in the bars`);
  }
  const form = explainForm({ columns: listing.columns, verdict, params: PARAMS, grid: "krx" });
  return json ? JSON.stringify(encodeExplained(verdict, form, PARAMS)) : explainVerdict(verdict, form);
}

function write(market: LoadedMarket, result: ScanResult, args: ScanArgs): string {
  if (args.explain !== null) {
    return explain(market, result, args.explain, args.json);
  }
  const shown = listDetected(result.verdicts, { ...args, topN: args.top });
  return args.json ? JSON.stringify(encodeScanReport(result, shown, args.all)) : drawScan(result, shown);
}

await runCommand(async () => {
  const args = readScanArgs(process.argv.slice(2));
  if (args === null) {
    process.stdout.write(`${SCAN_USAGE}\n`);
    return;
  }
  const market = await loadMarket(args);
  const result = scanMarket(market, args);
  refuseFindings(market, result.asOf, args);
  process.stdout.write(`${write(market, result, args)}\n`);
});
