/**
 * BR3a: corporate actions, read from the exchange's own base prices and taken out of a series when it is read.
 * Unadjusted, a split looks like a collapse and every average behind it is wrong.
 */
import type { Columns } from "./columns.ts";
import { tickAt } from "./tick-size.ts";
import { type TradingDay, tradingDayOf } from "../calendar/trading-day.ts";

/** Prices before `day` are multiplied by `factor`: 0.1 is a split of one share into ten. */
export interface Adjustment {
  readonly day: TradingDay;
  readonly factor: number;
}

/** The rows in the shares of the last one, and what was taken out of them. */
export interface Adjusted {
  readonly columns: Columns;
  /** Oldest first. */
  readonly events: readonly Adjustment[];
}

/** A ratio within this band moves no share count. */
const SMALL: readonly [low: number, high: number] = [0.9, 1.1];

/**
 * Raw rows and base prices -> the same rows in the last row's shares. Open, high, low, close and base are multiplied by
 * every later factor, the volume divided by every later factor outside {@link SMALL}; traded value and share counts
 * stay as they were published. Without an action the arrays are the input's own.
 *
 * @example
 * // A share split into five: base price 2,000 after a close of 10,000.
 * const { columns, events } = adjust(raw);
 * events; // [{ day, factor: 0.2 }]
 * columns.close; // before the split 2,000 instead of 10,000
 */
export function adjust(columns: Columns): Adjusted {
  const actions = findActions(columns);
  if (actions.length === 0) {
    return { columns, events: [] };
  }
  const price = factorsBefore(columns.day.length, actions);
  const volume = factorsBefore(
    columns.day.length,
    actions.filter(({ factor }) => !isSmall(factor)),
  );
  const scaled = (field: Float64Array): Float64Array => field.map((x, k) => x * (price[k] ?? Number.NaN));
  return {
    columns: {
      ...columns,
      open: scaled(columns.open),
      high: scaled(columns.high),
      low: scaled(columns.low),
      close: scaled(columns.close),
      volume: columns.volume.map((x, k) => x / (volume[k] ?? Number.NaN)),
      base: columns.base && scaled(columns.base),
    },
    events: actions.map(({ row, factor }) => ({ day: tradingDayOf(columns.day[row] ?? Number.NaN), factor })),
  };
}

interface Action {
  readonly row: number;
  readonly factor: number;
}

function findActions(columns: Columns): readonly Action[] {
  const { base, close } = columns;
  const actions: Action[] = [];
  if (base === null) {
    return actions;
  }
  for (let row = 1; row < base.length; row++) {
    const [today, before] = [base[row] ?? Number.NaN, close[row - 1] ?? Number.NaN];
    // On most days the base price is the close before, and the price grid need not be asked.
    const ratio = today === before ? null : factorOf(today, before);
    if (ratio !== null) {
      actions.push({ row, factor: factorAt(columns, row, ratio) });
    }
  }
  return actions;
}

/** After a halt the base is set by an auction, so the share count gives the factor and the price does not. */
function factorAt(columns: Columns, row: number, ratio: number): number {
  const shares = (columns.shares?.[row] ?? Number.NaN) / (columns.shares?.[row - 1] ?? Number.NaN);
  const reopened = columns.volume[row - 1] === 0;
  return reopened && shares > 0 && Number.isFinite(shares) && !isSmall(shares) ? 1 / shares : ratio;
}

/** What volumes before the action are divided by: dividends and rights adjust prices and leave volumes alone. */
export function volumeFactor(factor: number): number {
  return isSmall(factor) ? 1 : factor;
}

/**
 * The factor of a session that is under way, from its base price and the close before; `null` when nothing happened.
 * After a halt the share count decides instead, and is known with the session's row only.
 */
export function factorOf(base: number, before: number): number | null {
  // NaN, a row without a base price, fails both. Less than a tick is the exchange's rounding.
  return base > 0 && before > 0 && Math.abs(base - before) >= tickAt(before, "krx") ? base / before : null;
}

function isSmall(ratio: number): boolean {
  return ratio >= SMALL[0] && ratio <= SMALL[1];
}

/** For each row the product of the factors of all actions after it. */
function factorsBefore(rows: number, actions: readonly Action[]): Float64Array {
  const factors = new Float64Array(rows).fill(1);
  let product = 1;
  let end = rows;
  for (const { row, factor } of actions.toReversed()) {
    factors.fill(product, row, end);
    product *= factor;
    end = row;
  }
  return factors.fill(product, 0, end);
}
