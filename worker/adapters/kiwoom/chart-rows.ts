/** KW6, KW7: the rows of the vendor's two daily charts, of a share and of an index, as rows of the core. */
import * as v from "valibot";
import type { DatedRow } from "../../app/ports/market-sources.ts";
import { rejectRow } from "../../core/bars/bar.ts";
import type { Row } from "../../core/bars/columns.ts";
import { type OriginFacts, TWO_CLOSES_SINCE } from "../../core/bars/origin.ts";
import { closingWindowAfter } from "../../core/calendar/closing-window.ts";
import { calendarDay } from "../../core/calendar/krx-calendar.ts";
import { midnightOf, type TradingDay, tradingDayAt } from "../../core/calendar/trading-day.ts";
import { DayText, listOf, sift } from "../upstream/vendor-fields.ts";
import { agreedChange, krxTickerIn, MaybeSigned, MaybeSize, MILLION, Shares, Size } from "./fields.ts";

const MOST_ROWS_A_PART = 1_200;
/** What a session may move a price from its base price (30 %), with what a tick rounds. */
const LARGEST_MOVE = 0.305;
/** Index charts count in hundredths. */
const HUNDREDTHS = 100;

const Code = v.optional(v.fallback(v.pipe(v.string(), v.maxLength(12)), ""), "");
const Sign = v.optional(v.fallback(v.pipe(v.string(), v.maxLength(2)), ""), "");

const ShareLine = v.object({
  dt: DayText,
  open_pric: Size,
  high_pric: Size,
  low_pric: Size,
  cur_prc: Size,
  trde_qty: Shares,
  trde_prica: MaybeSize,
  pred_pre: MaybeSigned,
  pred_pre_sig: Sign,
});

const IndexLine = v.object({
  dt: DayText,
  open_pric: Size,
  high_pric: Size,
  low_pric: Size,
  cur_prc: v.pipe(Size, v.gtValue(0)),
  trde_qty: v.pipe(Size, v.minValue(1)),
});

const ShareBody = v.object({ stk_cd: Code, stk_dt_pole_chart_qry: listOf(MOST_ROWS_A_PART) });
const IndexBody = v.object({ inds_cd: Code, inds_dt_pole_qry: listOf(MOST_ROWS_A_PART) });

/** A row with what decides on its base price. */
export interface ChartRow {
  readonly row: Row;
  /** Close less base price; `null` where the vendor names none, or where number and sign contradict each other. */
  readonly change: number | null;
}

/** One part of a chart. `code`: of the series that the answer is about, where it names one. */
export interface ReadRows {
  readonly rows: readonly ChartRow[];
  readonly refused: number;
  readonly code: string | null;
}

/** A day without a trade has no open, high and low (BR1), whatever the vendor writes there. */
function rowOf(
  day: TradingDay,
  [open, high, low, close]: readonly [number, number, number, number],
  volume: number,
): Row {
  const of = (price: number): number => (volume > 0 ? price : 0);
  const prices = { open: of(open), high: of(high), low: of(low), close };
  return { day, ...prices, volume, value: null, shares: null, base: null };
}

function shareRow(line: v.InferOutput<typeof ShareLine>): ChartRow {
  const row = rowOf(line.dt, [line.open_pric, line.high_pric, line.low_pric, line.cur_prc], line.trde_qty);
  const value = line.trde_prica === null ? null : line.trde_prica * MILLION;
  return { row: { ...row, value }, change: agreedChange(line.pred_pre, line.pred_pre_sig) };
}

const points = (hundredths: number): number => hundredths / HUNDREDTHS;

/** The unit of an index's value is not published, so it is missing. */
function indexRow(line: v.InferOutput<typeof IndexLine>): ChartRow {
  const prices = [
    points(line.open_pric),
    points(line.high_pric),
    points(line.low_pric),
    points(line.cur_prc),
  ] as const;
  return { row: rowOf(line.dt, prices, line.trde_qty), change: null };
}

function rowsOf<T>(
  parts: readonly unknown[],
  line: v.GenericSchema<unknown, T>,
  read: (line: T) => ChartRow,
): Omit<ReadRows, "code"> {
  const { taken, refused } = sift(line, parts);
  const rows = taken.map(read);
  const sound = rows.filter(({ row }) => rejectRow(row) === null);
  return { rows: sound, refused: refused + rows.length - sound.length };
}

/** `null`: no such answer. */
export function readShareRows(body: unknown, asked: string): ReadRows | null {
  const parsed = v.safeParse(ShareBody, body);
  if (!parsed.success) {
    return null;
  }
  const { stk_cd: code, stk_dt_pole_chart_qry: lines } = parsed.output;
  return { ...rowsOf(lines, ShareLine, shareRow), code: code === "" ? asked : (krxTickerIn(code) ?? code) };
}

/** `null`: no such answer. */
export function readIndexRows(body: unknown, asked: string): ReadRows | null {
  const parsed = v.safeParse(IndexBody, body);
  if (!parsed.success) {
    return null;
  }
  const { inds_cd: code, inds_dt_pole_qry: lines } = parsed.output;
  return { ...rowsOf(lines, IndexLine, indexRow), code: code === "" ? asked : code };
}

/**
 * Close less change is the base price, unless the change is one that no session allows: then it is the difference of two closes over a
 * split, and counts from no base price.
 */
function baseOf({ row, change }: ChartRow): number | null {
  const base = change === null ? null : row.close - change;
  return base === null || base <= 0 || Math.abs(row.close / base - 1) > LARGEST_MOVE ? null : base;
}

/** On a day that the calendar knows no session of, and that has a row all the same. */
const CLOSES_MS = 15.5 * 3_600_000;
const SETTLED_MS = 120_000;

/**
 * KW7: `null` while the session goes on. Nobody has published which close the chart holds once the after-market has begun, nor whether
 * it is revised: so from 16:00 on it is `unknown`, and not final.
 */
export function chartCloseOf(day: TradingDay, now: number): OriginFacts | null {
  const known = calendarDay(day);
  const closesAt = known.kind === "session" ? known.closesAt : midnightOf(day) + CLOSES_MS;
  if (now < closesAt + SETTLED_MS) {
    return null;
  }
  if (day < TWO_CLOSES_SINCE) {
    return { close: "regular", final: tradingDayAt(now) > day };
  }
  return { close: now < closingWindowAfter(closesAt).until ? "regular" : "unknown", final: false };
}

/** Each row with its base price and the kind of its close; a session that goes on has no row yet. */
export function datedRows(rows: readonly ChartRow[], now: number): readonly DatedRow[] {
  return rows.flatMap((one) => {
    const facts = chartCloseOf(one.row.day, now);
    return facts === null ? [] : [{ ...facts, row: { ...one.row, base: baseOf(one) } }];
  });
}
