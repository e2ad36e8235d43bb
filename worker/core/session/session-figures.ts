/**
 * DY3: what a whole session looks like beside the one before it. A slip of unit, a day that came twice or a source that was not
 * ready shows in no single row, and in every row at once.
 */
import { type CloseBefore, isRegularBase } from "../bars/adjust.ts";
import { type Columns, rowsUntil } from "../bars/columns.ts";
import { CLOSE_KINDS, type CloseKind, hasRegularClose, originFactsOf, originIdOf } from "../bars/origin.ts";
import type { TradingDay } from "../calendar/trading-day.ts";
import { PARAMS } from "../params.ts";
import { limitOn } from "../scan/eligibility.ts";
import type { SessionFinding } from "./finding.ts";

/** Fewer tickers than this say nothing about a session. */
const FEWEST = 5;
const REPEATED_SHARE = 0.9;
const HALTED_SHARE = 0.3;
const BEYOND_SHARE = 0.05;
/** No market moves so far in a day: the limit is 30 %. */
const MEDIAN_PRICE: readonly [low: number, high: number] = [0.7, 1.4];
const MEDIAN_VOLUME: readonly [low: number, high: number] = [1 / 50, 50];
/** Traded value over close x volume; a day's mean price lies within its range. */
const MEDIAN_VALUE: readonly [low: number, high: number] = [1 / 10, 10];
/** As SE2: fewer provisional rows are stragglers. */
const PROVISIONAL_SHARE = 0.1;

/** Numbers that are collected to take their median. */
class Sample {
  #values = new Float64Array(512);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(value: number): void {
    if (this.#count === this.#values.length) {
      const more = new Float64Array(2 * this.#count);
      more.set(this.#values);
      this.#values = more;
    }
    this.#values[this.#count++] = value;
  }

  /** `null` of too few to say anything. */
  median(): number | null {
    if (this.#count < FEWEST) {
      return null;
    }
    const sorted = this.#values.subarray(0, this.#count).toSorted();
    const half = this.#count >> 1;
    const upper = sorted[half] ?? 0;
    return this.#count % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? 0)) / 2;
  }
}

function isOutside(x: number, [low, high]: readonly [low: number, high: number]): boolean {
  return x < low || x > high;
}

/** The raw rows of one exchange, ticker by ticker, summed up to what one session shows. */
export class SessionFigures {
  readonly #day: TradingDay;
  readonly #before: TradingDay | null;
  readonly #moves = new Sample();
  readonly #volumes = new Sample();
  readonly #values = new Sample();
  readonly #isEarly: (origin: number) => boolean;
  #rows = 0;
  #provisional = 0;
  readonly #closes = new Map<CloseKind, number>();
  /** Tickers that traded the session before and have a row of this one. */
  #traded = 0;
  #halted = 0;
  #repeated = 0;
  #beyond = 0;

  /**
   * `before`: the session before, `null` when there is none. `isEarly`: whether rows of this origin (its number) arrived before the
   * close of this session; asked of provisional rows alone.
   */
  constructor(day: TradingDay, before: TradingDay | null, isEarly: (origin: number) => boolean = () => true) {
    this.#day = day;
    this.#before = before;
    this.#isEarly = isEarly;
  }

  /** Hands the listings on and looks at each, so that a scan and its judgement read the bars once. */
  *watch<T extends { readonly columns: Columns }>(listings: Iterable<T>): Iterable<T> {
    for (const listing of listings) {
      this.add(listing.columns);
      yield listing;
    }
  }

  /** One ticker's raw rows; they may reach past the day. */
  add(columns: Columns): void {
    const last = columns.day.length - 1;
    const i = columns.day[last] === this.#day ? last : rowsUntil(columns, this.#day) - 1;
    if (i < 0 || columns.day[i] !== this.#day) {
      return;
    }
    const [close = 0, volume = 0, high = 0] = [columns.close[i], columns.volume[i], columns.high[i]];
    const isTraded = volume > 0 && high > 0;
    this.#rows += 1;
    const code = columns.origin?.[i] ?? Number.NaN;
    const origin = originFactsOf(code, this.#day);
    this.#provisional += origin.final || !this.#isEarly(originIdOf(code)) ? 0 : 1;
    this.#closes.set(origin.close, (this.#closes.get(origin.close) ?? 0) + 1);
    const value = columns.value?.[i] ?? Number.NaN;
    if (isTraded && close > 0 && value > 0) {
      this.#values.add(value / (close * volume));
    }
    const k = i - 1;
    const volumeBefore = columns.volume[k] ?? 0;
    if (k < 0 || columns.day[k] !== this.#before || volumeBefore === 0 || columns.high[k] === 0) {
      return;
    }
    this.#traded += 1;
    if (!isTraded) {
      this.#halted += 1;
      return;
    }
    this.#repeated += isRepeated(columns, i) ? 1 : 0;
    this.#volumes.add(volume / volumeBefore);
    const move = close / priceBefore(columns, i);
    this.#moves.add(move);
    this.#beyond += Math.abs(move - 1) > limitOn(this.#day, PARAMS.eligibility.limit) ? 1 : 0;
  }

  /** In the order of their names; a session with fewer than five tickers has none but `still_open`. */
  findings(): readonly SessionFinding[] {
    const day = this.#day;
    const compared = this.#moves.count;
    const [move, volume, value] = [this.#moves, this.#volumes, this.#values].map((one) => one.median());
    const found: SessionFinding[] = [];
    if (compared >= FEWEST && this.#repeated >= REPEATED_SHARE * compared) {
      found.push({ kind: "repeats", day, rows: compared, repeated: this.#repeated });
    }
    if (this.#traded >= FEWEST && this.#halted >= HALTED_SHARE * this.#traded) {
      found.push({ kind: "all_halted", day, traded: this.#traded, halted: this.#halted });
    }
    const isSpread = compared >= FEWEST && this.#beyond >= Math.max(2, BEYOND_SHARE * compared);
    if (typeof move === "number" && (isSpread || isOutside(move, MEDIAN_PRICE))) {
      found.push({ kind: "jump", day, rows: compared, beyond: this.#beyond, ratio: move });
    }
    if (typeof volume === "number" && isOutside(volume, MEDIAN_VOLUME)) {
      found.push({ kind: "volume_unit", day, ratio: volume });
    }
    if (typeof value === "number" && (value <= MEDIAN_VALUE[0] || value >= MEDIAN_VALUE[1])) {
      found.push({ kind: "value_unit", day, ratio: value });
    }
    return found;
  }

  /** The best close that rows of the session hold, when fewer than nine tenths of them do; else `null`. */
  mixedClose(): { readonly close: CloseKind; readonly rows: number; readonly before: number } | null {
    const close = CLOSE_KINDS.find((kind) => this.#closes.has(kind));
    const rows = close === undefined ? 0 : (this.#closes.get(close) ?? 0);
    const isMixed = this.#rows >= FEWEST && rows < (1 - PROVISIONAL_SHARE) * this.#rows;
    return close !== undefined && isMixed ? { close, rows, before: this.#rows } : null;
  }

  /** Whether a tenth of the rows arrived before the session's close. */
  isProvisional(): boolean {
    return this.#provisional > 0 && this.#provisional >= PROVISIONAL_SHARE * this.#rows;
  }
}

function isRepeated({ open, high, low, close, volume }: Columns, i: number): boolean {
  return [open, high, low, close, volume].every((field) => field[i] === field[i - 1]);
}

/**
 * What a move is counted from: the close before. Where that is the last price of the after-market, the base price when it can
 * be the regular close (BR3b): a base price in another unit cannot.
 */
function priceBefore(columns: Columns, i: number): number {
  const [base = Number.NaN, close = Number.NaN] = [columns.base?.[i], columns.close[i - 1]];
  const before: CloseBefore = {
    close,
    base: columns.base?.[i - 1] ?? Number.NaN,
    regular: hasRegularClose(columns, i - 1),
  };
  return !before.regular && isRegularBase(base, before) ? base : close;
}
