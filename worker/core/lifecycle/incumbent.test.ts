/** LCI3 in the scan: the base that a signal stands on, read beside the best one, against the second implementation. */
import { describe, it } from "vitest";
import { ALL_LEADERS, baseDifferences } from "../../testing/oracle/compare-verdict.ts";
import { naiveBars } from "../../testing/oracle/naive-bars.ts";
import { naiveReading, naiveUnmet } from "../../testing/oracle/naive-reading.ts";
import { buildBase, TEXTBOOK_BASE } from "../../testing/builders/base-builder.ts";
import { makeSignal } from "../../testing/builders/signal-builder.ts";
import { makeRandom } from "../../testing/chance/random.ts";
import { assert } from "../assert.ts";
import { columnsOf, type Row } from "../bars/columns.ts";
import { PARAMS } from "../params.ts";
import { scan } from "../scan/scan.ts";
import type { ScanResult } from "../scan/scan-result.ts";
import { spanOf } from "./birth.ts";
import { causeOf } from "./incumbent.ts";
import type { Incumbent } from "../vcp/base-search.ts";
import type { Base, Verdict } from "../vcp/verdict.ts";

const TICKER = "900010";
const DAYS = 40;

/** Contractions of random depth and length: the last weeks of the series form, complete and spoil them. */
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
    depth *= 0.4 + 0.5 * random();
    return leg;
  });
  return buildBase({ ...TEXTBOOK_BASE, last: -0.12 + 0.13 * random(), seed, legs });
}

function scanWith(rows: readonly Row[], incumbent: Incumbent | null): ScanResult {
  const result = scan({
    listings: [{ ticker: TICKER, instrument: null, columns: columnsOf(rows) }],
    sessions: rows.map((row) => row.day),
    indices: {},
    params: ALL_LEADERS,
    asOf: null,
    ...(incumbent && { incumbents: new Map([[TICKER, incumbent]]) }),
  });
  assert(result !== null, "There is a session");
  return result;
}

function incumbentOf({ noise, ...base }: Base): Incumbent {
  assert(noise !== null, "The base is read by the law in force");
  return { start: spanOf({ ...base, noise })[0], noise };
}

interface Evening {
  readonly rows: readonly Row[];
  readonly incumbent: Incumbent;
  readonly own: Verdict;
  /** The reading of the evening before. */
  readonly before: Base;
}

/** Evenings of the last weeks with the reading of the first base that is found in them, until its trigger is reached. */
function eveningsOf(seed: number): readonly Evening[] {
  const rows = randomBase(seed);
  const evenings: Evening[] = [];
  let before: Base | null = null;
  for (let n = rows.length - DAYS; n <= rows.length; n++) {
    const known = rows.slice(0, n);
    if (before === null) {
      const [verdict] = scanWith(known, null).verdicts;
      before = verdict?.base?.breakout === null ? verdict.base : null;
    } else if ((known.at(-1)?.high ?? 0) >= before.entry) {
      break;
    } else {
      const incumbent = incumbentOf(before);
      const own = scanWith(known, incumbent).incumbents.get(TICKER);
      assert(own !== undefined, "The scan was asked for a base");
      evenings.push({ rows: known, incumbent, own, before });
      before = own.base ?? own.nearMiss?.base ?? before;
    }
  }
  return evenings;
}

const EVENINGS = Array.from({ length: 120 }, (_, seed) => eveningsOf(seed)).flat();

describe("the base of a signal", () => {
  it("[LCI3] [SC10] is read from its own start, with its own noise, by the limits that keep", ({
    expect,
  }) => {
    let stands = 0;
    for (const { rows, incumbent, own } of EVENINGS) {
      const bars = naiveBars(rows);
      const start = bars.findIndex(({ day }) => day === incumbent.start);
      const naive = naiveReading(bars, start, bars.length - 1, ALL_LEADERS, incumbent.noise);
      const [unmet] = naiveUnmet(naive, ALL_LEADERS, "keep");
      expect([own.detected, own.nearMiss?.rule]).toEqual([unmet === undefined, unmet?.rule]);
      const base = own.base ?? own.nearMiss?.base ?? null;
      assert(base !== null, "A base that can be read is returned, whether it stands or not");
      expect(baseDifferences(base, naive, ALL_LEADERS)).toEqual([]);
      stands += own.detected ? 1 : 0;
    }
    expect(stands).toBeGreaterThan(300);
    expect(EVENINGS.length - stands).toBeGreaterThan(100);
  });

  it("[LCI3] does not change what the scan itself finds", ({ expect }) => {
    for (const { rows, incumbent } of EVENINGS.slice(0, 300)) {
      expect(scanWith(rows, incumbent).verdicts).toEqual(scanWith(rows, null).verdicts);
    }
  });

  it("[LCI3] [CT5] is read otherwise only by a bar that made a new extreme, and the cause names which", ({
    expect,
  }) => {
    const causes = new Map<string, number>();
    for (const { rows, own, before } of EVENINGS) {
      const last = rows.at(-1);
      const read = own.base ?? own.nearMiss?.base ?? before;
      assert(last !== undefined, "There are rows");
      const cause = causeOf(makeSignal({ base: before, measuredOn: rows.at(-2)?.day ?? null }), own);
      causes.set(cause ?? "none", (causes.get(cause ?? "none") ?? 0) + 1);
      const since = rows.filter(({ day }) => day >= spanOf(before)[1] && day < last.day);
      const top = Math.max(...since.map(({ high }) => high));
      const isNewLow = read.contractions.some(({ lowDay }) => lowDay === last.day);
      const fall = (top - last.low) / top;
      switch (cause) {
        case null:
          expect(read.contractions).toEqual(before.contractions);
          expect(read.pivot).toBe(before.pivot);
          break;
        case "higher_high":
          expect(last.high).toBeGreaterThan(top);
          break;
        case "pivot_raised":
          expect(last.high).toBeGreaterThan(before.pivot);
          break;
        case "contraction":
        case "lower_low":
          expect(isNewLow).toBe(true);
          break;
        case "deeper_fall":
          expect(isNewLow || fall > (before.contractions.at(-1)?.depth ?? 1)).toBe(true);
          break;
        case "breakout":
          expect(own.base?.breakout?.day).toBe(last.day);
          break;
        case "rows_corrected":
          expect(cause).toBeNull();
      }
    }
    for (const cause of ["none", "contraction", "lower_low", "deeper_fall"]) {
      expect(causes.get(cause) ?? 0, cause).toBeGreaterThan(10);
    }
  });

  it("[LCI3] is not read any more when the bar of its start is gone, and named when it is too long", ({
    expect,
  }) => {
    const evening = EVENINGS.find(({ own }) => own.detected);
    assert(evening !== undefined, "Some base stands");
    const { rows, incumbent } = evening;
    const without = rows.filter(({ day }) => day !== incumbent.start);
    const gone = scanWith(without, incumbent).incumbents.get(TICKER);
    expect(gone).toMatchObject({ detected: false, nearMiss: { rule: "BS0", value: null, base: null } });
    const [, most] = PARAMS.base.bars;
    const far = rows.at(-most - 2);
    assert(far !== undefined, "The series is longer than a base may be");
    const long = scanWith(rows, { ...incumbent, start: far.day }).incumbents.get(TICKER);
    expect(long?.detected).toBe(false);
  });
});
