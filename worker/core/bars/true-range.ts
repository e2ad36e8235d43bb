/** SW1: how far a bar reaches, gaps included. */

/** The widest of three distances, in units of price: high to low, and each of them to the close before. */
export function trueRange(high: number, low: number, before: number): number {
  return Math.max(high - low, Math.abs(high - before), Math.abs(low - before));
}
