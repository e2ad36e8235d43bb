/**
 * BR3a, BR3b: corporate actions, read from the exchange's own base prices and taken out of a series when it is read.
 * Unadjusted, a split looks like a collapse and every average behind it is wrong.
 */
import type { Columns } from "./columns.ts";
import { hasRegularClose } from "./origin.ts";
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
  const scaled = (field: Float64Array): Float64Array =>
    field.map((x, k) => (price[k] === 1 ? x : rounded(x * (price[k] ?? Number.NaN))));
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

/** Leaves 43 of the 53 bits of a double (Veltkamp): whole won up to 2^43 come out exact, anything else to 13 digits. */
const SPLITTER = 2 ** 10 + 1;

/**
 * A price without the last digits that a product of factors leaves: of two equal prices on either side of an action neither
 * is the higher one. A pivot is touched, broken and chosen among equals by such comparisons.
 */
function rounded(price: number): number {
  const wide = SPLITTER * price;
  return wide - (wide - price);
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
    const today = base[row] ?? Number.NaN;
    // On most days the base price is the close before, and the price grid need not be asked.
    const ratio =
      today === close[row - 1] ? null : factorOf(today, rowBefore(columns, row), sharesMoved(columns, row));
    if (ratio !== null) {
      actions.push({ row, factor: factorAt(columns, row, ratio) });
    }
  }
  return actions;
}

function rowBefore(columns: Columns, row: number): CloseBefore {
  return {
    close: columns.close[row - 1] ?? Number.NaN,
    base: columns.base?.[row - 1] ?? Number.NaN,
    regular: hasRegularClose(columns, row - 1),
  };
}

/** The listed shares over those of the row before, when they moved beyond {@link SMALL}; else `null`, also when they are not known. */
function sharesMoved(columns: Columns, row: number): number | null {
  const shares = (columns.shares?.[row] ?? Number.NaN) / (columns.shares?.[row - 1] ?? Number.NaN);
  return shares > 0 && Number.isFinite(shares) && !isSmall(shares) ? shares : null;
}

/** After a halt the base is set by an auction, so the share count gives the factor and the price does not. */
function factorAt(columns: Columns, row: number, ratio: number): number {
  const shares = sharesMoved(columns, row);
  return columns.volume[row - 1] === 0 && shares !== null ? 1 / shares : ratio;
}

/** What volumes before the action are divided by: dividends and rights adjust prices and leave volumes alone. */
export function volumeFactor(factor: number): number {
  return isSmall(factor) ? 1 : factor;
}

/** The last row before a session: what the base price of that session is held against. Prices in won, `NaN` where unknown. */
export interface CloseBefore {
  readonly close: number;
  readonly base: number;
  /** The close is the one from which the next base price counts (DY1). */
  readonly regular: boolean;
}

/**
 * The factor of a session from its base price and the row before; `null` when nothing happened. `shares`: the listed
 * shares over those of the row before when they moved by more than a tenth, `null` otherwise and while the session is under
 * way, whose row alone has them.
 *
 * @example
 * factorOf(2_000, { close: 10_000, base: 9_900, regular: true }, null); // 0.2
 * factorOf(10_000, { close: 10_050, base: 9_900, regular: false }, null); // null: traded on after the regular close
 */
export function factorOf(base: number, before: CloseBefore, shares: number | null): number | null {
  const { close, regular } = before;
  // NaN, a row without a base price, fails both. Less than a tick is the exchange's rounding.
  const differs = base > 0 && close > 0 && Math.abs(base - close) >= tickAt(close, "krx");
  if (!differs || regular) {
    return differs ? base / close : null;
  }
  // New shares alone move no price: their number is the factor only when the base price lies nearer to it than to the close.
  if (
    shares !== null &&
    (shares > 1 ? base * base * shares < close * close : base * base * shares > close * close)
  ) {
    return 1 / shares;
  }
  return isRegularBase(base, before) ? null : base / close;
}

/** How far a price may move from the base of its day, before and after 16:00. */
const DAILY_LIMIT = 0.3;

/**
 * BR3b: whether a base price can be the regular close of the day before, whose last price is all that is known. On a day
 * without a limit (a listing's first) or without a known base the two prices are within one limit up and one down of each other.
 */
export function isRegularBase(base: number, { close, base: baseBefore }: CloseBefore): boolean {
  const [up, down] = [1 + DAILY_LIMIT, 1 - DAILY_LIMIT];
  const tick = tickAt(close, "krx");
  const limited = (price: number): boolean =>
    price >= down * baseBefore - tick && price <= up * baseBefore + tick;
  return baseBefore > 0 && limited(close)
    ? limited(base)
    : base >= (down / up) * close - tick && base <= (up / down) * close + tick;
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
