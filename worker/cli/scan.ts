/** `npm run scan`: the detector on files, without a server. The same core, the same reader, the same rules. */
import { scan, type Listing } from "../core/scan.ts";
import { PARAMS } from "../core/params.ts";
import type { ScanResult } from "../core/scan-result.ts";
import { sessionsOf } from "../core/sessions.ts";
import { formatTradingDay, tradingDayAt } from "../core/trading-day.ts";
import type { Verdict } from "../core/verdict.ts";
import { encodeScanReport } from "../protocol/scan-report.ts";
import { encodeVerdict } from "../protocol/verdict.ts";
import { CommandError, runCommand } from "./command-error.ts";
import { type FileRefusals, loadBars, type LoadedBars } from "./load-bars.ts";
import { loadIndices, loadInstruments, type LoadedIndices, type LoadedInstruments } from "./load-master.ts";
import { explainVerdict } from "./explain-verdict.ts";
import { makeProgress } from "./progress.ts";
import { describeRefusals } from "./refusals.ts";
import { readScanArgs, SCAN_USAGE, type ScanArgs } from "./scan-args.ts";
import { drawScan } from "./scan-table.ts";

interface ScanFiles {
  readonly bars: LoadedBars;
  readonly instruments: LoadedInstruments | null;
  readonly indices: LoadedIndices | null;
}

async function loadFiles(args: ScanArgs): Promise<ScanFiles> {
  const today = tradingDayAt(Date.now());
  const instruments = args.instruments === null ? null : await loadInstruments(args.instruments);
  const indices = args.indices === null ? null : await loadIndices(args.indices, today);
  const progress = makeProgress("reading", process.stderr);
  const bars = await loadBars(args.bars, today, (share) => {
    progress.update(share, 1);
  });
  progress.end();
  return { bars, instruments, indices };
}

function rowsByDay({ series }: LoadedBars): Map<number, number> {
  const counts = new Map<number, number>();
  for (const columns of series.values()) {
    for (const day of columns.day) {
      counts.set(day, (counts.get(day) ?? 0) + 1);
    }
  }
  return counts;
}

function scanFiles({ bars, instruments, indices }: ScanFiles, args: ScanArgs): ScanResult {
  if (bars.series.size === 0) {
    throw new CommandError(`${args.bars.join(", ")}: no row is a bar`);
  }
  const listings: Listing[] = Array.from(bars.series, ([ticker, columns]) => ({
    ticker,
    instrument: instruments?.byTicker.get(ticker) ?? null,
    columns,
  }));
  const codes = indices?.indices ?? {};
  const days = [codes.KOSPI, codes.KOSDAQ].flatMap((columns) => (columns ? [...columns.day] : []));
  const progress = makeProgress("scanning", process.stderr);
  const result = scan({
    listings,
    sessions: sessionsOf(rowsByDay(bars), days),
    indices: codes,
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
  return result;
}

/** SN3: the filters choose from the answer; best score first, then by ticker. */
function shownOf(result: ScanResult, { market, minScore, top }: ScanArgs): readonly Verdict[] {
  const shown = result.verdicts
    .filter((verdict) => verdict.detected && (market === null || verdict.market === market))
    .filter((verdict) => (verdict.score ?? 0) >= minScore)
    .toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0) || (a.ticker < b.ticker ? -1 : 1));
  return top === 0 ? shown : shown.slice(0, top);
}

function warn({ bars, instruments, indices }: ScanFiles): void {
  const files: readonly (FileRefusals | undefined)[] = [
    ...bars.refused,
    instruments?.refused,
    indices?.refused,
  ];
  for (const refused of files) {
    if (refused) {
      process.stderr.write(
        describeRefusals(refused.file, refused.refusals)
          .map((line) => `${line}\n`)
          .join(""),
      );
    }
  }
}

/** One verdict in full; a ticker without bars is bad input. */
function explain(result: ScanResult, ticker: string, json: boolean): string {
  const verdict = result.verdicts.find((one) => one.ticker === ticker);
  if (verdict === undefined) {
    throw new CommandError(`${ticker}: no row of this ticker in the bars`);
  }
  return json ? JSON.stringify(encodeVerdict(verdict)) : explainVerdict(verdict);
}

function write(result: ScanResult, args: ScanArgs): string {
  if (args.explain !== null) {
    return explain(result, args.explain, args.json);
  }
  const shown = shownOf(result, args);
  return args.json ? JSON.stringify(encodeScanReport(result, shown, args.all)) : drawScan(result, shown);
}

await runCommand(async () => {
  const args = readScanArgs(process.argv.slice(2));
  if (args === null) {
    process.stdout.write(`${SCAN_USAGE}\n`);
    return;
  }
  const files = await loadFiles(args);
  warn(files);
  const result = scanFiles(files, args);
  process.stdout.write(`${write(result, args)}\n`);
});
