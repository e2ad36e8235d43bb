/** LCI3 in the scan: the pattern that a signal stands on, beside the best one, against the second implementation. */
import { describe, it } from "vitest";
import { ALL_ELIGIBLE, verdictDifferences, verdictOn } from "../../testing/oracle/compare-verdict.ts";
import { naiveBest, naiveDetect } from "../../testing/oracle/naive-detector.ts";
import { lastOf } from "../../testing/oracle/naive-rules.ts";
import { at } from "../../testing/oracle/naive-swings.ts";
import { buildBase, TEXTBOOK_BASE } from "../../testing/builders/base-builder.ts";
import { makeRandom } from "../../testing/chance/random.ts";
import { columnsOf, type Row } from "../bars/columns.ts";
import { scan } from "../scan/scan.ts";
import type { ScanResult } from "../scan/scan-result.ts";
import { type TradingDay, tradingDayOf } from "../calendar/trading-day.ts";

const TICKER = "900010";

/** A base whose legs are large and small swings by turns, so that scales see different last highs. */
function randomBase(seed: number): readonly Row[] {
  const random = makeRandom(seed);
  let depth = 0.15 + 0.2 * random();
  const legs = Array.from({ length: 3 + Math.floor(3 * random()) }, () => {
    const leg = {
      depth,
      fall: 3 + Math.floor(9 * random()),
      rise: 3 + Math.floor(9 * random()),
      volume: 0.5,
    };
    depth *= 0.4 + 0.35 * random();
    return leg;
  });
  return buildBase({ ...TEXTBOOK_BASE, last: -0.01 - 0.03 * random(), seed, legs });
}

function scanWith(rows: readonly Row[], incumbents: ReadonlyMap<string, TradingDay>): ScanResult | null {
  const listings = [{ ticker: TICKER, instrument: null, columns: columnsOf(rows) }];
  const sessions = rows.map((row) => row.day);
  return scan({ listings, sessions, indices: {}, params: ALL_ELIGIBLE, asOf: null, incumbents });
}

describe("the pattern of a signal", () => {
  it("[LCI3] is the best valid candidate with its last high, returned only when another one is the best", ({
    expect,
  }) => {
    let beside = 0;
    for (let seed = 0; seed < 80; seed++) {
      const rows = randomBase(seed);
      const naive = naiveDetect(rows);
      const days = new Map(
        naive.valid.map(({ candidate }) => [at(naive.bars, lastOf(candidate).high.bar).day, candidate]),
      );
      for (const day of naive.best === null ? [] : days.keys()) {
        const own = naive.valid.filter((one) => at(naive.bars, lastOf(one.candidate).high.bar).day === day);
        const result = scanWith(rows, new Map([[TICKER, tradingDayOf(day)]]));
        const incumbent = result?.incumbents.get(TICKER);
        const isBest = own.some((one) => one === naive.best);
        expect(incumbent === undefined, `seed ${seed}`).toBe(isBest);
        beside += isBest ? 0 : 1;
        const wanted = naiveBest(own);
        expect(incumbent && verdictDifferences(incumbent, { ...naive, best: wanted })).toEqual(
          isBest ? undefined : [],
        );
        // The scan itself does not depend on what signals are open.
        expect(result?.verdicts).toEqual([verdictOn(rows)]);
      }
    }
    expect(beside).toBeGreaterThan(5);
  });

  it("[LCI3] that does not stand any more is not returned, nor that of a ticker without a valid base", ({
    expect,
  }) => {
    for (let seed = 0; seed < 30; seed++) {
      const rows = randomBase(seed);
      const result = scanWith(rows, new Map([[TICKER, tradingDayOf((rows[0]?.day ?? 0) - 1)]]));
      expect(result?.incumbents.size).toBe(0);
    }
  });
});
