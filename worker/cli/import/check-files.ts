/** CL48: what an import would do, worked out here from the files and the Worker's rows, because nothing may be stored. */
import { csvFileReader } from "../../adapters/csv/csv-file-reader.ts";
import { findingsOf, figuresOn } from "../../app/jobs/session-findings.ts";
import { type Delivery, makeStamp, otherCloseRule, stamped } from "../../app/jobs/stamp-origins.ts";
import type { ScanBars } from "../../app/jobs/scan-bars.ts";
import { CLOSE_KINDS, type CloseKind, originFactsOf, TWO_CLOSES_SINCE } from "../../core/bars/origin.ts";
import { type Columns, columnsOf, type Row, rowAt } from "../../core/bars/columns.ts";
import { absentFields, type OrderedRows } from "../../core/bars/row-set.ts";
import { keepAbsent, mergeColumns } from "../../core/bars/merge-columns.ts";
import { sessionsOf } from "../../core/calendar/sessions.ts";
import { formatTradingDay, type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { type Rebase, rebaseOf } from "../../core/session/rebase-of.ts";
import { CommandError } from "../terminal/command-error.ts";
import type { OwnerClient } from "../terminal/owner-client.ts";
import { type PrintedFinding, printedFinding } from "./print-findings.ts";

/** The stored session before the first of a file is at most so many days older: the longest closure was ten. */
const MARGIN_DAYS = 21;

/** What the rows of all files would do to the store, and what the last session would then be refused by. */
export interface Check {
  readonly added: number;
  readonly replaced: number;
  readonly unchanged: number;
  /** Rows of days that are stored with another close (IG21). */
  readonly otherClose: number;
  readonly findings: readonly PrintedFinding[];
}

/** The rows of an exchange from a day on, by ticker, as a backup exports them. */
export async function storedRows(
  client: OwnerClient,
  exchange: Exchange,
  from: TradingDay,
): Promise<ReadonlyMap<string, Columns>> {
  const stored = new Map<string, Columns>();
  let after: string | null = "";
  while (after !== null) {
    const query = new URLSearchParams({ exchange, after, limit: "200", origin: "true" });
    query.set("from", formatTradingDay(from));
    const response = await client.read(`/api/admin/bars?${query.toString()}`);
    const page = csvFileReader.bars(new Uint8Array(await response.arrayBuffer()), 2);
    if ("unreadable" in page) {
      throw new CommandError(`The Worker's rows cannot be read: ${page.unreadable}`);
    }
    for (const [ticker, lines] of Map.groupBy(page.lines, ({ key }) => key)) {
      stored.set(ticker, columnsOf(lines.map(({ value }): Row => value)));
    }
    after = response.headers.get("X-Next-After");
  }
  return stored;
}

/** The first day that has to be known of the store. */
export function checkedFrom(series: readonly OrderedRows[]): TradingDay {
  const first = series.reduce(
    (day, { columns }) => Math.min(day, columns.day[0] ?? day),
    Number.POSITIVE_INFINITY,
  );
  return tradingDayOf(Math.max(0, first - MARGIN_DAYS));
}

/** `series` as a scan of the files reads them; `stored` from {@link checkedFrom} on. */
export function checkFiles(
  delivery: Delivery,
  series: readonly OrderedRows[],
  stored: ReadonlyMap<string, Columns>,
): Check {
  const { exchange, now } = delivery;
  const merged = new Map(stored);
  const rebased: Rebase[] = [];
  const isOther = otherCloseRule(delivery, closeKindsOf(stored.values()));
  let [added, replaced, unchanged, otherClose] = [0, 0, 0, 0];
  for (const { key: ticker, columns: read, absent } of series) {
    const before = stored.get(ticker) ?? columnsOf([]);
    const rows = Array.from(read.day, (_, i) => rowAt(read, i));
    const fitting = rows.filter((row) => isOther(row) === null);
    otherClose += rows.length - fitting.length;
    // Of several masks the first one counts: files of two forms in one check are told apart by the import alone.
    const own = keepAbsent(before, columnsOf(fitting), absentFields(absent[0] ?? 0));
    const columns = stamped(own, makeStamp(delivery));
    const merge = mergeColumns(before, columns);
    const rebase = merge.replaced > 0 ? rebaseOf(before, columns) : null;
    if (rebase !== null && !rebase.mends) {
      rebased.push(rebase);
    }
    merged.set(ticker, merge.columns);
    added += merge.added.length;
    replaced += merge.replaced;
    unchanged += merge.unchanged;
  }
  return { added, replaced, unchanged, otherClose, findings: findingsAfter(exchange, merged, rebased, now) };
}

/** Which close the rows of each stored day hold; of two kinds the one that outweighs the other. */
function closeKindsOf(stored: Iterable<Columns>): ReadonlyMap<number, CloseKind> {
  const kinds = new Map<number, CloseKind>();
  for (const { day, origin } of stored) {
    for (let i = day.length - 1; (day[i] ?? 0) >= TWO_CLOSES_SINCE; i--) {
      const { close } = originFactsOf(origin?.[i] ?? Number.NaN, day[i] ?? 0);
      const known = kinds.get(day[i] ?? 0);
      if (known === undefined || CLOSE_KINDS.indexOf(close) < CLOSE_KINDS.indexOf(known)) {
        kinds.set(day[i] ?? 0, close);
      }
    }
  }
  return kinds;
}

function findingsAfter(
  exchange: Exchange,
  merged: ReadonlyMap<string, Columns>,
  rebased: readonly Rebase[],
  now: number,
): readonly PrintedFinding[] {
  const bars = barsOf(merged, rebased);
  const day = sessionsOf(bars.rowsByDay(), []).at(-1);
  if (day === undefined) {
    return [];
  }
  const figures = figuresOn(bars, day);
  for (const columns of merged.values()) {
    figures.add(columns);
  }
  return findingsOf(exchange, bars, day, now, figures).map(printedFinding);
}

/** Series in memory as a scan reads them; without indices, which make no session of their own. */
export function barsOf(series: ReadonlyMap<string, Columns>, rebased: readonly Rebase[] = []): ScanBars {
  const counts = new Map<number, number>();
  for (const { day } of series.values()) {
    for (const one of day) {
      counts.set(one, (counts.get(one) ?? 0) + 1);
    }
  }
  const factors = rebased.map(({ factor }) => factor).toSorted((a, b) => a - b);
  return {
    *listings() {
      for (const [ticker, columns] of series) {
        yield { ticker, columns };
      }
    },
    series: (ticker) => series.get(ticker) ?? null,
    indexSeries: () => null,
    rowsByDay: () => counts,
    rebased: () =>
      rebased.length === 0
        ? null
        : {
            tickers: rebased.length,
            days: Math.min(...rebased.map(({ days }) => days)),
            factor: factors[factors.length >> 1] ?? 1,
          },
  };
}
