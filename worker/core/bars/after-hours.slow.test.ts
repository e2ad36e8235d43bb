/** BR3b on a whole market whose closes are last prices of the after-market: constructed, and real where real bars stand beside the repository. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "vitest";
import { loadRows } from "../../cli/files/read-rows.ts";
import { projectRoot } from "../../cli/terminal/project-root.ts";
import { afterHoursMarket, findActions } from "../../testing/after-hours/after-hours.ts";
import { plainMarket, seriesOf, sessionsUntil } from "../../testing/builders/plain-market.ts";
import { tradingDayOf } from "../calendar/trading-day.ts";
import type { Columns } from "./columns.ts";

const FILE = join(projectRoot, "../shared/data/krx/bars.csv.gz");
const DEVIATIONS = [0.002, 0.005, 0.01] as const;
const SPLITS = 27;

/** What last prices found beside regular closes, in the bars and on the first tick of each session. */
function compare(series: ReadonlyMap<string, Columns>, deviation: number) {
  const market = afterHoursMarket(series, deviation, SPLITS, 11);
  const [regular, last] = [findActions(market.regular), findActions(market.last)];
  const missing = (from: readonly string[], of: readonly string[]): readonly string[] =>
    of.filter((key) => !from.includes(key));
  const errors = Array.from(regular.factors, ([key, factor]) =>
    Math.abs((last.factors.get(key) ?? 0) / factor - 1),
  );
  // The same rows as if their closes were regular ones: of days before there were two.
  const believed = new Map(
    Array.from(market.last, ([ticker, columns]) => [
      ticker,
      { ...columns, day: columns.day.map((day) => day - 2_000) },
    ]),
  );
  return {
    jumps: market.jumps,
    found: regular.bars.length,
    invented: [...missing(regular.bars, last.bars), ...missing(regular.ticks, last.ticks)],
    hidden: [...missing(last.bars, regular.bars), ...missing(last.ticks, regular.ticks)],
    worstFactor: Math.max(...errors),
    believed: findActions(believed).bars.length,
  };
}

describe("closes moved after hours", () => {
  it.for(DEVIATIONS)(
    "[BR3b] by %d invent no action in a constructed market and hide none",
    (deviation, { expect }) => {
      const market = plainMarket(sessionsUntil(tradingDayOf(20_250), 80), 81);
      const { jumps, found, worstFactor, believed, ...wrong } = compare(seriesOf(market), deviation);
      expect(wrong).toEqual({ invented: [], hidden: [] });
      expect([found, jumps]).toEqual([SPLITS, SPLITS]);
      expect(worstFactor).toBeLessThan(6 * deviation);
      expect(believed).toBeGreaterThan(1_000);
    },
  );

  it.skipIf(!existsSync(FILE))(
    "[BR3b] invent none among 1,307 real tickers (skipped where no bars stand beside the repository)",
    { timeout: 120_000 },
    async ({ expect }) => {
      const keyOf = (key: string): string => key;
      const { series } = await loadRows({ paths: [FILE], kind: "bars", keyOf, today: tradingDayOf(30_000) });
      const columns = new Map(series.map((one) => [one.key, one.columns]));
      for (const deviation of DEVIATIONS) {
        const { jumps, found, worstFactor, believed, ...wrong } = compare(columns, deviation);
        expect(wrong).toEqual({ invented: [], hidden: [] });
        expect([found, jumps]).toEqual([31, 31]);
        expect(worstFactor).toBeLessThan(6 * deviation);
        expect(believed).toBeGreaterThan(100_000);
      }
    },
  );
});
