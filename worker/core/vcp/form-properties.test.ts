/** What holds of the form of any series: old bars do not count, and an open signal is read as the text states it. */
import { describe, it } from "vitest";
import { timeOf } from "../../testing/builders/bar-builder.ts";
import { dated } from "../../testing/builders/price-path.ts";
import { randomSeries } from "../../testing/builders/random-series.ts";
import { formTally } from "../../testing/conformance/form-tally.ts";
import {
  ALL_LEADERS,
  baseDifferences,
  SPEC_LEADERS,
  verdictOn,
} from "../../testing/oracle/compare-verdict.ts";
import { at, naiveBars } from "../../testing/oracle/naive-bars.ts";
import { naiveReading, naiveUnmet } from "../../testing/oracle/naive-reading.ts";
import type { Row } from "../bars/columns.ts";
import { tradingDayOf } from "../calendar/trading-day.ts";
import { baseOf } from "./base.ts";
import { BaseSearch } from "./base-search.ts";
import type { Verdict } from "./verdict.ts";

/** Two series end to end, at one level of price: 270 to 1,060 bars. */
function longSeries(seed: number): readonly Row[] {
  const [older, newer] = [randomSeries(2 * seed), randomSeries(2 * seed + 1)];
  const factor = (newer[0]?.close ?? 1) / (older.at(-1)?.close ?? 1);
  const level = older.map((row) => ({
    ...row,
    open: row.open * factor,
    high: row.high * factor,
    low: row.low * factor,
    close: row.close * factor,
  }));
  return dated([...level, ...newer]);
}

const formOf = ({ valid, base, nearMiss, scoreTerms, template, rsRaw, flags }: Verdict): unknown => ({
  valid,
  base,
  miss: nearMiss,
  scoreTerms,
  template,
  rsRaw,
  flags,
});

describe("the form of any series", () => {
  it("[BS1] [CT1] [TT3] [RS1] is that of its last 420 bars, base and points; a base left behind needs 500", ({
    expect,
  }) => {
    let [compared, valid] = [0, 0];
    for (let seed = 0; seed < 300; seed++) {
      const rows = longSeries(seed);
      const bars = rows.filter((row) => row.volume > 0).length;
      if (bars > 520) {
        const whole = verdictOn(rows, ALL_LEADERS);
        const last = (count: number): Verdict =>
          verdictOn(
            rows.slice(
              rows.findIndex((_, k) => rows.slice(k).filter((row) => row.volume > 0).length <= count),
            ),
            ALL_LEADERS,
          );
        const rounded = (x: unknown): unknown =>
          JSON.parse(
            JSON.stringify(x, (_, value: unknown) =>
              typeof value === "number" ? Number(value.toPrecision(9)) : value,
            ),
          );
        expect(rounded(formOf(last(500))), `seed ${seed}`).toEqual(rounded(formOf(whole)));
        if (whole.valid) {
          expect(rounded(formOf(last(420))), `seed ${seed}`).toEqual(rounded(formOf(whole)));
          valid += 1;
        }
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(150);
    expect(valid).toBeGreaterThan(3);
  });

  it("[LCI3] [SC10] an open signal's base is read from its own start and noise, by the limits that keep", ({
    expect,
  }) => {
    let [stands, falls] = [0, 0];
    for (let seed = 0; seed < 400; seed++) {
      const rows = randomSeries(seed);
      const bars = naiveBars(rows);
      const today = bars.length - 1;
      const time = timeOf(rows);
      const search = new BaseSearch(time, ALL_LEADERS);
      for (const age of [16, 25, 60, 249, 250, 251]) {
        const start = today - age;
        if (start >= 21) {
          const noise = 0.02 + (seed % 7) / 200;
          const signal = { start: tradingDayOf(at(bars, start).day), noise };
          const naive = naiveReading(bars, start, today, SPEC_LEADERS, noise);
          const stood = naiveUnmet(naive, SPEC_LEADERS, "keep").length === 0 && age <= 250;
          const found = search.incumbent(signal);
          expect(found !== null, `seed ${seed}, ${age} bars`).toBe(stood);
          const reading = search.readingOf(signal);
          const base = reading && baseOf(reading, "krx", ALL_LEADERS).base;
          expect(base && baseDifferences(base, naive, SPEC_LEADERS)).toEqual([]);
          stands += stood ? 1 : 0;
          falls += stood ? 0 : 1;
        }
      }
    }
    expect(stands).toBeGreaterThan(5);
    expect(falls).toBeGreaterThan(1_000);
  });

  it("[LCI3] is not read when its first bar is gone, or has no bar after it", ({ expect }) => {
    const rows = randomSeries(3);
    const search = new BaseSearch(timeOf(rows), ALL_LEADERS);
    const last = rows.findLast((row) => row.volume > 0)?.day ?? tradingDayOf(0);
    expect(search.incumbent({ start: last, noise: 0.02 })).toBeNull();
    expect(search.readingOf({ start: last, noise: 0.02 })).toBeNull();
    expect(search.readingOf({ start: tradingDayOf(1), noise: 0.02 })).toBeNull();
  });

  it("[SN1] is the same when it is asked twice", ({ expect }) => {
    expect(formTally(77, 20)).toEqual(formTally(77, 20));
  });
});
