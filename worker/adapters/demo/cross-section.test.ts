import { describe, it } from "vitest";
import type { TickerColumns } from "../../app/ports/market-book.ts";
import { makeDemo } from "./demo-market.ts";
import { type HistoryEnd, historyOf } from "./history.ts";

/** Sessions at the end of history that are measured. */
const MEASURED = 120;
const demo = makeDemo(1);
const series: TickerColumns[] = [];
const started = process.cpuUsage();
const end = ((): HistoryEnd => {
  const course = historyOf(demo);
  let step = course.next();
  while (step.done !== true) {
    series.push(...step.value);
    step = course.next();
  }
  return step.value;
})();
const spent = process.cpuUsage(started);

interface Sample {
  readonly returns: number[];
  readonly ranges: number[];
  readonly prices: number[];
  readonly caps: number[];
  readonly values: number[];
  readonly turnovers: number[];
  readonly byDay: Map<number, number[]>;
  rows: number;
  halted: number;
  limitUps: number;
}

/** All traded rows of a board's last sessions: per cent, won, hundreds of millions and millions of won as in market-data 6.5. */
function sampleOf(board: "KOSPI" | "KOSDAQ"): Sample {
  const lists = { returns: [], ranges: [], prices: [], caps: [], values: [], turnovers: [] };
  const sample: Sample = { ...lists, byDay: new Map(), rows: 0, halted: 0, limitUps: 0 };
  for (const [i, { columns }] of series.entries()) {
    if (demo.instruments[i]?.market !== board) {
      continue;
    }
    const n = columns.day.length;
    for (let k = Math.max(1, n - MEASURED); k < n; k++) {
      const [close = 0, day = 0, volume = 0] = [columns.close[k], columns.day[k], columns.volume[k]];
      sample.rows += 1;
      if (volume === 0) {
        sample.halted += 1;
        continue;
      }
      const published = columns.base?.[k] ?? Number.NaN;
      const base = Number.isNaN(published) ? (columns.close[k - 1] ?? 1) : published;
      const move = 100 * (close / base - 1);
      const shares = end.state.shares.shares[i] ?? 1;
      sample.returns.push(move);
      sample.limitUps += move > 28.5 ? 1 : 0;
      sample.ranges.push((100 * ((columns.high[k] ?? 0) - (columns.low[k] ?? 0))) / base);
      sample.prices.push(close);
      sample.caps.push((close * shares) / 1e8);
      sample.values.push((columns.value?.[k] ?? 0) / 1e6);
      sample.turnovers.push((100 * volume) / shares);
      sample.byDay.set(day, [...(sample.byDay.get(day) ?? []), move]);
    }
  }
  return sample;
}

function quantile(values: readonly number[], q: number): number {
  const sorted = Float64Array.from(values).toSorted();
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

function moment(values: readonly number[], power: number): number {
  const middle = mean(values);
  return mean(values.map((x) => (x - middle) ** power));
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [mean(a), mean(b)];
  const both = mean(a.map((value, k) => (value - x) * ((b[k] ?? 0) - y)));
  return both / Math.sqrt(moment(a, 2) * moment(b, 2));
}

const SAMPLES = { KOSPI: sampleOf("KOSPI"), KOSDAQ: sampleOf("KOSDAQ") };

/** The figures of March 2026 (market-data 6.5), as [percentile, KOSPI, KOSDAQ]. */
const RETURNS = [
  [0.01, -8.3, -10.1],
  [0.05, -5.1, -6.1],
  [0.25, -1.5, -1.7],
  [0.75, 1.9, 2],
  [0.95, 5.9, 7.4],
  [0.99, 12, 18.7],
] as const;
const RANGES = [
  [0.05, 1.35, 1.34],
  [0.5, 3.66, 4.65],
  [0.95, 10.3, 14.5],
] as const;
const LEVELS = {
  prices: { KOSPI: [1_037, 13_300, 260_500], KOSDAQ: [658, 4_945, 61_300] },
  caps: { KOSPI: [169, 2_730, 181_011], KOSDAQ: [150, 948, 13_715] },
  values: { KOSPI: [37, 1_311, 122_431], KOSDAQ: [20, 528, 31_239] },
  turnovers: { KOSPI: [0.07, 0.41, 4.6], KOSDAQ: [0.06, 0.52, 7.5] },
} as const;
const BOARDS = ["KOSPI", "KOSDAQ"] as const;

describe("the cross-section", () => {
  it("[DM8] is generated in less than four seconds of one core", ({ expect }) => {
    const seconds = (spent.user + spent.system) / 1e6;
    console.log(`history of ${series.length} shares: ${seconds.toFixed(2)} s of CPU`);
    expect(seconds).toBeLessThan(4);
  });

  it("[DM10] has the boards' size, and a few of a hundred rows halted", ({ expect }) => {
    const daily = (board: "KOSPI" | "KOSDAQ"): number => SAMPLES[board].returns.length / MEASURED;
    expect(daily("KOSPI")).toBeGreaterThan(840);
    expect(daily("KOSPI")).toBeLessThan(1_000);
    expect(daily("KOSDAQ")).toBeGreaterThan(1_600);
    expect(daily("KOSDAQ")).toBeLessThan(1_850);
    const { KOSPI, KOSDAQ } = SAMPLES;
    const halted = (KOSPI.halted + KOSDAQ.halted) / (KOSPI.rows + KOSDAQ.rows);
    expect(halted).toBeGreaterThan(0.02);
    expect(halted).toBeLessThan(0.06);
  });

  for (const [b, board] of BOARDS.entries()) {
    for (const [q, ...figures] of RETURNS) {
      it(`[DM11] ${board}: percentile ${100 * q} of the returns`, ({ expect }) => {
        const [figure, value] = [figures[b] ?? 0, quantile(SAMPLES[board].returns, q)];
        expect(value / figure).toBeGreaterThan(0.45);
        expect(value / figure).toBeLessThan(1.1);
      });
    }

    it(`[DM11] ${board}: the median return is near zero`, ({ expect }) => {
      expect(Math.abs(quantile(SAMPLES[board].returns, 0.5))).toBeLessThan(0.3);
    });

    it(`[DM12] ${board}: spread across a day, and the market's own moves`, ({ expect }) => {
      const days = [...SAMPLES[board].byDay.values()];
      const spreads = days.map((moves) => Math.sqrt(moment(moves, 2)));
      expect(quantile(spreads, 0.5)).toBeGreaterThan(1.8);
      expect(quantile(spreads, 0.5)).toBeLessThan(5);
      const medians = days.map((moves) => quantile(moves, 0.5));
      expect(Math.min(...medians)).toBeGreaterThan(-5);
      expect(Math.max(...medians)).toBeLessThan(4.5);
      expect(Math.sqrt(moment(medians, 2))).toBeGreaterThan(0.25);
      expect(Math.sqrt(moment(medians, 2))).toBeLessThan(1.6);
    });

    for (const [q, ...figures] of RANGES) {
      it(`[DM13] ${board}: percentile ${100 * q} of the range of a day`, ({ expect }) => {
        const [figure, value] = [figures[b] ?? 0, quantile(SAMPLES[board].ranges, q)];
        expect(value / figure).toBeGreaterThan(0.5);
        expect(value / figure).toBeLessThan(1.1);
      });
    }

    it(`[DM14] ${board}: limit-ups, kurtosis, and more large rises than falls`, ({ expect }) => {
      const { limitUps, returns } = SAMPLES[board];
      const figure = board === "KOSPI" ? 2.1 : 9.4;
      expect(limitUps / MEASURED / figure).toBeGreaterThan(0.3);
      expect(limitUps / MEASURED / figure).toBeLessThan(1.1);
      expect(moment(returns, 4) / moment(returns, 2) ** 2).toBeGreaterThan(6);
      expect(returns.filter((x) => x > 10).length).toBeGreaterThan(
        1.2 * returns.filter((x) => x < -10).length,
      );
    });

    for (const field of ["prices", "caps", "values", "turnovers"] as const) {
      for (const [k, q] of [0.05, 0.5, 0.95].entries()) {
        it(`[DM15] ${board}: percentile ${100 * q} of the ${field}`, ({ expect }) => {
          const ratio = quantile(SAMPLES[board][field], q) / (LEVELS[field][board][k] ?? 1);
          const factor = k === 1 ? 1.6 : 2;
          expect(ratio).toBeGreaterThan(1 / factor);
          expect(ratio).toBeLessThan(factor);
        });
      }
    }
  }

  it("[DM16] has skewed volumes that remember yesterday and follow the move, and clustered volatility", ({
    expect,
  }) => {
    const { turnovers } = SAMPLES.KOSDAQ;
    expect(mean(turnovers) / quantile(turnovers, 0.5)).toBeGreaterThan(2);
    const found = { memory: [] as number[], response: [] as number[], cluster: [] as number[] };
    for (const { columns } of series.filter(
      (_, i) => i % 9 === 0 && demo.instruments[i]?.kind === "common",
    )) {
      const traded = Array.from(columns.volume, (_, k) => k).filter((k) => (columns.volume[k] ?? 0) > 0);
      const volume = traded.map((k) => Math.log(columns.volume[k] ?? 1));
      const move = traded.map((k) =>
        Math.abs(Math.log((columns.close[k] ?? 1) / (columns.close[k - 1] ?? columns.close[k] ?? 1))),
      );
      if (traded.length > 200 && (columns.base ?? null) === null) {
        found.memory.push(correlation(volume.slice(1), volume.slice(0, -1)));
        found.response.push(correlation(volume.slice(1), move.slice(1)));
        found.cluster.push(correlation(move.slice(1), move.slice(0, -1)));
      }
    }
    expect(quantile(found.memory, 0.5)).toBeGreaterThan(0.4);
    expect(quantile(found.response, 0.5)).toBeGreaterThan(0.15);
    expect(quantile(found.cluster, 0.5)).toBeGreaterThan(0.02);
  });
});
