/** Measured ratios as people read them: four decimals, finer than any rule's threshold, instead of seventeen noisy digits. */

/** To four decimals. */
export function round4(x: number): number {
  return Math.round(x * 1e4) / 1e4;
}

/** A fraction as a number of per cent: 0.0062 is 0.62. */
export function percentOf(fraction: number): number {
  return round4(100 * fraction);
}
