/** CO1: joins two ordered sets of rows by day; the newer source corrects the older one. */
import { OPTIONAL_FIELDS, REQUIRED_FIELDS, rowsUntil, type Columns } from "./columns.ts";
import { isSameOrigin } from "./origin.ts";
import type { FileField } from "./row-set.ts";
import { concatenate, takeRows, withoutEmpty } from "./take-rows.ts";
import { tradingDayOf, type TradingDay } from "../calendar/trading-day.ts";

/** What a row states of its day; its origin is compared by what it states, not by who delivered it and when. */
const FIGURES = [...REQUIRED_FIELDS, ...OPTIONAL_FIELDS].filter((field) => field !== "origin");

/** Both sets of rows as one, and the report of an import (CO1). */
export interface Merge {
  readonly columns: Columns;
  /** Days that were new, that replaced a different row, and that were already there unchanged. */
  readonly added: readonly TradingDay[];
  readonly replaced: number;
  readonly unchanged: number;
  /** The days of the `replaced` rows. */
  readonly corrected: readonly TradingDay[];
}

/** Whether two rows of one day hold the same values and origins that state the same; a missing optional column is a column of `NaN`. */
export function sameRow(a: Columns, i: number, b: Columns, j: number): boolean {
  for (const field of FIGURES) {
    if (!Object.is(a[field]?.[i] ?? Number.NaN, b[field]?.[j] ?? Number.NaN)) {
      return false;
    }
  }
  const [one, other] = [a.origin?.[i] ?? Number.NaN, b.origin?.[j] ?? Number.NaN];
  return Object.is(one, other) || isSameOrigin(one, other, a.day[i] ?? 0);
}

/**
 * CO1a: the incoming rows with the stored values of the fields that their source has no column for. `absent` names
 * those fields; a row of a day that is not stored has none to keep.
 */
export function keepAbsent(stored: Columns, incoming: Columns, absent: readonly FileField[]): Columns {
  const kept = absent.filter((field) => stored[field] !== null);
  if (kept.length === 0 || incoming.day.length === 0) {
    return incoming;
  }
  const places = Array.from(incoming.day, (day) => {
    const place = rowsUntil(stored, tradingDayOf(day)) - 1;
    return stored.day[place] === day ? place : -1;
  });
  const filled = kept.map((field) => [
    field,
    Float64Array.from(places, (place) => stored[field]?.[place] ?? Number.NaN),
  ]);
  return { ...incoming, ...Object.fromEntries(filled) };
}

interface Plan {
  /** Output rows by source: 0 stored, 1 incoming; only the first `rows` entries count. */
  readonly from: Uint32Array;
  readonly at: Uint32Array;
  readonly rows: number;
  readonly added: readonly TradingDay[];
  readonly corrected: readonly TradingDay[];
  readonly unchanged: number;
}

function planMerge(stored: Columns, incoming: Columns): Plan {
  const [n, m] = [stored.day.length, incoming.day.length];
  const from = new Uint32Array(n + m);
  const at = new Uint32Array(n + m);
  const added: TradingDay[] = [];
  const corrected: TradingDay[] = [];
  let [rows, unchanged] = [0, 0];
  for (let i = 0, j = 0; i < n || j < m; rows++) {
    const left = stored.day[i] ?? Number.POSITIVE_INFINITY;
    const right = incoming.day[j] ?? Number.POSITIVE_INFINITY;
    if (left < right) {
      at[rows] = i++;
      continue;
    }
    from[rows] = 1;
    at[rows] = j;
    if (right < left) {
      added.push(tradingDayOf(right));
    } else if (sameRow(stored, i++, incoming, j)) {
      unchanged += 1;
    } else {
      corrected.push(tradingDayOf(right));
    }
    j += 1;
  }
  return { from, at, rows, added, corrected, unchanged };
}

/**
 * Joins two ordered sets of rows by day; where both have a day, `given` corrects `stored`, but for the fields that are
 * `absent` of its source (CO1a). The result may share memory with either side.
 */
export function mergeColumns(stored: Columns, given: Columns, absent: readonly FileField[] = []): Merge {
  const last = stored.day.at(-1) ?? Number.NEGATIVE_INFINITY;
  const incoming = keepAbsent(stored, given, absent);
  if ((incoming.day[0] ?? Number.NEGATIVE_INFINITY) > last) {
    const columns = stored.day.length === 0 ? withoutEmpty(incoming) : concatenate(stored, incoming);
    return {
      columns,
      added: Array.from(incoming.day, tradingDayOf),
      replaced: 0,
      unchanged: 0,
      corrected: [],
    };
  }
  const { from, at, rows, added, corrected, unchanged } = planMerge(stored, incoming);
  const same = added.length === 0 && corrected.length === 0;
  const columns = same
    ? withoutEmpty(stored)
    : takeRows({ sources: [stored, incoming], from: from.subarray(0, rows), at: at.subarray(0, rows) });
  return { columns, added, replaced: corrected.length, unchanged, corrected };
}
