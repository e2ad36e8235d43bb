/**
 * DY5: whether an import replaced the closes of a ticker by one constant factor. Adjusted prices of another day, or of another
 * source, look like that: each row is sound, and beside what is stored they are a split that never was.
 */
import type { Columns } from "../bars/columns.ts";

/** Fewer days may agree by chance. */
const FEWEST_DAYS = 5;
/** A published price is rounded to whole won; a smaller factor is no factor. */
const ROUNDING = 0.001;
const LEAST_FACTOR = 0.002;
const SAME_SHARE = 0.9;
/** As a logarithm: beside a day's ordinary move a smaller factor does not show. */
const VISIBLE = 0.15;

/** What an import did to one ticker. */
export interface Rebase {
  /** New closes over the stored ones. */
  readonly factor: number;
  readonly days: number;
  /** The new closes follow on from the stored ones beside them where the replaced ones did not: a correction. */
  readonly mends: boolean;
}

interface Changed {
  readonly ratios: readonly number[];
  /** Sums of |log(move)| over the days that border on a replaced one, before and after. */
  readonly before: number;
  readonly after: number;
}

/** Both have rising days; `null` when fewer than five closes differ, or by no constant factor. */
export function rebaseOf(stored: Columns, incoming: Columns): Rebase | null {
  const { ratios, before, after } = changedCloses(stored, incoming);
  if (ratios.length < FEWEST_DAYS) {
    return null;
  }
  const sorted = ratios.toSorted((a, b) => a - b);
  const factor = sorted[sorted.length >> 1] ?? 1;
  const days = ratios.filter((ratio) => Math.abs(ratio / factor - 1) <= ROUNDING).length;
  const isConstant = days >= FEWEST_DAYS && days >= SAME_SHARE * ratios.length;
  const size = Math.abs(Math.log(factor));
  return isConstant && Math.abs(factor - 1) > LEAST_FACTOR
    ? { factor, days, mends: size > VISIBLE && before - after > size / 2 }
    : null;
}

function changedCloses(stored: Columns, incoming: Columns): Changed {
  const ratios: number[] = [];
  let [before, after, j] = [0, 0, 0];
  let replaced = false;
  for (let i = 0; i < stored.day.length; i++) {
    const day = stored.day[i] ?? 0;
    while ((incoming.day[j] ?? Number.POSITIVE_INFINITY) < day) {
      j += 1;
    }
    const old = stored.close[i] ?? Number.NaN;
    const fresh = incoming.day[j] === day ? (incoming.close[j] ?? Number.NaN) : old;
    const changes = fresh !== old && old > 0 && fresh > 0;
    if (i > 0 && changes !== replaced) {
      const edge = stored.close[i - 1] ?? Number.NaN;
      const last = ratios.at(-1) ?? 1;
      before += Math.abs(Math.log(old / edge));
      after += Math.abs(Math.log(fresh / (replaced ? edge * last : edge)));
    }
    if (changes) {
      ratios.push(fresh / old);
    }
    replaced = changes;
  }
  return { ratios, before, after };
}
