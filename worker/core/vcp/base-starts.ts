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
  /** A bar whose high refused the last start that was looked at: it often refuses the next older one as well. */
  #refuser: number = -1;

  /**
   * The bars that top what came before them and were not passed since, as of bar `until`. Of bars with the same lowest
   * low since, the highest; of tops that are level, the last.
   */
  find(bars: PatternTime, until: number, tolerance: number, params: Params["base"]): void {
    const { high, low } = bars;
    const [least, most] = params.bars;
    const oldest = Math.max(params.leastBefore, until - most);
    this.count = 0;
    this.#refuser = -1;
    if (until - least < oldest) {
      return;
    }
    let lowest = until;
    let since = high[until]!;
    for (let b = until - 1; b >= oldest; b--) {
      if (low[b + 1]! <= low[lowest]!) {
        lowest = b + 1;
      }
      const top = high[b]!;
      // Measured as BS1 measures it: a high at exactly the limit is within it.
      if (until - b >= least && over(since, top) <= tolerance) {
        if (this.#tops(bars, b, tolerance, params.overBars)) {
          this.#offer(b, top, lowest, bars, params.level);
        }
      }
      if (top > since) {
        since = top;
      }
    }
    this.bar.subarray(0, this.count).reverse();
    this.low.subarray(0, this.count).reverse();
  }

  /** Whether none of the `span` highs before bar `b` stands over it; from the newest, because the nearest one refuses most. */
  #tops({ high }: PatternTime, b: number, tolerance: number, span: number): boolean {
    const top = high[b]!;
    const first = Math.max(0, b - span);
    const known = this.#refuser;
    if (known >= first && known < b && over(high[known]!, top) > tolerance) {
      return false;
    }
    // Most bars are cleared without a division; the margin is wider than any rounding.
    const reach = top * (1 + tolerance) * (1 - 1e-12);
    for (let k = b - 1; k >= first; k--) {
      if (high[k]! >= reach && over(high[k]!, top) > tolerance) {
        this.#refuser = k;
        return false;
      }
    }
    return true;
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
}

/** How far a price stands above another, divided once: exactly 3 % is 0.03 here and in the rule that asks for it. */
function over(price: number, than: number): number {
  return (price - than) / than;
}
