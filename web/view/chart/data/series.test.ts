import * as fc from "fast-check";
import { describe, it } from "vitest";
import type { ChartBar } from "../../../../worker/protocol/rest/chart.ts";
import { foldLine, rsLine } from "./relative-strength.ts";
import { meanVolume, type ShownBar, VOLUME_BARS } from "./today.ts";
import { foldWeeks, weekOf } from "./weeks.ts";

const DAY_MS = 86_400_000;

interface Drawn {
  readonly gap: number;
  readonly prices: readonly [number, number, number, number];
  readonly volume: number;
  readonly traded: boolean;
}

const price = fc.integer({ min: 100, max: 10_000 });
const drawn: fc.Arbitrary<Drawn> = fc.record({
  gap: fc.integer({ min: 1, max: 12 }),
  prices: fc.tuple(price, price, price, price),
  volume: fc.integer({ min: 1, max: 1_000 }),
  traded: fc.boolean(),
});

/** Ascending days with gaps, some without trading. */
const bars = fc.array(drawn, { maxLength: 80 }).map((days) => {
  let at = Date.parse("2024-12-20");
  return days.map(({ gap, prices: [open, close, up, down], volume, traded }): ChartBar => {
    at += gap * DAY_MS;
    const date = new Date(at).toISOString().slice(0, 10);
    return traded
      ? { date, open, high: Math.max(open, close, up), low: Math.min(open, close, down), close, volume }
      : { date, open: null, high: null, low: null, close, volume: 0 };
  });
});

const total = (some: readonly ShownBar[]): number =>
  some.reduce((sum, { volume }) => sum + (volume ?? Number.NaN), 0);

describe("weeks", () => {
  it("[UI181] hold exactly what their days hold, under their Monday, also across a new year", ({
    expect,
  }) => {
    fc.assert(
      fc.property(bars, (days) => {
        const weeks = foldWeeks(days);
        expect(total(weeks)).toBe(total(days));
        expect(weeks.map(({ date }) => date)).toEqual([...new Set(days.map(({ date }) => weekOf(date)))]);
        for (const week of weeks) {
          const own = days.filter(({ date }) => weekOf(date) === week.date);
          const traded = own.filter(({ open }) => open !== null);
          expect(new Date(week.date).getUTCDay()).toBe(1);
          expect(week.open).toBe(traded[0]?.open ?? null);
          expect(week.close).toBe((traded.at(-1) ?? own.at(-1))?.close);
          expect(week.high).toBe(
            traded.length === 0 ? null : Math.max(...traded.map((one) => one.high ?? 0)),
          );
          expect(week.low).toBe(traded.length === 0 ? null : Math.min(...traded.map((one) => one.low ?? 0)));
        }
        expect(foldWeeks(weeks)).toEqual(weeks);
      }),
    );
    expect(weekOf("2025-01-01")).toBe("2024-12-30");
  });

  it("[UI180] hold a running day of which only the price is known in their range, and no volume that is unknown", ({
    expect,
  }) => {
    const day = { date: "2025-06-16", open: 10, high: 12, low: 9, close: 11, volume: 5 };
    const running = { date: "2025-06-17", open: null, high: null, low: null, close: 14, volume: null };
    expect(foldWeeks([day, running])).toEqual([
      { date: "2025-06-16", open: 10, high: 14, low: 9, close: 14, volume: null },
    ]);
    expect(foldWeeks([running])).toEqual([{ ...running, date: "2025-06-16" }]);
  });
});

describe("the line of relative strength", () => {
  const level = fc.option(fc.integer({ min: 1_000, max: 4_000 }), { freq: 5 });

  it("[UI182] is the close over the index of the same day, from 100, with no point where one is missing", ({
    expect,
  }) => {
    fc.assert(
      fc.property(bars, fc.array(level, { minLength: 80, maxLength: 80 }), (days, levels) => {
        const closes = levels.slice(0, days.length);
        const line = rsLine(days, { code: "KOSDAQ", closes });
        const paired = days.flatMap(({ date, open, close }, i) => {
          const own = closes[i] ?? null;
          return open === null || own === null ? [] : [{ time: date, value: close / own }];
        });
        expect(line?.points.map(({ time }) => time) ?? []).toEqual(paired.map(({ time }) => time));
        line?.points.forEach(({ value }, i) => {
          expect(value).toBeCloseTo((100 * (paired[i]?.value ?? 0)) / (paired[0]?.value ?? 1), 6);
        });
      }),
    );
    expect(rsLine([], { code: "KOSPI", closes: [] })).toBeNull();
    expect(rsLine([], null)).toBeNull();
  });

  it("[UI182] marks the latest high over 52 weeks, and none before sixty points", ({ expect }) => {
    const days = Array.from({ length: 400 }, (_, i): ChartBar => {
      const date = new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);
      return { date, open: 10, high: 10, low: 10, close: 10, volume: 1 };
    });
    const line = (ratios: readonly number[]) =>
      rsLine(days.slice(0, ratios.length), { code: "KOSPI", closes: ratios.map((one) => 1_000 / one) });
    const rising = Array.from({ length: 60 }, (_, i) => i + 1);
    expect(line(rising)?.high).toBeNull();
    expect(line([...rising, 61])?.high).toMatchObject({ time: days[60]?.date, before: 60, isLast: true });
    expect(line([...rising, 61, 50, 61])?.high).toMatchObject({ time: days[60]?.date, isLast: false });
    // A high that lies more than 250 points back no longer counts.
    const flat = Array.from({ length: 260 }, (_, i) => 10 + i / 1_000);
    expect(line([...rising, 90, ...flat])?.high).toMatchObject({ before: 249, isLast: true });
  });

  it("[UI181] has in weeks the last point of each, and its high in its week", ({ expect }) => {
    const points = ["2025-06-05", "2025-06-09", "2025-06-13"].map((time, i) => ({ time, value: i }));
    const high = { time: "2025-06-09", value: 1, before: 60, isLast: false };
    expect(foldLine({ code: "KOSPI", points, high }, weekOf)).toEqual({
      code: "KOSPI",
      points: [
        { time: "2025-06-02", value: 0 },
        { time: "2025-06-09", value: 2 },
      ],
      high,
    });
  });
});

describe("the mean of volumes", () => {
  it("[UI180] is over fifty sessions with trading before the day, and missing with fewer", ({ expect }) => {
    fc.assert(
      fc.property(bars, fc.nat({ max: 80 }), (days, end) => {
        const before = days.slice(0, end).filter(({ open }) => open !== null);
        const mean = meanVolume(days, Math.min(end, days.length));
        if (before.length < VOLUME_BARS) {
          expect(mean).toBeNull();
        } else {
          expect(mean).toBeCloseTo(total(before.slice(-VOLUME_BARS)) / VOLUME_BARS, 6);
        }
      }),
    );
  });
});
