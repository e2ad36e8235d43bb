import { describe, it } from "vitest";
import { assert } from "../../core/assert.ts";
import { HORIZONS } from "../../core/outcome/outcome.ts";
import { studyMarket } from "../../testing/builders/study-market.ts";
import { listEntries } from "./listed-entries.ts";
import { runStudy } from "../study.ts";

const { cohorts, entries } = runStudy(studyMarket(), []);
const SIGNALS = ["signal_open", "signal_trigger"] as const;

function partsOf(cohort: string): readonly (typeof entries)[] {
  const own = entries.filter((entry) => entry.cohort === cohort);
  // In parts, as a book stores them.
  return [own.slice(0, 5), own.slice(5)];
}

describe("the entries behind a row", () => {
  it("[EV1n] are as many as the row counts, and their mean over each horizon is the row's", ({ expect }) => {
    let [rows, means] = [0, 0];
    for (const cohort of SIGNALS) {
      const summary = cohorts.find((one) => one.cohort === cohort);
      assert(summary, `The report has ${cohort}`);
      for (const { by, key, entries: counted, horizons } of summary.groups) {
        for (const horizon of HORIZONS) {
          const query = { cohort, by, key, horizon, offset: 0, limit: 1_000 };
          const listed = listEntries(partsOf(cohort), query);
          const { n, mean } = horizons[horizon].change;
          expect([listed.count, listed.closed, listed.entries.length], `${by} ${key}`).toEqual([
            counted,
            n,
            counted,
          ]);
          const changes = listed.entries.flatMap(({ change }) => change[horizon] ?? []);
          expect(changes.reduce((sum, change) => sum + change, 0)).toBeCloseTo(listed.sum, 9);
          if (mean !== null) {
            expect(listed.sum / n).toBeCloseTo(mean, 9);
            means += 1;
          }
          rows += 1;
        }
      }
    }
    expect(rows).toBeGreaterThan(40);
    expect(means).toBeGreaterThan(0);
  });

  it("[EV1n] come a page at a time, the latest first, each once, whatever parts they lie in", ({
    expect,
  }) => {
    const row = { cohort: "signal_open", by: "all", key: "all", horizon: 20, limit: 4 } as const;
    const own = entries.filter(({ cohort }) => cohort === "signal_open").toReversed();
    expect(own.length).toBeGreaterThan(8);
    const pages = Array.from({ length: Math.ceil(own.length / 4) }, (_, page) =>
      listEntries(partsOf("signal_open"), { ...row, offset: 4 * page }),
    );
    expect(pages.flatMap((page) => page.entries)).toEqual(own);
    expect(pages.every(({ count }) => count === own.length)).toBe(true);
  });
});
