/** The row that a share's session is written to before it goes into columns: one object for all rows. */

/** Prices in won; a halt has open = high = low = volume = value = 0. `shares` and `base` are `NaN` on ordinary rows. */
export interface DraftRow {
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  value: number;
  shares: number;
  base: number;
}

/** One serves a whole market: it is filled anew for every share. */
export function blankRow(): DraftRow {
  const { NaN: none } = Number;
  return { open: 0, high: 0, low: 0, close: 0, volume: 0, value: 0, shares: none, base: none };
}

/** Trading is halted: the close is carried, the rest is 0, as the exchange publishes it. */
export function writeHalt(row: DraftRow, close: number): void {
  row.open = 0;
  row.high = 0;
  row.low = 0;
  row.close = close;
  row.volume = 0;
  row.value = 0;
}

/** Traded value in won: volume at the mean of the four prices. */
export function writeTraded(row: DraftRow, volume: number): void {
  row.volume = Math.max(1, Math.round(volume));
  row.value = Math.round((row.volume * (row.open + row.high + row.low + row.close)) / 4);
}
