/** One cell of a table: text without surrounding blanks, plain decimal numbers, tickers as text. */

const DECIMAL = /^-?\d+(?:\.\d+)?$/;
const TICKER = /^[A-Z0-9.]{1,12}$/;

/** `undefined` stands for a column that the file does not have; it reads as an empty cell. */
export function cellAt(cells: readonly string[], place: number | undefined): string {
  return place === undefined ? "" : (cells[place] ?? "").trim();
}

/** Plain decimals only: `1e3`, `1,000`, `+1`, `NaN` and the empty cell are no numbers (`null`). */
export function parseDecimal(cell: string): number | null {
  // Adding 0 turns -0 into 0: the two would count as different rows later.
  return DECIMAL.test(cell) ? Number(cell) + 0 : null;
}

/** Raised to upper case and kept as text, so that leading zeros stay; `null` when it can be no ticker. */
export function parseKey(cell: string): string | null {
  const raised = cell.toUpperCase();
  return TICKER.test(raised) ? raised : null;
}
