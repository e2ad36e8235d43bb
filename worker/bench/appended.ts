/** A closed day in the swings of a whole market: saved states in, one bar more each, saved states out (SW3). */
import type { TickerColumns } from "../app/ports/market-book.ts";
import { PARAMS } from "../core/params.ts";
import { PatternTime } from "../core/bars/pattern-time.ts";
import { RunningSwings, type SwingBar } from "../core/vcp/running-swings.ts";

interface Held {
  /** As of the day before. */
  readonly saved: Float64Array;
  readonly bar: SwingBar;
}

export class Appended {
  readonly #held: readonly Held[];
  /** Where each state is written; a book would store it from here. */
  readonly #written = new Float64Array(10_000);
  readonly #running = new RunningSwings(PARAMS.swing);

  constructor(market: readonly TickerColumns[]) {
    const bars = new PatternTime();
    this.#held = market.map(({ columns }) => {
      bars.load(columns, PARAMS.swing.atrSpan);
      const last = bars.n - 1;
      const [high = 0, low = 0, close = 0] = [bars.high[last], bars.low[last], bars.close[last]];
      bars.n = last;
      this.#running.begin(bars);
      const saved = new Float64Array(this.#running.size);
      this.#running.save(saved);
      return { saved, bar: { high, low, close } };
    });
  }

  /** Bytes of a saved state, on average. */
  get bytes(): number {
    return this.#held.reduce((sum, { saved }) => sum + saved.byteLength, 0) / this.#held.length;
  }

  /** Appends the day; the states held stay those of the day before. Returns how many numbers were written. */
  append(): number {
    let numbers = 0;
    for (const { saved, bar } of this.#held) {
      this.#running.restore(saved);
      this.#running.advance(bar);
      numbers += this.#running.save(this.#written);
    }
    return numbers;
  }
}
