/**
 * Pattern time: the bars of one ticker without its halts (BR1), with the running sums that every rule reads.
 * One instance is loaded with one ticker after another; its buffers grow and are reused, so a scan allocates once.
 */
import { assert } from "../assert.ts";
import type { Columns } from "./columns.ts";
import { type TradingDay, tradingDayOf } from "../calendar/trading-day.ts";
import { type BarIndex, barIndexOf, type Price, priceOf, type Prices, pricesOf } from "../nominal.ts";

const NOTHING = new Float64Array(0);

/**
 * The bars of the ticker that was loaded last. Prices in won of the last row's shares, volumes in shares; an index is a
 * place in pattern time, so a mean over 50 bars is one over 50 days of trading whatever was halted between them.
 */
export class PatternTime {
  /** Number of bars loaded; every array is valid on [0, n), the sums on [0, n]. */
  n: number = 0;
  /** Without a halt these five are the loaded columns themselves: read them before their memory is used again. */
  day: Float64Array = NOTHING;
  high: Prices = pricesOf(NOTHING);
  low: Prices = pricesOf(NOTHING);
  close: Prices = pricesOf(NOTHING);
  volume: Float64Array = NOTHING;
  /** SW1: running average true range, a fraction of the close before; and the least and the most of it. */
  range: Float64Array = NOTHING;
  leastRange: number = Number.NaN;
  mostRange: number = Number.NaN;
  /** The row of the raw columns that a bar came from; gaps are halts. */
  row: Int32Array = new Int32Array(0);
  /** sum[k] = sum over bars 0..k-1. */
  closeSum: Float64Array = new Float64Array(1);
  volumeSum: Float64Array = new Float64Array(1);
  /** Five columns one after the other, for a ticker with halts. */
  #traded: Float64Array = NOTHING;
  #tradedRow: Int32Array = new Int32Array(0);
  /** 0, 1, 2 and so on: the rows of a ticker without halts. */
  #everyRow: Int32Array = new Int32Array(0);

  /** Loads the bars among the rows of `columns`; halted rows are left out. */
  load(columns: Columns, atrSpan: number): void {
    const rows = columns.day.length;
    this.#reserve(rows);
    const { high, volume } = columns;
    let n = 0;
    while (n < rows && volume[n]! > 0 && high[n]! > 0) {
      n += 1;
    }
    if (n === rows) {
      this.n = n;
      this.day = columns.day;
      this.high = pricesOf(columns.high);
      this.low = pricesOf(columns.low);
      this.close = pricesOf(columns.close);
      this.volume = columns.volume;
      this.row = this.#everyRow;
    } else {
      this.#leaveOutHalts(columns);
    }
    this.#measure(atrSpan);
  }

  #leaveOutHalts(from: Columns): void {
    const rows = from.day.length;
    const size = this.#tradedRow.length;
    const day = (this.day = this.#traded.subarray(0, size));
    const high = this.#traded.subarray(size, 2 * size);
    const low = this.#traded.subarray(2 * size, 3 * size);
    const close = this.#traded.subarray(3 * size, 4 * size);
    const volume = (this.volume = this.#traded.subarray(4 * size));
    const row = (this.row = this.#tradedRow);
    let n = 0;
    for (let i = 0; i < rows; i++) {
      if (from.volume[i]! > 0 && from.high[i]! > 0) {
        day[n] = from.day[i]!;
        high[n] = from.high[i]!;
        low[n] = from.low[i]!;
        close[n] = from.close[i]!;
        volume[n] = from.volume[i]!;
        row[n] = i;
        n += 1;
      }
    }
    this.high = pricesOf(high);
    this.low = pricesOf(low);
    this.close = pricesOf(close);
    this.n = n;
  }

  /** The as-of bar; -1 while there is none. */
  get last(): BarIndex {
    return barIndexOf(this.n - 1);
  }

  /** SW1 and the running sums, in one pass: the sums cost nothing while the average waits for its division. */
  #measure(atrSpan: number): void {
    const { n, high, low, close, volume, range, closeSum, volumeSum } = this;
    let closes = 0;
    let volumes = 0;
    let average = 0;
    let least = Number.POSITIVE_INFINITY;
    let most = 0;
    let before = n === 0 ? Number.NaN : close[0]!;
    for (let k = 0; k < n; k++) {
      const h = high[k]!;
      const l = low[k]!;
      // On most bars the close before lies between high and low, and then nothing is wider than these two.
      const wide = before <= h && before >= l ? h - l : trueRange(h, l, before);
      const change = wide / before - average;
      // A plain running mean until the span is full, Wilder's smoothing from then on.
      average += k < atrSpan ? change / (k + 1) : change / atrSpan;
      range[k] = average;
      if (average < least) {
        least = average;
      }
      if (average > most) {
        most = average;
      }
      before = close[k]!;
      closes += before;
      volumes += volume[k]!;
      closeSum[k + 1] = closes;
      volumeSum[k + 1] = volumes;
    }
    this.leastRange = least;
    this.mostRange = most;
  }

  /** Mean close of the `span` bars that end at bar `k`; `NaN` before there are as many. */
  meanClose(k: number, span: number): number {
    return k + 1 < span ? Number.NaN : (this.closeSum[k + 1]! - this.closeSum[k + 1 - span]!) / span;
  }

  /** Mean volume over bars `from` to `to`, both included. */
  meanVolume(from: number, to: number): number {
    return from < 0 || to < from
      ? Number.NaN
      : (this.volumeSum[to + 1]! - this.volumeSum[from]!) / (to - from + 1);
  }

  /** Over bars `from` (or the first) to `to`, both included; infinite without any. */
  highestHigh(from: number, to: number): Price {
    const { high } = this;
    let highest = Number.NEGATIVE_INFINITY;
    for (let k = Math.max(0, from); k <= to; k++) {
      if (high[k]! > highest) {
        highest = high[k]!;
      }
    }
    return priceOf(highest);
  }

  lowestLow(from: number, to: number): Price {
    const { low } = this;
    let lowest = Number.POSITIVE_INFINITY;
    for (let k = Math.max(0, from); k <= to; k++) {
      if (low[k]! < lowest) {
        lowest = low[k]!;
      }
    }
    return priceOf(lowest);
  }

  /** Volume of bars that closed up, minus volume of bars that closed down; unchanged closes count for neither. */
  pressure(from: number, to: number): number {
    const { close, volume } = this;
    let pressure = 0;
    for (let k = Math.max(1, from); k <= to; k++) {
      pressure += close[k]! > close[k - 1]! ? volume[k]! : close[k]! < close[k - 1]! ? -volume[k]! : 0;
    }
    return pressure;
  }

  /**
   * CT2's shakeout: whether the first low below `floor`, from bar `from` on, is answered by a close at or above it on
   * the same bar or one of the next `within`.
   */
  closesBack(from: BarIndex, floor: Price, within: number): boolean {
    const { n, low, close } = this;
    let k: number = from;
    while (k < n && low[k]! >= floor) {
      k += 1;
    }
    for (const end = Math.min(k + within, n - 1); k <= end; k++) {
      if (close[k]! >= floor) {
        return true;
      }
    }
    return false;
  }

  /** Halted rows strictly between two bars (BR4). */
  haltsBetween(from: number, to: number): number {
    return this.row[to]! - this.row[from]! - (to - from);
  }

  dayAt(k: BarIndex): TradingDay {
    assert(k >= 0 && k < this.n, `Bar ${k} was asked of ${this.n} bars`);
    return tradingDayOf(this.day[k]!);
  }

  #reserve(rows: number): void {
    if (rows <= this.#everyRow.length) {
      return;
    }
    const capacity = Math.max(512, rows * 2);
    this.#traded = new Float64Array(5 * capacity);
    this.#tradedRow = new Int32Array(capacity);
    this.#everyRow = Int32Array.from({ length: capacity }, (_, k) => k);
    this.range = new Float64Array(capacity);
    this.closeSum = new Float64Array(capacity + 1);
    this.volumeSum = new Float64Array(capacity + 1);
  }
}

/** SW1: the widest of three distances, in the unit of the prices: high to low, and each of them to the close before. */
function trueRange(high: number, low: number, before: number): number {
  return Math.max(high - low, Math.abs(high - before), Math.abs(low - before));
}
