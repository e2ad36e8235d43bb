/** The files of one market in memory, as the scan and the study read them: bars, master and indices. */
import type { Columns } from "../../core/bars/columns.ts";
import type { IndexCode } from "../../core/instrument/instrument.ts";
import type { Listing } from "../../core/scan/scan.ts";
import { sessionsOf } from "../../core/calendar/sessions.ts";
import { type TradingDay, tradingDayAt } from "../../core/calendar/trading-day.ts";
import { CommandError } from "../terminal/command-error.ts";
import { type FileRefusals, loadBars } from "./load-bars.ts";
import { loadIndices, loadInstruments } from "./load-master.ts";
import { makeProgress } from "../terminal/progress.ts";
import { describeRefusals } from "../import/refusals.ts";

/** Paths as they were given. */
export interface MarketFiles {
  readonly bars: readonly string[];
  readonly instruments: string | null;
  readonly indices: string | null;
}

/** What a scan needs, from files. */
export interface LoadedMarket {
  /** At least one. */
  readonly listings: readonly Listing[];
  readonly sessions: readonly TradingDay[];
  readonly indices: Readonly<Partial<Record<IndexCode, Columns>>>;
}

function rowsByDay(series: ReadonlyMap<string, Columns>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const columns of series.values()) {
    for (const day of columns.day) {
      counts.set(day, (counts.get(day) ?? 0) + 1);
    }
  }
  return counts;
}

/** Prints on stderr which rows were refused: before anything else, because that may be why nothing is left. */
function warnOf(files: readonly FileRefusals[]): void {
  for (const { file, refusals } of files) {
    process.stderr.write(
      describeRefusals(file, refusals)
        .map((line) => `${line}\n`)
        .join(""),
    );
  }
}

/** Shows its progress and the refused rows on stderr. */
export async function loadMarket(files: MarketFiles): Promise<LoadedMarket> {
  const today = tradingDayAt(Date.now());
  const master = files.instruments === null ? null : await loadInstruments(files.instruments);
  const indices = files.indices === null ? null : await loadIndices(files.indices, today);
  const progress = makeProgress("reading", process.stderr);
  const bars = await loadBars(files.bars, today, (share) => {
    progress.update(share, 1);
  });
  progress.end();
  warnOf([...bars.refused, ...(master ? [master.refused] : []), ...(indices ? [indices.refused] : [])]);
  if (bars.series.size === 0) {
    throw new CommandError(`${files.bars.join(", ")}: no row is a bar`);
  }
  const codes = indices?.indices ?? {};
  const days = [codes.KOSPI, codes.KOSDAQ].flatMap((columns) => (columns ? [...columns.day] : []));
  return {
    listings: Array.from(bars.series, ([ticker, columns]) => ({
      ticker,
      instrument: master?.byTicker.get(ticker) ?? null,
      columns,
    })),
    sessions: sessionsOf(rowsByDay(bars.series), days),
    indices: codes,
  };
}
