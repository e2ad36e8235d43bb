/** EV1l: whatever a study does to be quick, it gives what a scan of the whole market gives on each evening. */
import { describe, it } from "vitest";
import { eventfulMarket } from "../testing/builders/eventful-market.ts";
import { studyMarket } from "../testing/builders/study-market.ts";
import { dailyWalk } from "../testing/oracle/daily-walk.ts";
import { COHORTS } from "./entry.ts";
import { reportOf } from "./study.ts";
import { walkForward } from "./walk-forward.ts";

describe.for([
  ["plain bars", studyMarket(2)],
  ["splits, dividends, halts, late and early names", eventfulMarket(3)],
  [
    "the same without instruments and indices",
    {
      ...eventfulMarket(4),
      indices: {},
      listings: eventfulMarket(4).listings.map((one) => ({ ...one, instrument: null })),
    },
  ],
] as const)("a walk over %s", ([, market]) => {
  it("[EV1l] gives the report of the scans of its sessions, byte by byte", ({ expect }) => {
    const walk = walkForward(market);
    const daily = dailyWalk(market, walk);
    for (const cohort of COHORTS) {
      expect(walk.fates[cohort], cohort).toEqual(daily.fates[cohort]);
      expect(walk.fates[cohort].length, cohort).toBeGreaterThan(5);
    }
    expect(walk.eligible).toEqual(daily.eligible);
    expect(JSON.stringify(reportOf(market, walk, []))).toBe(JSON.stringify(reportOf(market, daily, [])));
  });
});
