/** The day that the keyboard points at, and what each key does to it and to what is in view. */

/** Bars that a page key moves by. */
const PAGE = 10;
/** What one press of + leaves of the bars in view. */
const ZOOM = 0.8;
const LEAST_BARS = 10;
/** Empty bars that stay possible at the right. */
const RIGHT_BARS = 8;

/** Positions of bars; fractions lie between two. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  PageUp: -PAGE,
  PageDown: PAGE,
};

/** The position that `key` leads to; `null` when it moves nothing. The first press points at the last bar. */
export function movedCursor(key: string, at: number | null, count: number): number | null {
  const last = count - 1;
  if (count === 0) {
    return null;
  }
  if (key === "Home" || key === "End") {
    return key === "Home" ? 0 : last;
  }
  const step = STEPS[key];
  if (step === undefined) {
    return null;
  }
  return at === null ? last : Math.max(0, Math.min(last, at + step));
}

/** The range that `key` leaves in view, about `at`, or about the right end; `null` when it does not zoom. */
export function zoomedRange(key: string, range: Range, at: number | null, count: number): Range | null {
  const isIn = key === "+" || key === "=";
  if (!isIn && key !== "-") {
    return null;
  }
  const length = range.to - range.from;
  const most = count - 1 + RIGHT_BARS;
  const next = Math.max(LEAST_BARS, Math.min(most, isIn ? length * ZOOM : length / ZOOM));
  const pin = at !== null && at >= range.from && at <= range.to ? at : range.to;
  const from = pin - (pin - range.from) * (next / length);
  return within({ from, to: from + next }, most);
}

function within({ from, to }: Range, most: number): Range {
  const over = Math.max(0, to - most);
  const under = Math.max(0, -(from - over));
  return { from: from - over + under, to: Math.min(most, to - over + under) };
}

/** The range moved just so far that `at` is in it. */
export function rangeWith(range: Range, at: number): Range {
  const shift = at < range.from ? at - range.from : Math.max(0, at - range.to);
  return { from: range.from + shift, to: range.to + shift };
}
