/**
 * EV1l: one share's past shown session by session to whoever reads its bars. Rows are adjusted once between two
 * corporate actions, because those of two sessions between them are in the same shares, and the bars are loaded as often:
 * judging a day then costs nothing of the days before it.
 */
import { adjust, volumeFactor } from "../core/bars/adjust.ts";
import { isBar } from "../core/bars/bar.ts";
import { type Columns, rowsUntil, viewOf } from "../core/bars/columns.ts";
import type { PatternTime } from "../core/bars/pattern-time.ts";
import type { TradingDay } from "../core/calendar/trading-day.ts";

const NOWHERE: Columns = {
  day: new Float64Array(0),
  open: new Float64Array(0),
  high: new Float64Array(0),
  low: new Float64Array(0),
  close: new Float64Array(0),
  volume: new Float64Array(0),
  value: null,
  shares: null,
  base: null,
  origin: null,
};

function isBarAt({ high, volume }: Columns, row: number): boolean {
  return isBar({ high: high[row] ?? 0, volume: volume[row] ?? 0 });
}

/** Shows a share's rows up to one session after the other, in ascending order. One instance serves one share after another. */
export class SharePast {
  /** In the shares of the last row shown; the rows behind {@link rows} are not known yet. */
  columns: Columns = NOWHERE;
  /** How many rows are shown. */
  rows = 0;
  readonly #bars: PatternTime;
  #raw: Columns = NOWHERE;
  /** Numbers of rows before each corporate action, ascending, and the number of all rows. */
  #ends: readonly number[] = [];
  #span = -1;
  #loaded = 0;
  /** Whether some volume is that of other shares. */
  #isDivided = false;

  /** `bars` are pointed at the rows shown. */
  constructor(bars: PatternTime) {
    this.#bars = bars;
  }

  /** Begins with the raw rows of a share: none is shown. */
  begin(raw: Columns): void {
    this.#raw = raw;
    this.#ends = [...adjust(raw).events.map(({ day }) => rowsUntil(raw, day) - 1), raw.day.length];
    this.#span = -1;
    this.rows = 0;
    this.#loadSpan();
  }

  /** Shows the rows on or before a session; false without a row of that session. */
  show(session: TradingDay): boolean {
    const { day } = this.#raw;
    let { rows } = this;
    while (rows < day.length && (day[rows] ?? 0) <= session) {
      rows += 1;
    }
    this.rows = rows;
    while (rows > (this.#ends[this.#span] ?? rows)) {
      this.#loadSpan();
    }
    this.#showBars();
    return day[rows - 1] === session;
  }

  /**
   * The raw rows shown from a day on, and as many before it that they hold `bars` bars. All rows shown when volumes before
   * an action were divided: sums of fractions depend on where they begin, if only in the last digit.
   */
  recent(day: TradingDay, bars: number): Columns {
    let from = this.rows;
    while (from > 0 && (this.#raw.day[from - 1] ?? 0) >= day) {
      from -= 1;
    }
    for (let found = 0; from > 0 && found < bars; from--) {
      found += isBarAt(this.#raw, from - 1) ? 1 : 0;
    }
    return viewOf(this.#raw, this.#isDivided ? 0 : from, this.rows);
  }

  #loadSpan(): void {
    const bars = this.#bars;
    this.#span += 1;
    const { columns, events } = adjust(viewOf(this.#raw, 0, this.#ends[this.#span] ?? 0));
    this.columns = columns;
    this.#isDivided = events.some(({ factor }) => volumeFactor(factor) !== 1);
    bars.load(this.columns);
    this.#loaded = bars.n;
    bars.n = 0;
  }

  #showBars(): void {
    const bars = this.#bars;
    while (bars.n < this.#loaded && (bars.row[bars.n] ?? 0) < this.rows) {
      bars.n += 1;
    }
  }
}
