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
  /** SW1: the true range of each bar, a fraction of the close before. */
  trueRange: Float64Array = NOTHING;
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
  load(columns: Columns): void {
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
    this.#measure();
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

  /** SW1 and the running sums, in one pass. */
  #measure(): void {
    const { n, high, low, close, volume, trueRange, closeSum, volumeSum } = this;
    let closes = 0;
    let volumes = 0;
    let before = n === 0 ? Number.NaN : close[0]!;
    for (let k = 0; k < n; k++) {
      const h = high[k]!;
      const l = low[k]!;
      // On most bars the close before lies between high and low, and then nothing is wider than these two.
      trueRange[k] = (before <= h && before >= l ? h - l : widest(h, l, before)) / before;
      before = close[k]!;
      closes += before;
      volumes += volume[k]!;
      closeSum[k + 1] = closes;
      volumeSum[k + 1] = volumes;
    }
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

  /** Halted rows strictly between two bars (BR4). */
  haltsBetween(from: number, to: number): number {
    return this.row[to]! - this.row[from]! - (to - from);
  }

  dayAt(k: BarIndex): TradingDay {
    assert(k >= 0 && k < this.n, `Bar ${k} was asked of ${this.n} bars`);
    return tradingDayOf(this.day[k]!);
  }

  /** The bar of a day; `null` when the ticker did not trade on it. */
  indexOf(day: TradingDay): BarIndex | null {
    let from = 0;
    let to = this.n - 1;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.day[middle]! < day) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return this.n > 0 && this.day[from] === day ? barIndexOf(from) : null;
  }

  #reserve(rows: number): void {
    if (rows <= this.#everyRow.length) {
      return;
    }
    const capacity = Math.max(512, rows * 2);
    this.#traded = new Float64Array(5 * capacity);
    this.#tradedRow = new Int32Array(capacity);
    this.#everyRow = new Int32Array(capacity);
    for (let k = 0; k < capacity; k++) {
      this.#everyRow[k] = k;
    }
    this.trueRange = new Float64Array(capacity);
    this.closeSum = new Float64Array(capacity + 1);
    this.volumeSum = new Float64Array(capacity + 1);
  }
}

/** SW1: the widest of three distances, in the unit of the prices: high to low, and each of them to the close before. */
function widest(high: number, low: number, before: number): number {
  return Math.max(high - low, Math.abs(high - before), Math.abs(low - before));
}
