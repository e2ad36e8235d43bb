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
  /** Volume of bars that closed up, minus volume of bars that closed down; unchanged closes count for neither. */
  pressureSum: Float64Array = new Float64Array(1);

  /** Loads the bars among the rows of `columns`; halted rows are left out. */
  load(columns: Columns, atrSpan: number): void {
    this.#reserve(columns.day.length);
    const { day, high, low, close, volume, row } = this;
    let n = 0;
    for (let i = 0; i < columns.day.length; i++) {
      if (columns.volume[i]! > 0 && columns.high[i]! > 0) {
        day[n] = columns.day[i]!;
        high[n] = columns.high[i]!;
        low[n] = columns.low[i]!;
        close[n] = columns.close[i]!;
        volume[n] = columns.volume[i]!;
        row[n] = i;
        n += 1;
      }
    }
    this.n = n;
    this.#sum(atrSpan);
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
    let highest = Number.NEGATIVE_INFINITY;
    for (let k = Math.max(0, from); k <= to; k++) {
      if (this.high[k]! > highest) {
        highest = this.high[k]!;
      }
    }
    return highest;
  }

  lowestLow(from: number, to: number): number {
    let lowest = Number.POSITIVE_INFINITY;
    for (let k = Math.max(0, from); k <= to; k++) {
      if (this.low[k]! < lowest) {
        lowest = this.low[k]!;
      }
    }
    return lowest;
  }

  /** Halted rows strictly between two bars (BR4). */
  haltsBetween(from: number, to: number): number {
    return this.row[to]! - this.row[from]! - (to - from);
  }

  dayAt(k: number): TradingDay {
    assert(k >= 0 && k < this.n, `Bar ${k} was asked of ${this.n} bars`);
    return tradingDayOf(this.day[k]!);
  }

  #sum(atrSpan: number): void {
    const { n, high, low, close, volume, range, closeSum, volumeSum, pressureSum } = this;
    let average = 0;
    for (let k = 0; k < n; k++) {
      const before = close[k === 0 ? 0 : k - 1]!;
      const h = high[k]!;
      const l = low[k]!;
      const trueRange = Math.max(h - l, Math.abs(h - before), Math.abs(l - before)) / before;
      // SW1: a plain running mean until the span is full, Wilder's smoothing from then on.
      average += (trueRange - average) / Math.min(k + 1, atrSpan);
      range[k] = average;
      closeSum[k + 1] = closeSum[k]! + close[k]!;
      volumeSum[k + 1] = volumeSum[k]! + volume[k]!;
      const up = close[k]! > before ? volume[k]! : close[k]! < before ? -volume[k]! : 0;
      pressureSum[k + 1] = pressureSum[k]! + up;
    }
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
    this.pressureSum = new Float64Array(capacity + 1);
  }
}
