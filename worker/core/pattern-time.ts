/**
 * Pattern time: the bars of one ticker without its halts (BR1), with the running sums that every rule reads.
 * One instance is loaded with one ticker after another; its buffers grow and are reused, so a scan allocates once.
 */
import { assert } from "./assert.ts";
import type { Columns } from "./columns.ts";
import { type TradingDay, tradingDayOf } from "./trading-day.ts";

export class PatternTime {
  /** Number of bars loaded; every array is valid on [0, n), the sums on [0, n]. */
  n: number = 0;
  day: Float64Array = new Float64Array(0);
  high: Float64Array = new Float64Array(0);
  low: Float64Array = new Float64Array(0);
  close: Float64Array = new Float64Array(0);
  volume: Float64Array = new Float64Array(0);
  /** SW1: running average true range, a fraction of the close before. */
  range: Float64Array = new Float64Array(0);
  /** The row of the raw columns that a bar came from; gaps are halts. */
  row: Int32Array = new Int32Array(0);
  /** sum[k] = sum over bars 0..k-1. */
  closeSum: Float64Array = new Float64Array(1);
  volumeSum: Float64Array = new Float64Array(1);

  /** Loads the bars among the rows of `columns`; halted rows are left out. */
  load(columns: Columns, atrSpan: number): void {
    this.#reserve(columns.day.length);
    const { day, high, low, close, volume, row, range, closeSum, volumeSum } = this;
    const from = columns;
    const rows = from.day.length;
    let n = 0;
    let average = 0;
    let before = Number.NaN;
    let closes = 0;
    let volumes = 0;
    for (let i = 0; i < rows; i++) {
      const v = from.volume[i]!;
      const h = from.high[i]!;
      if (v > 0 && h > 0) {
        const l = from.low[i]!;
        const c = from.close[i]!;
        before = n === 0 ? c : before;
        const trueRange = Math.max(h - l, Math.abs(h - before), Math.abs(l - before)) / before;
        // SW1: a plain running mean until the span is full, Wilder's smoothing from then on.
        average += (trueRange - average) / Math.min(n + 1, atrSpan);
        day[n] = from.day[i]!;
        high[n] = h;
        low[n] = l;
        close[n] = c;
        volume[n] = v;
        row[n] = i;
        range[n] = average;
        before = c;
        n += 1;
        closes += c;
        volumes += v;
        closeSum[n] = closes;
        volumeSum[n] = volumes;
      }
    }
    this.n = n;
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

  highestHigh(from: number, to: number): number {
    const { high } = this;
    let highest = Number.NEGATIVE_INFINITY;
    for (let k = Math.max(0, from); k <= to; k++) {
      if (high[k]! > highest) {
        highest = high[k]!;
      }
    }
    return highest;
  }

  lowestLow(from: number, to: number): number {
    const { low } = this;
    let lowest = Number.POSITIVE_INFINITY;
    for (let k = Math.max(0, from); k <= to; k++) {
      if (low[k]! < lowest) {
        lowest = low[k]!;
      }
    }
    return lowest;
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
  closesBack(from: number, floor: number, within: number): boolean {
    const { n, low, close } = this;
    let k = from;
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

  dayAt(k: number): TradingDay {
    assert(k >= 0 && k < this.n, `Bar ${k} was asked of ${this.n} bars`);
    return tradingDayOf(this.day[k]!);
  }

  #reserve(rows: number): void {
    if (rows <= this.day.length) {
      return;
    }
    const capacity = Math.max(512, rows * 2);
    this.day = new Float64Array(capacity);
    this.high = new Float64Array(capacity);
    this.low = new Float64Array(capacity);
    this.close = new Float64Array(capacity);
    this.volume = new Float64Array(capacity);
    this.range = new Float64Array(capacity);
    this.row = new Int32Array(capacity);
    this.closeSum = new Float64Array(capacity + 1);
    this.volumeSum = new Float64Array(capacity + 1);
  }
}
