/** The study's market with all that happens to shares: splits, dividends, halts, late listings, early ends. */
import type { Columns } from "../../core/bars/columns.ts";
import { viewOf } from "../../core/bars/columns.ts";
import type { StudyInput } from "../../research/walk-forward.ts";
import { studyMarket } from "./study-market.ts";

/** Base prices are the closes before: nothing has happened yet. */
function withBase(columns: Columns): Columns & { readonly base: Float64Array } {
  return { ...columns, base: columns.close.map((_, k) => columns.close[k - 1] ?? Number.NaN) };
}

/** From `row` on a share is `1 / factor` of what it was: prices times the factor, volumes through it. */
function split(columns: Columns, row: number, factor: number): Columns {
  const priced = (field: Float64Array): Float64Array => field.map((x, k) => (k >= row ? x * factor : x));
  const { base } = withBase(columns);
  return {
    ...columns,
    open: priced(columns.open),
    high: priced(columns.high),
    low: priced(columns.low),
    close: priced(columns.close),
    volume: columns.volume.map((x, k) => (k >= row ? Math.round(x / factor) : x)),
    base: (columns.base ?? base).map((x, k) => (k >= row ? x * factor : x)),
  };
}

/** The base price of `row` is so much lower than the close before. */
function dividend(columns: Columns, row: number, factor: number): Columns {
  return { ...columns, base: (columns.base ?? columns.close).map((x, k) => (k === row ? x * factor : x)) };
}

function halt(columns: Columns, from: number, count: number): Columns {
  const carried = columns.close[from - 1] ?? 0;
  const within = (k: number): boolean => k >= from && k < from + count;
  const none = (field: Float64Array): Float64Array => field.map((x, k) => (within(k) ? 0 : x));
  return {
    ...columns,
    open: none(columns.open),
    high: none(columns.high),
    low: none(columns.low),
    close: columns.close.map((x, k) => (within(k) ? carried : x)),
    volume: none(columns.volume),
    base: columns.base && columns.base.map((x, k) => (within(k) ? carried : x)),
  };
}

/** Each event near the days on which the market's bases end, so that it meets signals that stand. */
export function eventfulMarket(seed = 1): StudyInput {
  const market = studyMarket(seed);
  const listings = market.listings.map((one, i) => {
    const end = 288 + 3 * (i % 16);
    let columns: Columns = withBase(one.columns);
    columns = i % 3 === 0 ? split(split(columns, 150 + i, 5), end + 2, 0.2) : columns;
    columns = i % 4 === 1 ? dividend(columns, end + 3, 0.96) : columns;
    columns = i % 5 === 2 ? halt(columns, end + 1, 4) : columns;
    columns = i % 6 === 4 ? halt(columns, end - 60, 2) : columns;
    columns = i % 7 === 3 ? viewOf(columns, 0, 325) : columns;
    columns = i % 8 === 6 ? viewOf(columns, 70, columns.day.length) : columns;
    return { ...one, columns };
  });
  return { ...market, listings };
}
