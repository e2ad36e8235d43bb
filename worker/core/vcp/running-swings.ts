/**
 * SW3: the swings of one ticker at every scale, kept from session to session as plain numbers. A new bar costs the same
 * however many came before it, and needs none of them: only those since the oldest running extreme are kept. A corporate
 * action changes every price before it, so the ticker begins anew then.
 */
import { assert } from "../assert.ts";
import type { Params } from "../params.ts";
import type { PatternTime } from "../bars/pattern-time.ts";
import { advanceSwings, findSwings, type SwingBars, Swings } from "./swings.ts";
import { trueRange } from "../bars/true-range.ts";

/** Swings of a scale, as many as the longest base and one leg more can ask for. */
const KEPT = 16;

/** Numbers before the window, and before the swings of a scale, in a saved state. */
const HEAD = 5;
const SCALE_HEAD = 6;

/** Dropping an even number of swings keeps highs highs. */
function firstKept(count: number): number {
  return Math.max(0, (count - KEPT) & ~1);
}

/** A session that traded (BR1). */
export interface SwingBar {
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

export class RunningSwings {
  /** One a scale, in the order of `params.swing.scales`; they count bars from the first one of the series. */
  readonly scales: readonly Swings[];
  /** Bars seen. */
  bars: number = 0;
  readonly #params: Params["swing"];
  /** Average true range and close of the last bar (SW1). */
  #average: number = 0;
  #close: number = Number.NaN;
  /** Bar `#first` of the series stands at place 0. */
  #first: number = 0;
  readonly #window: { -readonly [K in keyof SwingBars]: SwingBars[K] } = {
    n: 0,
    high: new Float64Array(0),
    low: new Float64Array(0),
    range: new Float64Array(0),
    leastRange: 0,
    mostRange: 0,
  };

  constructor(params: Params["swing"]) {
    this.#params = params;
    this.scales = params.scales.map(() => new Swings());
  }

  /** Begins with the bars of `past`; bars that `advance` takes follow them. */
  begin(past: PatternTime): void {
    for (const [i, swings] of this.scales.entries()) {
      findSwings(past, this.#params.scales[i] ?? 0, this.#params, swings);
    }
    const { n } = past;
    this.bars = n;
    this.#average = past.range[n - 1] ?? 0;
    this.#close = past.close[n - 1] ?? Number.NaN;
    this.#first = this.#oldestNeeded();
    this.#window.n = n - this.#first;
    this.#reserve(this.#window.n + 1);
    this.#window.high.set(past.high.subarray(this.#first, n));
    this.#window.low.set(past.low.subarray(this.#first, n));
  }

  /** Takes the next bar of the series. */
  advance({ high, low, close }: SwingBar): void {
    const window = this.#window;
    const { n } = window;
    this.#reserve(n + 1);
    const before = this.bars === 0 ? close : this.#close;
    const change = trueRange(high, low, before) / before - this.#average;
    this.#average += change / Math.min(this.bars + 1, this.#params.atrSpan);
    this.#close = close;
    this.bars += 1;
    window.high[n] = high;
    window.low[n] = low;
    window.range[n] = this.#average;
    window.leastRange = this.#average;
    window.mostRange = this.#average;
    window.n = n + 1;
    for (let i = 0; i < this.scales.length; i++) {
      const [scale, swings] = [this.#params.scales[i], this.scales[i]];
      assert(scale !== undefined && swings !== undefined, `Scale ${i} has no swings`);
      advanceSwings(window, n, this.#first, scale, this.#params, swings);
    }
    this.#forget();
  }

  /** How many numbers {@link save} writes. */
  get size(): number {
    const swings = this.scales.reduce((sum, { count }) => sum + count - firstKept(count), 0);
    return HEAD + 2 * this.#window.n + this.scales.length * SCALE_HEAD + 2 * swings;
  }

  /**
   * Writes the state as numbers, for {@link restore}; of the swings the last sixteen or seventeen. `into` has room for
   * `size` numbers. Returns how many were written.
   */
  save(into: Float64Array): number {
    const { n, high, low } = this.#window;
    let written = 0;
    const put = (value: number): void => {
      into[written] = value;
      written += 1;
    };
    put(this.bars);
    put(this.#average);
    put(this.#close);
    put(this.#first);
    put(n);
    for (let k = 0; k < n; k++) {
      put(high[k] ?? Number.NaN);
      put(low[k] ?? Number.NaN);
    }
    for (const { direction, extreme, top, bottom, beginsHigh, count, index, confirmedAt } of this.scales) {
      const from = firstKept(count);
      put(direction);
      put(extreme);
      put(top);
      put(bottom);
      put(beginsHigh ? 1 : 0);
      put(count - from);
      for (let i = from; i < count; i++) {
        put(index[i] ?? 0);
        put(confirmedAt[i] ?? 0);
      }
    }
    assert(written <= into.length, `${written} numbers do not fit into ${into.length}`);
    return written;
  }

  /** Takes back the numbers that {@link save} wrote, with the same parameters. */
  restore(saved: Float64Array): void {
    let read = 0;
    const next = (): number => {
      const value = saved[read];
      assert(value !== undefined, `A saved state of ${saved.length} numbers is too short`);
      read += 1;
      return value;
    };
    this.bars = next();
    this.#average = next();
    this.#close = next();
    this.#first = next();
    const n = next();
    this.#window.n = n;
    this.#reserve(n + 1);
    for (let k = 0; k < n; k++) {
      this.#window.high[k] = next();
      this.#window.low[k] = next();
    }
    for (const swings of this.scales) {
      const direction = next();
      swings.direction = direction > 0 ? 1 : direction < 0 ? -1 : 0;
      swings.extreme = next();
      swings.top = next();
      swings.bottom = next();
      swings.beginsHigh = next() === 1;
      swings.count = 0;
      const count = next();
      swings.reserve(count);
      for (; swings.count < count; swings.count++) {
        swings.index[swings.count] = next();
        swings.confirmedAt[swings.count] = next();
      }
    }
    assert(read === saved.length, `${saved.length - read} numbers of a saved state are left over`);
  }

  /** The oldest bar that a turn to come can ask for: the running extreme, or both of them at the start. */
  #oldestNeeded(): number {
    return this.scales.reduce(
      (oldest, { direction, extreme, top, bottom }) =>
        Math.min(oldest, direction === 0 ? Math.min(top, bottom) : extreme),
      Number.POSITIVE_INFINITY,
    );
  }

  /** Lets go of bars that no scale needs any more, some at a time. */
  #forget(): void {
    const window = this.#window;
    const gone = this.#oldestNeeded() - this.#first;
    if (gone > window.n / 2) {
      window.high.copyWithin(0, gone, window.n);
      window.low.copyWithin(0, gone, window.n);
      window.n -= gone;
      this.#first += gone;
    }
  }

  #reserve(bars: number): void {
    const window = this.#window;
    if (bars > window.high.length) {
      for (const column of ["high", "low", "range"] as const) {
        const longer = new Float64Array(bars * 2);
        longer.set(window[column]);
        window[column] = longer;
      }
    }
  }
}
