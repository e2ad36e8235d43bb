/** Literals of a test as the named numbers that they stand for, so that a test may write `close: 50_000`. */
import type { BarIndex, Price, SignalId, Ticker } from "../../core/nominal.ts";

/** The same shape with plain numbers for prices and bars, and plain text for ids and tickers. */
export type Bare<T> = T extends Price | BarIndex
  ? number
  : T extends SignalId | Ticker
    ? string
    : T extends number | string | boolean | null | undefined
      ? T
      : T extends readonly (infer Item)[]
        ? readonly Bare<Item>[]
        : { readonly [Key in keyof T]: Bare<T[Key]> };

export function named<T>(bare: Bare<T>): T;
export function named(bare: unknown): unknown {
  return bare;
}
