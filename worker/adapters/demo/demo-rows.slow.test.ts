import { describe, it } from "vitest";
import type { TickerColumns } from "../../app/ports/market-book.ts";
import { adjust } from "../../core/bars/adjust.ts";
import { rejectRow } from "../../core/bars/bar.ts";
import { rowAt } from "../../core/bars/columns.ts";
import { suspectMove } from "../../core/scan/eligibility.ts";
import { PARAMS } from "../../core/params.ts";
import { PatternTime } from "../../core/bars/pattern-time.ts";
import { tickAt, tickDown, tickUp } from "../../core/bars/tick-size.ts";
import { makeRandom } from "../../testing/chance/random.ts";
import { makeDemo } from "./demo-market.ts";
import { type HistoryEnd, historyOf } from "./history.ts";
import { gridDown, gridUp, tickOf, toGrid } from "./price-step.ts";

const demo = makeDemo(11, { shares: 1_500, sessions: 400 });
const series: TickerColumns[] = [];
const end = ((): HistoryEnd => {
  const course = historyOf(demo);
  let step = course.next();
  while (step.done !== true) {
    series.push(...step.value);
    step = course.next();
  }
  return step.value;
})();

describe("rows of the demo", () => {
  it("[DM5] are rows that an exchange could publish", ({ expect }) => {
    const refused: unknown[] = [];
    for (const { ticker, columns } of series) {
      for (let k = 0; k < columns.day.length; k++) {
        const row = rowAt(columns, k);
        const before = k === 0 ? null : rowAt(columns, k - 1);
        const prices = [row.open, row.high, row.low, row.close].filter((price) => price > 0);
        const offGrid = prices.some((price) => price % tickAt(price, "krx") !== 0);
        const base = row.base ?? before?.close ?? row.close;
        const free = k === 0;
        const beyond =
          !free &&
          row.volume > 0 &&
          (row.high > tickDown(base * 1.3, "krx") || row.low < tickUp(base * 0.7, "krx"));
        const body =
          row.volume > 0 &&
          (row.high < Math.max(row.open, row.close) || row.low > Math.min(row.open, row.close));
        const halt =
          row.volume === 0 && (row.open + row.high + row.low !== 0 || row.close !== before?.close) && k > 0;
        const unordered = before !== null && row.day <= before.day;
        if (rejectRow(row) !== null || unordered || offGrid || beyond || halt || body) {
          refused.push({ ticker, row, offGrid, beyond, halt, body });
        }
      }
    }
    expect(refused.slice(0, 3)).toEqual([]);
  });

  it("[DM5] lets a first day leave the limit, but not 60 % to 400 % of the offer", ({ expect }) => {
    const young = demo.instruments.filter((_, i) => (demo.setting.listed[i] ?? 0) > 0);
    expect(young.length).toBeGreaterThan(20);
    const moves = young.map(({ ticker, listedOn }) => {
      const i = series.findIndex((one) => one.ticker === ticker);
      const columns = series[i]?.columns;
      expect(columns?.day[0]).toBe(listedOn);
      return (columns?.close[0] ?? 0) / (demo.setting.traits.home[i] ?? 1);
    });
    expect(Math.min(...moves)).toBeGreaterThan(0.599);
    expect(Math.max(...moves)).toBeLessThanOrEqual(4);
    expect(moves.filter((x) => x > 1.31).length).toBeGreaterThan(3);
  });

  it("[DM5] lie on the exchange's own grid", ({ expect }) => {
    const random = makeRandom(1);
    for (let k = 0; k < 20_000; k++) {
      const price = Math.exp(3 + 11 * random());
      expect(tickOf(price)).toBe(tickAt(price, "krx"));
      expect(gridDown(price)).toBe(tickDown(price, "krx"));
      expect(gridUp(price)).toBe(tickUp(price, "krx"));
      expect(Math.abs(toGrid(price) - price)).toBeLessThanOrEqual(tickAt(price, "krx") / 2);
    }
    for (const price of [1_999, 2_000, 4_995, 5_000, 20_000, 50_000, 199_900, 200_000, 500_000]) {
      expect([gridDown(price), gridUp(price)]).toEqual([price, price]);
    }
  });

  it("[DM6] split with a base price that takes the jump out", ({ expect }) => {
    const bars = new PatternTime();
    let splits = 0;
    for (const { columns } of series) {
      const adjusted = adjust(columns);
      splits += adjusted.events.length;
      bars.load(adjusted.columns);
      expect(suspectMove(bars, adjusted.columns, PARAMS.eligibility)).toBeNull();
      for (const { day, factor } of adjusted.events) {
        const k = columns.day.indexOf(day);
        expect(columns.volume[k - 1]).toBe(0);
        expect([0.1, 0.2, 10].some((ratio) => Math.abs(factor / ratio - 1) < 1e-3)).toBe(true);
        const raw = (columns.close[k] ?? 0) / (columns.close[k - 1] ?? 1);
        const read = (adjusted.columns.close[k] ?? 0) / (adjusted.columns.close[k - 1] ?? 1);
        expect(Math.abs(read - 1)).toBeLessThan(0.31);
        expect(Math.abs(raw - 1)).toBeGreaterThan(0.31);
      }
    }
    expect(splits).toBeGreaterThan(5);
    expect(splits).toBeLessThan(60);
  });

  it("[DM7] make the indices", ({ expect }) => {
    for (const [board, code] of (["KOSPI", "KOSDAQ"] as const).entries()) {
      const index = end.indices[code];
      const worth =
        (day: number): ((one: TickerColumns, i: number) => [number, number]) =>
        (one, i) => {
          const k = one.columns.day.indexOf(day);
          const { columns } = adjust(one.columns);
          return demo.setting.traits.board[i] !== board || k < 1
            ? [0, 0]
            : [
                (end.state.shares.shares[i] ?? 0) * (columns.close[k - 1] ?? 0),
                (end.state.shares.shares[i] ?? 0) * (columns.close[k] ?? 0),
              ];
        };
      for (const k of [50, 210, 399]) {
        const sums = series.map(worth(index.day[k] ?? 0));
        const before = sums.reduce((sum, [x]) => sum + x, 0);
        const after = sums.reduce((sum, [, x]) => sum + x, 0);
        expect((index.close[k] ?? 0) / (index.close[k - 1] ?? 1)).toBeCloseTo(after / before, 3);
      }
      expect(Math.min(...index.close)).toBeGreaterThan(0.4 * (index.close[0] ?? 0));
      expect(Math.max(...index.close)).toBeLessThan(2.5 * (index.close[0] ?? 0));
    }
  });
});
