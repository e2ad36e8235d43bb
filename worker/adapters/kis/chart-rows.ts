/** KI6: the rows of the vendor's two daily charts, of a share and of an index, as rows of the core. */
import * as v from "valibot";
import type { DatedRow } from "../../app/ports/market-sources.ts";
import { rejectRow } from "../../core/bars/bar.ts";
import type { Row } from "../../core/bars/columns.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import { chartCloseOf } from "./chart-close.ts";
import {
  Amount,
  DayText,
  listOf,
  MaybeAmount,
  MaybeCode,
  MaybeSigned,
  sift,
  TickerText,
} from "../upstream/vendor-fields.ts";

/** A part has a hundred rows of a share, or fifty of an index; that another one follows can be seen by asking only. */
const MOST_ROWS_A_PART = 200;

const ShareLine = v.object({
  stck_bsop_date: DayText,
  stck_oprc: Amount,
  stck_hgpr: Amount,
  stck_lwpr: Amount,
  stck_clpr: Amount,
  acml_vol: v.pipe(Amount, v.integer()),
  acml_tr_pbmn: MaybeAmount,
  prdy_vrss: MaybeSigned,
  prdy_vrss_sign: MaybeCode,
  flng_cls_code: MaybeCode,
  prtt_rate: MaybeAmount,
});

const IndexLine = v.object({
  stck_bsop_date: DayText,
  bstp_nmix_oprc: Amount,
  bstp_nmix_hgpr: Amount,
  bstp_nmix_lwpr: Amount,
  bstp_nmix_prpr: v.pipe(Amount, v.gtValue(0)),
  acml_vol: v.pipe(Amount, v.minValue(1)),
});

const ShareBody = v.object({
  output1: v.optional(v.looseObject({ stck_shrn_iscd: v.optional(TickerText) })),
  output2: listOf(MOST_ROWS_A_PART),
});
const IndexBody = v.object({ output2: listOf(MOST_ROWS_A_PART) });

/** A row with what decides on its base price. */
export interface ChartRow {
  readonly row: Row;
  /** Close less base price; `null` where the vendor names none, or where number and sign contradict each other. */
  readonly change: number | null;
  /** The vendor marks rights, dividends, splits on that day. */
  readonly isMarked: boolean;
}

/** One part of a chart, newest first. `code`: of the share that the answer is about, where it names one. */
export interface ChartPart {
  readonly rows: readonly ChartRow[];
  readonly refused: number;
  readonly code: string | null;
}

/** 1 limit up, 2 up, 3 flat, 4 limit down, 5 down; the number itself is unsigned in some answers and signed in others. */
function changeOf(change: number | null, sign: string): number | null {
  const isDown = sign === "4" || sign === "5";
  const isUp = sign === "1" || sign === "2";
  if (change === null || (isUp && change < 0)) {
    return null;
  }
  return isDown && change > 0 ? -change : change;
}

/** A day without a trade has no open, high and low (BR1), whatever the vendor writes there. */
function rowOf(
  day: TradingDay,
  [open, high, low, close]: readonly [number, number, number, number],
  volume: number,
): Row {
  const traded = volume > 0;
  return {
    day,
    open: traded ? open : 0,
    high: traded ? high : 0,
    low: traded ? low : 0,
    close,
    volume,
    value: null,
    shares: null,
    base: null,
  };
}

function shareRow(line: v.InferOutput<typeof ShareLine>): ChartRow {
  const prices = [line.stck_oprc, line.stck_hgpr, line.stck_lwpr, line.stck_clpr] as const;
  return {
    row: { ...rowOf(line.stck_bsop_date, prices, line.acml_vol), value: line.acml_tr_pbmn },
    change: changeOf(line.prdy_vrss, line.prdy_vrss_sign),
    isMarked: !["", "0", "00"].includes(line.flng_cls_code) || (line.prtt_rate ?? 0) > 0,
  };
}

/** The unit of an index's value is not published, so it is missing. */
function indexRow(line: v.InferOutput<typeof IndexLine>): ChartRow {
  const prices = [
    line.bstp_nmix_oprc,
    line.bstp_nmix_hgpr,
    line.bstp_nmix_lwpr,
    line.bstp_nmix_prpr,
  ] as const;
  return { row: rowOf(line.stck_bsop_date, prices, line.acml_vol), change: null, isMarked: false };
}

function partOf<T>(
  parts: readonly unknown[],
  line: v.GenericSchema<unknown, T>,
  read: (line: T) => ChartRow,
  code: string | null,
): ChartPart {
  const { taken, refused } = sift(line, parts);
  const rows = taken.map(read);
  const sound = rows.filter(({ row }) => rejectRow(row) === null);
  return { rows: sound, refused: refused + rows.length - sound.length, code };
}

/** `null`: no such answer. */
export function readSharePart(body: unknown): ChartPart | null {
  const parsed = v.safeParse(ShareBody, body);
  return parsed.success
    ? partOf(parsed.output.output2, ShareLine, shareRow, parsed.output.output1?.stck_shrn_iscd ?? null)
    : null;
}

/** `null`: no such answer. */
export function readIndexPart(body: unknown): ChartPart | null {
  const parsed = v.safeParse(IndexBody, body);
  return parsed.success ? partOf(parsed.output.output2, IndexLine, indexRow, null) : null;
}

/**
 * Close less change is the base price. On a day that the vendor marks, a change that is just the difference of two closes counts from
 * no base price, and without the row before that cannot be decided.
 */
function baseOf({ row, change, isMarked }: ChartRow, before: ChartRow | null): number | null {
  if (change === null || row.close - change <= 0) {
    return null;
  }
  const isPlain = before === null || row.close - before.row.close === change;
  return isMarked && isPlain ? null : row.close - change;
}

/** Oldest first, each row with its base price and the kind of its close; a session that goes on has no row yet. */
export function datedRows(rows: readonly ChartRow[], now: number): readonly DatedRow[] {
  return rows.flatMap((one, n) => {
    const facts = chartCloseOf(one.row.day, now);
    return facts === null ? [] : [{ ...facts, row: { ...one.row, base: baseOf(one, rows[n - 1] ?? null) } }];
  });
}
