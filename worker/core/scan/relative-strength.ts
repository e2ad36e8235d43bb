/** RS: how a share did against all others (rating 1..99) and against its market's index (the RS line). */
import type { Columns } from "../bars/columns.ts";
import type { PatternTime } from "../bars/pattern-time.ts";

/** RS1: weighted returns over 63, 126, 189 and 252 bars; `null` with fewer than 253 bars. */
export function rawStrength(bars: PatternTime): number | null {
  const t = bars.n - 1;
  if (t < 252) {
    return null;
  }
  const gain = (back: number): number => bars.close[t]! / bars.close[t - back]! - 1;
  return 0.4 * gain(63) + 0.2 * gain(126) + 0.2 * gain(189) + 0.2 * gain(252);
}

/**
 * RS2: ratings 1..99 of a population's raw strengths, in the same order; ties share the mean rank. `null`s for n < 2.
 *
 * @example
 * ratings(Float64Array.of(0.1, 0.3, 0.2)); // [1, 99, 50]
 */
export function ratings(raw: Float64Array): readonly (number | null)[] {
  const n = raw.length;
  if (n < 2) {
    return Array.from(raw, () => null);
  }
  const order = Array.from(raw.keys()).toSorted((a, b) => raw[a]! - raw[b]!);
  const rated: (number | null)[] = Array.from(raw, () => null);
  for (let from = 0; from < n;) {
    let to = from;
    while (to + 1 < n && raw[order[to + 1]!] === raw[order[from]!]) {
      to += 1;
    }
    const rank = (from + to) / 2 + 1;
    for (let place = from; place <= to; place++) {
      rated[order[place]!] = 1 + Math.floor((98 * (rank - 1)) / (n - 1) + 0.5);
    }
    from = to + 1;
  }
  return rated;
}

/** Closes of an index by day, for joining with bars by date. */
export class IndexLine {
  readonly #first: number;
  readonly #closes: Float64Array;

  constructor(columns: Columns) {
    const n = columns.day.length;
    this.#first = n === 0 ? 0 : columns.day[0]!;
    this.#closes = new Float64Array(n === 0 ? 0 : columns.day[n - 1]! - this.#first + 1).fill(Number.NaN);
    for (let i = 0; i < n; i++) {
      this.#closes[columns.day[i]! - this.#first] = columns.close[i]!;
    }
  }

  /** `NaN` on a day without an index close. */
  at(day: number): number {
    return this.#closes[day - this.#first] ?? Number.NaN;
  }
}

/** RS3: the share against the index of its board. */
export interface StrengthLine {
  /** RS3: 1 - line / (252-bar high of the line), a fraction. */
  readonly gap: number;
  readonly newHigh: boolean;
  /** The line is at a new high and the price is not. */
  readonly leads: boolean;
}

/** RS3; `null` when the index has no close on the as-of day. Days on which the index is missing are passed over. */
export function strengthLine(bars: PatternTime, index: IndexLine | null, year: number): StrengthLine | null {
  const t = bars.n - 1;
  const today = index === null ? Number.NaN : bars.close[t]! / index.at(bars.day[t]!);
  if (index === null || Number.isNaN(today)) {
    return null;
  }
  let lineHigh = today;
  let closeHigh = bars.close[t]!;
  for (let k = Math.max(0, t - year + 1); k < t; k++) {
    const line = bars.close[k]! / index.at(bars.day[k]!);
    if (line > lineHigh) {
      lineHigh = line;
    }
    if (bars.close[k]! > closeHigh) {
      closeHigh = bars.close[k]!;
    }
  }
  const newHigh = today === lineHigh;
  return { gap: 1 - today / lineHigh, newHigh, leads: newHigh && bars.close[t]! < closeHigh };
}
