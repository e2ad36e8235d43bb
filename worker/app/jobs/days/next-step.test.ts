import * as fc from "fast-check";
import { describe, it } from "vitest";
import { formatTradingDay } from "../../../core/calendar/trading-day.ts";
import type { ClockSources, DayStep } from "./market-clock.ts";
import { dueSteps } from "./market-clock.ts";
import { nextStep } from "./next-step.ts";

const BOTH: ClockSources = { official: true, master: true, present: true, snapshot: true };
const MORNING: ClockSources = { official: true, master: true, present: false, snapshot: false };
const at = (text: string): number => Date.parse(`${text}+09:00`);
const named = ({ kind, day }: DayStep): string => `${kind} ${formatTradingDay(day)}`;

function next(text: string, sources: ClockSources, unsettled: readonly string[]): readonly unknown[] {
  const found = nextStep(at(text), sources, (step) => !unsettled.includes(named(step)));
  return found === null ? [] : [named(found), new Date(found.at + 9 * 3_600_000).toISOString().slice(0, 16)];
}

describe("the step that comes next", () => {
  it.for([
    ["2026-11-18T07:00:00", MORNING, "official_day 2026-11-17", "2026-11-18T08:05"],
    // In the midst of it: the clock's next turn.
    ["2026-11-18T08:05:01", MORNING, "official_day 2026-11-17", "2026-11-18T08:15"],
    // After the window, and over a weekend.
    ["2026-11-20T10:00:00", MORNING, "official_day 2026-11-20", "2026-11-23T08:05"],
    ["2026-11-18T12:00:00", BOTH, "evening_snapshot 2026-11-18", "2026-11-18T15:35"],
    // The exam day closes an hour later.
    ["2026-11-19T12:00:00", BOTH, "evening_snapshot 2026-11-19", "2026-11-19T16:35"],
    // Chuseok.
    ["2026-09-23T16:00:00", BOTH, "evening_snapshot 2026-09-28", "2026-09-28T15:35"],
  ] as const)("[DK4] at %s", ([time, sources, step, turn], { expect }) => {
    expect(next(time, sources, [step])).toEqual([step, turn]);
  });

  it("[DK4] is none without a source, and none where the calendar ends", ({ expect }) => {
    const none = { official: false, master: false, present: false, snapshot: false };
    expect(nextStep(at("2026-11-18T07:00:00"), none, () => false)).toBeNull();
    expect(nextStep(at("2031-01-06T07:00:00"), BOTH, () => false)).toBeNull();
  });

  it("[DK4] is due at its turn, and nothing is at any turn before it", ({ expect }) => {
    const from = at("2026-01-01T00:00:00");
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 364 * 1_440 }),
        fc.constantFrom(BOTH, MORNING),
        (minute, sources) => {
          const now = from + minute * 60_000;
          const found = nextStep(now, sources, () => false);
          const first = Math.ceil((now - from - 300_000) / 600_000) * 600_000 + 300_000 + from;
          for (let turn = first; turn < (found?.at ?? 0); turn += 600_000) {
            expect(dueSteps(turn, sources, () => false)).toEqual([]);
          }
          expect(dueSteps(found?.at ?? 0, sources, () => false).at(-1)).toEqual({
            kind: found?.kind,
            day: found?.day,
          });
        },
      ),
      { seed: 4, numRuns: 60 },
    );
  });
});
