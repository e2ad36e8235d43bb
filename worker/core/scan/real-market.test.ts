/** The detector against the second implementation on real bars, which stand beside the repository and never inside it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "vitest";
import { loadRows } from "../../cli/files/read-rows.ts";
import { projectRoot } from "../../cli/terminal/project-root.ts";
import { ALL_LEADERS, formDifferences, SPEC_LEADERS } from "../../testing/oracle/compare-verdict.ts";
import { naiveDetect } from "../../testing/oracle/naive-detector.ts";
import { asOf, type Columns, rowAt } from "../bars/columns.ts";
import { scan } from "./scan.ts";
import { sessionsOf } from "../calendar/sessions.ts";
import { parseTradingDay, tradingDayOf } from "../calendar/trading-day.ts";

const FILE = join(projectRoot, "../shared/data/krx/bars.csv.gz");

/** Sessions as they follow from the bars alone. */
function countRows(series: ReadonlyMap<string, Columns>): Map<number, number> {
  const rows = new Map<number, number>();
  for (const columns of series.values()) {
    for (const day of columns.day) {
      rows.set(day, (rows.get(day) ?? 0) + 1);
    }
  }
  return rows;
}

describe.skipIf(!existsSync(FILE))(
  "1,307 real tickers (skipped where no bars stand beside the repository)",
  () => {
    it(
      "[CT10] [NM1] verdicts and near misses are those of the second implementation",
      { timeout: 180_000 },
      async ({ expect }) => {
        const bars = await loadRows({
          paths: [FILE],
          kind: "bars",
          keyOf: (key) => key,
          today: tradingDayOf(30_000),
        });
        const series = new Map(bars.series.map(({ key, columns }) => [key, columns]));
        const sessions = sessionsOf(countRows(series), []);
        const listings = Array.from(series, ([ticker, columns]) => ({ ticker, instrument: null, columns }));
        let valid = 0;
        // An advance, a sell-off and an ordinary day.
        for (const day of ["2024-03-15", "2025-04-09", "2025-06-17"].map(parseTradingDay)) {
          const result = scan({ listings, sessions, indices: {}, params: ALL_LEADERS, asOf: day });
          for (const verdict of result?.verdicts ?? []) {
            const columns = series.get(verdict.ticker);
            const judged = verdict.eligibility.ok && verdict.bars >= ALL_LEADERS.young.listed;
            if (columns !== undefined && day !== null && judged) {
              const until = asOf(columns, day);
              const rows = Array.from(until.day, (_, i) => rowAt(until, i));
              const naive = naiveDetect(rows, SPEC_LEADERS);
              expect(formDifferences(verdict, naive, SPEC_LEADERS), `${verdict.ticker} on ${day}`).toEqual(
                [],
              );
              valid += verdict.valid ? 1 : 0;
            }
          }
        }
        expect(valid).toBeGreaterThan(30);
      },
    );
  },
);
