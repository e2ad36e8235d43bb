import { describe, it } from "vitest";
import { plainMarket, priced, sessionsUntil } from "../../testing/builders/plain-market.ts";
import { columnsOf, type Row } from "../bars/columns.ts";
import { tradingDayOf } from "../calendar/trading-day.ts";
import { type Rebase, rebaseOf } from "./rebase-of.ts";

const DAYS = sessionsUntil(tradingDayOf(20_250), 80);
const ROWS: readonly Row[] = [...plainMarket(DAYS, 1).values()][0] ?? [];

/** Rows as a source publishes them: whole won. */
function times(rows: readonly Row[], factor: number): readonly Row[] {
  return rows.map((row) => ({ ...priced(row, factor), close: Math.round(row.close * factor) }));
}

function rebase(stored: readonly Row[], incoming: readonly Row[]): Rebase | null {
  return rebaseOf(columnsOf(stored), columnsOf(incoming));
}

describe("closes that an import replaces", () => {
  it("[DY5] by one factor are recognised, whatever part of the past they are", ({ expect }) => {
    for (const factor of [0.2, 0.5, 0.98, 1.02, 100]) {
      const found = rebase(ROWS, times(ROWS.slice(0, 60), factor));
      expect(found?.factor).toBeCloseTo(factor, 2);
      expect(found).toMatchObject({ days: 60, mends: false });
    }
    expect(rebase(ROWS, times(ROWS, 0.5))).toMatchObject({ days: 80, mends: false });
    expect(rebase(ROWS, [...times(ROWS.slice(0, 5), 0.5), ...ROWS.slice(5)])).toMatchObject({ days: 5 });
  });

  it("[DY5] back to what fits the days beside them are a correction", ({ expect }) => {
    const wrong = [...times(ROWS.slice(0, 60), 0.5), ...ROWS.slice(60)];
    expect(rebase(wrong, ROWS)).toMatchObject({ days: 60, mends: true });
    // A factor of the size of a day's move does not show at its border.
    const slight = [...times(ROWS.slice(0, 60), 0.95), ...ROWS.slice(60)];
    expect(rebase(slight, ROWS)).toMatchObject({ days: 60, mends: false });
    const middle = [...ROWS.slice(0, 20), ...times(ROWS.slice(20, 40), 0.5), ...ROWS.slice(40)];
    expect(rebase(middle, ROWS.slice(10, 50))).toMatchObject({ days: 20, mends: true });
    expect(rebase(ROWS, middle)).toMatchObject({ days: 20, mends: false });
  });

  it("[DY5] on fewer than five days, by no common factor, or by one of rounding are not", ({ expect }) => {
    expect(rebase(ROWS, times(ROWS.slice(0, 4), 0.5))).toBeNull();
    expect(rebase(ROWS, ROWS)).toBeNull();
    expect(rebase(ROWS, [])).toBeNull();
    expect(rebase(ROWS, times(ROWS, 1.001))).toBeNull();
    const noise = ROWS.map((row, n) => priced(row, 1 + 0.01 * Math.sin(n)));
    expect(rebase(ROWS, noise)).toBeNull();
    const halves = ROWS.map((row, n) => priced(row, n % 2 === 0 ? 0.5 : 0.6));
    expect(rebase(ROWS, halves)).toBeNull();
  });
});
