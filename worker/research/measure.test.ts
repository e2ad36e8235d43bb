import { it } from "vitest";
import { columnsOf, type Row } from "../core/bars/columns.ts";
import { historyOf } from "../core/outcome/history.ts";
import { tradingDayOf } from "../core/calendar/trading-day.ts";
import { Benchmarks, measure, universeOf } from "./measure.ts";
import type { Entry } from "./entry.ts";

const SESSIONS = Array.from({ length: 12 }, (_, i) => tradingDayOf(20_000 + i));
const NONE = { value: null, shares: null, base: null };

/** Opens at 100 on session 3; from then on closes at `close`. Halted on the sessions named. */
function rows(close: number, halted: readonly number[] = [], volume = 10): readonly Row[] {
  return SESSIONS.map((day, s) => {
    const price = s < 3 ? 100 : close;
    const [high, low] = [Math.max(100, price), Math.min(100, price)];
    return halted.includes(s)
      ? { day, open: 0, high: 0, low: 0, close: price, volume: 0, ...NONE }
      : { day, open: 100, high, low, close: price, volume, ...NONE };
  });
}

const histories = [rows(110), rows(90), rows(130), rows(500, [3])].map((each) =>
  historyOf(columnsOf(each), SESSIONS),
);
/** On the evening of session 2 the shares 0, 2 and 3 were eligible; share 3 does not trade on session 3. */
const eligible = SESSIONS.map((_, s) => (s === 2 ? [0, 2, 3] : s === 3 ? [1] : []));
// Some sources give an index no volume.
const indices = { KOSPI: columnsOf(rows(105, [], 0)) };
const benchmarks = new Benchmarks(universeOf(histories, eligible), indices, SESSIONS);

it("[EV1f] the universe is the mean of those eligible the evening before that traded", ({ expect }) => {
  expect(benchmarks.universe(3, 5)).toBeCloseTo(0.2, 12);
  expect(benchmarks.universe(4, 5)).toBeCloseTo(-0.1, 12);
});

it("[EV1f] there is no benchmark beyond the bars, of nobody, and without an index of the market", ({
  expect,
}) => {
  expect(benchmarks.universe(3, 10)).toBe(null);
  expect(benchmarks.universe(6, 5)).toBe(null);
  expect(benchmarks.index("KOSPI", 3, 5)).toBeCloseTo(0.05, 12);
  expect(benchmarks.index("KOSPI", 3, 10)).toBe(null);
  expect(benchmarks.index("KOSDAQ", 3, 5)).toBe(null);
  expect(benchmarks.index(null, 3, 5)).toBe(null);
});

const ENTRY: Entry = {
  cohort: "signal_open",
  share: 2,
  ticker: "700000",
  market: "KOSPI",
  session: 2,
  signalId: "700000.20240901.20241001",
  grade: "A",
  contractions: 2,
  gate: "RED",
  entered: 3,
  price: 100,
  stop: 95,
  target: 110,
};

it("[EV1f] the excess of an entry is its change less the benchmark's", ({ expect }) => {
  const [, , history] = histories;
  const measured = history && measure(ENTRY, history, SESSIONS, benchmarks);
  expect(measured?.horizons[5]?.change).toBeCloseTo(0.3, 12);
  expect(measured?.horizons[5]?.r).toBeCloseTo(6, 12);
  expect(measured?.horizons[5]?.excessUniverse).toBeCloseTo(0.1, 12);
  expect(measured?.horizons[5]?.excessIndex).toBeCloseTo(0.25, 12);
  expect(measured?.horizons[10]).toBe(null);
  expect(measured?.touch).toEqual({ kind: "target", session: 1, price: 110 });
  expect([measured?.month, measured?.year]).toEqual(["2024-10", "2024"]);
  const without = history && measure({ ...ENTRY, market: null }, history, SESSIONS, benchmarks);
  expect(without?.horizons[5]?.excessIndex).toBe(null);
});
