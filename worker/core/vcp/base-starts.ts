/** BS1: the left-side highs from which a base may be read. */
import { barIndexOf, type BarIndices, barIndicesOf } from "../nominal.ts";
import type { Params } from "../params.ts";
import type { PatternTime } from "../bars/pattern-time.ts";

/** The starts found last, oldest first. Buffers are reused. */
export class BaseStarts {
  count: number = 0;
  bar: BarIndices = barIndicesOf(new Int32Array(16));
  /** The bar of L_1 of each, which is what tells them apart. */
  low: BarIndices = barIndicesOf(new Int32Array(16));
  #queue: Int32Array = new Int32Array(0);
  /** By bar: the highest high of the bars before it. */
  #before: Float64Array = new Float64Array(0);

  /**
   * The bars that top what came before them and were not passed since, as of bar `until`. Of bars with the same lowest
   * low since, the highest; of tops that are level, the last.
   */
  find(bars: PatternTime, until: number, tolerance: number, params: Params["base"]): void {
    const { high, low } = bars;
    const [least, most] = params.bars;
    const oldest = Math.max(params.leastBefore, until - most);
    this.count = 0;
    if (until - least < oldest) {
      return;
    }
    this.#measureBefore(bars, oldest, until - least, params.overBars);
    let lowest = until;
    let since = high[until]!;
    for (let b = until - 1; b >= oldest; b--) {
      if (low[b + 1]! <= low[lowest]!) {
        lowest = b + 1;
      }
      const top = high[b]!;
      // Measured as BS1 measures it: a high at exactly the limit is within it.
      const isTop = over(since, top) <= tolerance && over(this.#before[b - oldest]!, top) <= tolerance;
      if (isTop && until - b >= least) {
        this.#offer(b, top, lowest, bars, params.level);
      }
      if (top > since) {
        since = top;
      }
    }
    this.bar.subarray(0, this.count).reverse();
    this.low.subarray(0, this.count).reverse();
  }

  /** Older bars come later: with the same low as the last one, a bar replaces it only when it stands clearly higher. */
  #offer(b: number, top: number, lowest: number, { high }: PatternTime, level: number): void {
    const last = this.count - 1;
    if (last >= 0 && this.low[last] === lowest) {
      if (over(top, high[this.bar[last]!]!) > level) {
        this.bar[last] = barIndexOf(b);
      }
      return;
    }
    if (this.count === this.bar.length) {
      const grown = new Int32Array(2 * this.count);
      grown.set(this.bar);
      this.bar = barIndicesOf(grown);
      const lows = new Int32Array(2 * this.count);
      lows.set(this.low);
      this.low = barIndicesOf(lows);
    }
    this.bar[this.count] = barIndexOf(b);
    this.low[this.count] = barIndexOf(lowest);
    this.count += 1;
  }

  /** The highest high of the `span` bars before each bar from `from` to `to`, by a queue of falling highs: O(n). */
  #measureBefore({ high }: PatternTime, from: number, to: number, span: number): void {
    if (this.#before.length < to - from + 1) {
      this.#before = new Float64Array(to - from + 1);
    }
    const first = Math.max(0, from - span);
    if (this.#queue.length < to - first + 1) {
      this.#queue = new Int32Array(to - first + 1);
    }
    const queue = this.#queue;
    let head = 0;
    let tail = 0;
    for (let k = first; k <= to; k++) {
      if (k >= from) {
        while (head < tail && queue[head]! < k - span) {
          head += 1;
        }
        this.#before[k - from] = head < tail ? high[queue[head]!]! : 0;
      }
      while (head < tail && high[queue[tail - 1]!]! <= high[k]!) {
        tail -= 1;
      }
      queue[tail] = k;
      tail += 1;
    }
  }
}

/** How far a price stands above another, divided once: exactly 3 % is 0.03 here and in the rule that asks for it. */
function over(price: number, than: number): number {
  return (price - than) / than;
}
