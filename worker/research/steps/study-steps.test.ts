import { describe, it } from "vitest";
import { asOf } from "../../core/bars/columns.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { eventfulMarket } from "../../testing/builders/eventful-market.ts";
import { STUDY_SESSIONS, studyMarket } from "../../testing/builders/study-market.ts";
import { studyInSteps } from "../../testing/memory/memory-study.ts";
import { runStudy } from "../study.ts";
import type { StudyInput } from "../walk-forward.ts";
import { STUDY_PHASES } from "./study-store.ts";

const never = (): boolean => false;
const MARKETS: readonly (readonly [string, StudyInput])[] = [
  ["plain bars", studyMarket(2)],
  ["splits, dividends, halts, late and early names", eventfulMarket(3)],
  [
    "the same without instruments and indices, made up",
    {
      ...eventfulMarket(4),
      madeUp: true,
      indices: {},
      listings: eventfulMarket(4).listings.map((one) => ({ ...one, instrument: null })),
    },
  ],
];

describe.for(MARKETS)("a study in steps of %s", ([, market]) => {
  it("[EV1m] ends in the report of the study of files, byte by byte", ({ expect }) => {
    const { report, steps, shares, phases } = studyInSteps(market, never);
    expect(report).toBe(JSON.stringify(runStudy(market, [])));
    expect(steps).toBeGreaterThan(25);
    expect([...phases]).toEqual(STUDY_PHASES.slice(0, -1));
    // Progress only grows.
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(Math.max(...shares)).toBeLessThan(1);
  });
});

describe("a study that is broken off", () => {
  it("[EV1m] every few moments ends in the same bytes", ({ expect }) => {
    const market = eventfulMarket(5);
    let moments = 0;
    // The longest steps have more moments than that, so each of them is broken off once and then let be.
    const { report, brokenOff } = studyInSteps(market, () => {
      moments += 1;
      return moments % 11 === 0 && moments < 600;
    });
    expect(report).toBe(studyInSteps(market, never).report);
    expect(brokenOff).toBeGreaterThan(10);
  });

  it("[EV1m] without a session to judge is done after its count, and states so", ({ expect }) => {
    const market = studyMarket();
    const short: StudyInput = {
      ...market,
      sessions: STUDY_SESSIONS.slice(0, 201),
      listings: market.listings.map((one) => ({
        ...one,
        columns: asOf(one.columns, STUDY_SESSIONS[200] ?? tradingDayOf(0)),
      })),
    };
    expect(studyInSteps(short, never).report).toBe(JSON.stringify(runStudy(short, [])));
  });
});
