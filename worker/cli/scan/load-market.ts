/** The files of one market in memory, as the scan and the study read them: bars, masters and indices. */
import { csvFileReader } from "../../adapters/csv/csv-file-reader.ts";
import type { Columns } from "../../core/bars/columns.ts";
import type { OrderedRows } from "../../core/bars/row-set.ts";
import { sessionsOf } from "../../core/calendar/sessions.ts";
import { type TradingDay, tradingDayAt } from "../../core/calendar/trading-day.ts";
import { exchangeOf } from "../../core/instrument/exchange-profile.ts";
import type { IndexCode, Instrument } from "../../core/instrument/instrument.ts";
import { type Ticker, tickerOf } from "../../core/nominal.ts";
import type { Listing } from "../../core/scan/scan.ts";
import { loadMasters } from "../files/read-masters.ts";
import { loadRows } from "../files/read-rows.ts";
import {
  addRefusals,
  describeNotRead,
  describeRefusals,
  type NotRead,
  type Refusals,
} from "../files/refusals.ts";
import { CommandError } from "../terminal/command-error.ts";
import { makeProgress } from "../terminal/progress.ts";

/** Paths as they were given. */
export interface MarketFiles {
  readonly bars: readonly string[];
  readonly instruments: readonly string[];
  readonly indices: readonly string[];
}

/** What a scan needs, from files. */
export interface LoadedMarket {
  /** At least one. */
  readonly listings: readonly Listing[];
  readonly sessions: readonly TradingDay[];
  readonly indices: Readonly<Partial<Record<IndexCode, Columns>>>;
}

/** A ticker of either exchange, as the import takes it; the two spaces cannot meet. */
function knownTicker(key: string): Ticker | null {
  return exchangeOf(key) === null ? null : tickerOf(key);
}

function warn(lines: readonly string[]): void {
  process.stderr.write(lines.map((line) => `${line}\n`).join(""));
}

/** Which rows and files were refused, and which columns were not read. */
function warnOf(read: {
  readonly what: string;
  readonly refusals: Refusals;
  readonly notRead: NotRead;
}): void {
  warn([...describeRefusals(read.what, read.refusals), ...describeNotRead(read.what, read.notRead)]);
}

/** Companies by ticker; what was refused goes to stderr. A row that lacks its name or its market in all files is refused. */
export async function loadInstruments(paths: readonly string[]): Promise<ReadonlyMap<string, Instrument>> {
  const masters = await loadMasters(paths, knownTicker);
  const byTicker = new Map<string, Instrument>();
  for (const { file, line, row } of masters.merged) {
    const instrument = csvFileReader.complete(row, null);
    if (typeof instrument === "string") {
      const refused = { line, key: row.ticker, date: null, reason: instrument };
      const label = masters.files === 1 ? null : masters.labelOf(file);
      addRefusals(masters.refusals, { rejected: [refused], rejectedCounts: { [instrument]: 1 } }, label);
    } else {
      byTicker.set(row.ticker, instrument);
    }
  }
  warnOf(masters);
  return byTicker;
}

/** Indices by code; what was refused goes to stderr. */
export async function loadIndices(
  paths: readonly string[],
  today: TradingDay,
): Promise<Readonly<Partial<Record<IndexCode, Columns>>>> {
  const loaded = await loadRows({ paths, kind: "indices", keyOf: (key) => key, today });
  warnOf(loaded);
  const [kospi, kosdaq] = ["KOSPI", "KOSDAQ"].map((code) => loaded.series.find(({ key }) => key === code));
  return { ...(kospi && { KOSPI: kospi.columns }), ...(kosdaq && { KOSDAQ: kosdaq.columns }) };
}

function rowsByDay(series: readonly OrderedRows[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { columns } of series) {
    for (const day of columns.day) {
      counts.set(day, (counts.get(day) ?? 0) + 1);
    }
  }
  return counts;
}

const NAMED = 20;

/** EL5: shares that a master exists for, and that it does not have. */
function warnOfUnlisted(series: readonly OrderedRows[], master: ReadonlyMap<string, Instrument>): void {
  const missing = series.map(({ key }) => key).filter((key) => !master.has(key));
  if (master.size > 0 && missing.length > 0) {
    const more = missing.length > NAMED ? ` and ${missing.length - NAMED} more` : "";
    warn([
      `${missing.length} tickers have no entry in the master and are not listed: ${missing.slice(0, NAMED).join(", ")}${more}`,
    ]);
  }
}

/** Shows its progress, and on stderr what was refused: before anything else, because that may be why nothing is left. */
export async function loadMarket(files: MarketFiles): Promise<LoadedMarket> {
  const today = tradingDayAt(Date.now());
  const master = files.instruments.length === 0 ? null : await loadInstruments(files.instruments);
  const indices = files.indices.length === 0 ? {} : await loadIndices(files.indices, today);
  const progress = makeProgress("reading", process.stderr);
  const bars = await loadRows({
    paths: files.bars,
    kind: "bars",
    keyOf: knownTicker,
    today,
    onRead: (share) => {
      progress.update(share, 1);
    },
  });
  progress.end();
  warnOf(bars);
  if (bars.series.length === 0) {
    throw new CommandError(`${bars.what}: no row is a bar`);
  }
  if (master !== null) {
    warnOfUnlisted(bars.series, master);
  }
  const days = [indices.KOSPI, indices.KOSDAQ].flatMap((columns) => (columns ? [...columns.day] : []));
  return {
    listings: bars.series.map(({ key, columns }) => ({
      ticker: key,
      instrument: master?.get(key) ?? null,
      unlisted: master !== null && master.size > 0 && !master.has(key),
      columns,
    })),
    sessions: sessionsOf(rowsByDay(bars.series), days),
    indices,
  };
}
