/** KX3 to KX5: the rows of one session, from the vendor's own; a row that cannot be read is left out by name, a day of such rows refused. */
import type { IndexColumns, TickerColumns } from "../../app/ports/market-book.ts";
import { type Log, logFailure } from "../../app/ports/log.ts";
import { NeighbourError } from "../../app/ports/neighbour-error.ts";
import { isBar, rejectRow } from "../../core/bars/bar.ts";
import { columnsOf, type Row } from "../../core/bars/columns.ts";
import { formatTradingDay, type TradingDay } from "../../core/calendar/trading-day.ts";
import type { IndexCode } from "../../core/instrument/instrument.ts";
import { parseTicker } from "../../core/instrument/ticker.ts";
import { dayCell, numberCell, textCell } from "./krx-cells.ts";
import type { KrxRow } from "./krx-client.ts";

/** More than one row in so many that cannot be read: the form of the rows has changed, and what could be read is not trusted. */
const LEFT_OUT_SHARE = 0.01;

function failed(detail: string, retryable = false): NeighbourError {
  return new NeighbourError(`KRX failed to give rows of its documented form: ${detail}`, {
    neighbour: "KRX",
    retryable,
  });
}

/** The vendor answers with another day's rows when it has none of the one that was asked. */
function refuseOtherDays(rows: readonly KrxRow[], day: TradingDay): void {
  const other = rows.find((row) => dayCell(row, "BAS_DD") !== day);
  if (other !== undefined) {
    throw failed(
      `${formatTradingDay(day)} was asked, and a row is of ${textCell(other, "BAS_DD") ?? "no day"}`,
      true,
    );
  }
}

/** KX4: the exchange counts the day's change from the base price. `null` where the change is not there. Indices have two decimals. */
function baseOf(close: number, change: number | null): number | null {
  const base = change === null ? null : Math.round(100 * (close - change)) / 100;
  return base !== null && base > 0 ? base : null;
}

function rowOf(cells: KrxRow, day: TradingDay): Row | null {
  const cell = (field: string): number | null => numberCell(cells, field);
  const close = cell("TDD_CLSPRC");
  const volume = cell("ACC_TRDVOL") ?? 0;
  const [open, high, low] = [cell("TDD_OPNPRC") ?? 0, cell("TDD_HGPRC") ?? 0, cell("TDD_LWPRC") ?? 0];
  if (close === null) {
    return null;
  }
  const traded = isBar({ high, volume });
  const row: Row = {
    day,
    open: traded ? open : 0,
    high: traded ? high : 0,
    low: traded ? low : 0,
    close,
    volume: traded ? volume : 0,
    value: cell("ACC_TRDVAL"),
    shares: cell("LIST_SHRS"),
    base: baseOf(close, cell("CMPPREVDD_PRC")),
  };
  return rejectRow(row) === null ? row : null;
}

/** The rows of one board. `log` gets one line that counts what was left out. */
export function readBars(rows: readonly KrxRow[], day: TradingDay, log: Log): readonly TickerColumns[] {
  refuseOtherDays(rows, day);
  const read = new Map<string, TickerColumns>();
  const leftOut: string[] = [];
  for (const cells of rows) {
    const code = textCell(cells, "ISU_CD") ?? "";
    const ticker = parseTicker("KRX", code);
    const row = rowOf(cells, day);
    if (ticker === null || row === null) {
      leftOut.push(code);
    } else if (read.has(ticker)) {
      throw failed(`${ticker} stands twice on ${formatTradingDay(day)}`);
    } else {
      read.set(ticker, { ticker, columns: columnsOf([row]) });
    }
  }
  if (leftOut.length > 0) {
    const problem = failed(`${leftOut.length} of ${rows.length} rows, first ${leftOut[0]}`);
    if (leftOut.length > LEFT_OUT_SHARE * rows.length) {
      throw problem;
    }
    logFailure(log, "krx_rows_left_out", problem, { day: formatTradingDay(day), rows: leftOut.length });
  }
  return [...read.values()];
}

/** As the exchange writes it: among its other indices there are names that only begin so. */
const INDEX_NAMES: Readonly<Record<IndexCode, string>> = { KOSPI: "코스피", KOSDAQ: "코스닥" };

/** The board's own index among all that its service gives. */
export function readIndex(rows: readonly KrxRow[], day: TradingDay, code: IndexCode): IndexColumns {
  refuseOtherDays(rows, day);
  const cells = rows.find((row) => textCell(row, "IDX_NM") === INDEX_NAMES[code]);
  if (cells === undefined) {
    throw failed(`no index is named ${INDEX_NAMES[code]}`);
  }
  const cell = (field: string): number | null => numberCell(cells, field);
  const [open, high, low, close] = [
    cell("OPNPRC_IDX"),
    cell("HGPRC_IDX"),
    cell("LWPRC_IDX"),
    cell("CLSPRC_IDX"),
  ];
  const volume = cell("ACC_TRDVOL");
  if (open === null || high === null || low === null || close === null || volume === null) {
    throw failed(`${INDEX_NAMES[code]} of ${formatTradingDay(day)} has an empty price`, true);
  }
  const row: Row = {
    day,
    open,
    high,
    low,
    close,
    volume,
    value: cell("ACC_TRDVAL"),
    shares: null,
    base: baseOf(close, cell("CMPPREVDD_IDX")),
  };
  if (rejectRow(row) !== null) {
    throw failed(`${INDEX_NAMES[code]} of ${formatTradingDay(day)} is no bar: ${rejectRow(row)}`, true);
  }
  return { code, columns: columnsOf([row]) };
}
