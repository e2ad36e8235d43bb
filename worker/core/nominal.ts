/**
 * Numbers and strings with a name of their own: an index is not a price is not a day. Erased at run time. A value gets
 * its name where it is read or computed, by one of the functions here; arithmetic gives a plain number back. Each is
 * declared twice, for its callers and for itself, and so none needs an assertion.
 *
 * What they check: that one kind of value is not passed in the place of another, and that by the compiler alone. What they
 * do not check: the value. None of them parses, rounds or throws; NaN, a negative price, an index beyond the last bar and
 * the empty text all pass. Values from outside are checked before they get a name: rows by `rejectRow` (BR2), tickers of an address
 * by `parseTicker` (TK1). `tradingDayOf` (TD1) is the one such function that checks: a count that is not whole throws.
 */
export type Nominal<T, Name extends string> = T & { readonly [N in Name]: "nominal" };

/** Won a share, or points of an index; in the shares of the session or series that it is read from. */
export type Price = Nominal<number, "Price">;

export function priceOf(value: number): Price;
export function priceOf(value: number): number {
  return value;
}

/** Place of a bar in pattern time, from 0: the halted rows before it are not counted. */
export type BarIndex = Nominal<number, "BarIndex">;

export function barIndexOf(place: number): BarIndex;
export function barIndexOf(place: number): number {
  return place;
}

/** A column of prices. */
export type Prices = Float64Array & { readonly [place: number]: Price };

export function pricesOf(column: Float64Array): Prices;
export function pricesOf(column: Float64Array): Float64Array {
  return column;
}

/** Bars by their place. */
export type BarIndices = Int32Array & { readonly [place: number]: BarIndex };

export function barIndicesOf(places: Int32Array): BarIndices;
export function barIndicesOf(places: Int32Array): Int32Array {
  return places;
}

/** TK1: the code of a share on its exchange. Read by `parseTicker`, or named where it was stored after that. */
export type Ticker = Nominal<string, "Ticker">;

export function tickerOf(text: string): Ticker;
export function tickerOf(text: string): string {
  return text;
}

/** LCI1: `005930.20250210.20250415`. Made by `signalId` at a signal's birth, or read from where it is stored. */
export type SignalId = Nominal<string, "SignalId">;

export function signalIdOf(text: string): SignalId;
export function signalIdOf(text: string): string {
  return text;
}
