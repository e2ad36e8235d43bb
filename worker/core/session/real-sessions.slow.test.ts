/** DY3, DY4 on every session of real bars, where they stand beside the repository, and on the demo's: none is refused falsely. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "vitest";
import { makeDemo } from "../../adapters/demo/demo-market.ts";
import { historyOf } from "../../adapters/demo/history.ts";
import { loadRows } from "../../cli/files/read-rows.ts";
import { projectRoot } from "../../cli/terminal/project-root.ts";
import { type Columns, viewOf } from "../bars/columns.ts";
import { concatenate } from "../bars/take-rows.ts";
import { sessionsOf } from "../calendar/sessions.ts";
import { tradingDayOf } from "../calendar/trading-day.ts";
import type { Exchange } from "../instrument/instrument.ts";
import { describeFinding } from "./describe-finding.ts";
import { judgeSession } from "./judge-session.ts";
import { SessionFigures } from "./session-figures.ts";

const FILE = join(projectRoot, "../shared/data/krx/bars.csv.gz");

/** How many sessions were judged, and the text of everything that was found. */
function judgeAll(
  exchange: Exchange,
  series: readonly Columns[],
): { readonly judged: number; readonly found: readonly string[] } {
  const rowsByDay = new Map<number, number>();
  for (const { day } of series) {
    for (const one of day) {
      rowsByDay.set(one, (rowsByDay.get(one) ?? 0) + 1);
    }
  }
  const sessions = sessionsOf(rowsByDay, []);
  const found = sessions.flatMap((day, i) => {
    const figures = new SessionFigures(day, sessions[i - 1] ?? null);
    for (const columns of series) {
      figures.add(columns);
    }
    return judgeSession({ exchange, day, now: 2e12, rowsByDay, figures, rebased: null }).map(describeFinding);
  });
  return { judged: sessions.length, found };
}

describe("every session of a market", () => {
  it(
    "[DY3] [DY4] of the demo is sound, its live sessions as its past",
    { timeout: 120_000 },
    ({ expect }) => {
      for (const seed of [1, 2, 3]) {
        const demo = makeDemo(seed, { shares: 240, sessions: 60 });
        const series = new Map<string, Columns>();
        const course = historyOf(demo);
        let step = course.next();
        while (step.done !== true) {
          for (const { ticker, columns } of step.value) {
            series.set(ticker, columns);
          }
          step = course.next();
        }
        let { state } = step.value;
        for (let n = 0; n < 120; n++) {
          const next = demo.next(state);
          ({ state } = next);
          const { tickers, columns } = next.session;
          for (const [i, ticker] of tickers.entries()) {
            const [before, row] = [series.get(ticker), viewOf(columns, i, i + 1)];
            series.set(ticker, before === undefined ? row : concatenate(before, row));
          }
        }
        expect(judgeAll("DEMO", [...series.values()])).toEqual({ judged: 180, found: [] });
      }
    },
  );

  it.skipIf(!existsSync(FILE))(
    "[DY3] [DY4] of 1,307 real tickers is sound (skipped where no bars stand beside the repository)",
    { timeout: 120_000 },
    async ({ expect }) => {
      const keyOf = (key: string): string => key;
      const loaded = await loadRows({ paths: [FILE], kind: "bars", keyOf, today: tradingDayOf(30_000) });
      const found = judgeAll(
        "KRX",
        loaded.series.map(({ columns }) => columns),
      );
      expect(found).toEqual({ judged: 370, found: [] });
    },
  );
});
