/** A limit of the detector as a text names it. */

/** 0.065 is `6.5`, 0.06 is `6`: at most one decimal. */
export function inPercent(fraction: number): string {
  return String(Math.round(1_000 * fraction) / 10);
}
