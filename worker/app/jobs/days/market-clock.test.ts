import * as fc from "fast-check";
import { describe, it } from "vitest";
import { calendarDay } from "../../../core/calendar/krx-calendar.ts";
import { closingWindow } from "../../../core/calendar/closing-window.ts";
import {
  DAY_MS,
  formatTradingDay,
  midnightOf,
  type TradingDay,
  tradingDayAt,
  tradingDayOf,
} from "../../../core/calendar/trading-day.ts";
import { dayOf } from "../../../testing/builders/signal-builder.ts";
import { type ClockSources, type DayStep, dueSteps, missedSteps } from "./market-clock.ts";
import { STEP_KINDS } from "../../../core/session/day-step.ts";
import { sessionDaysOf } from "./session-days.ts";

const ALL: ClockSources = { official: true, master: true, present: false, snapshot: true };
const at = (text: string): number => Date.parse(`${text}+09:00`);
const named = ({ kind, day }: DayStep): string => `${kind} ${formatTradingDay(day)}`;

function due(text: string, sources: ClockSources = ALL, settled: readonly string[] = []): readonly string[] {
  return dueSteps(at(text), sources, (step) => settled.includes(named(step))).map(named);
}

const CAUGHT_UP = ["2026-11-11", "2026-11-12", "2026-11-13", "2026-11-16", "2026-11-17"];

describe("the clock of a real market", () => {
  it.for([
    ["2026-11-18T08:04:59", []],
    ["2026-11-18T08:05:00", ["official_master 2026-11-17", ...CAUGHT_UP.map((day) => `official_day ${day}`)]],
    ["2026-11-18T09:59:59", ["official_master 2026-11-17", ...CAUGHT_UP.map((day) => `official_day ${day}`)]],
    ["2026-11-18T10:00:00", []],
    ["2026-11-18T15:31:59", []],
    ["2026-11-18T15:32:00", ["evening_snapshot 2026-11-18"]],
    ["2026-11-18T15:57:59", ["evening_snapshot 2026-11-18"]],
    ["2026-11-18T15:58:00", []],
    // The day of the entrance exam closes an hour later.
    ["2026-11-19T15:45:00", []],
    ["2026-11-19T16:32:00", ["evening_snapshot 2026-11-19"]],
    // A weekend, and Chuseok.
    ["2026-11-21T08:15:00", []],
    ["2026-09-24T08:15:00", []],
    ["2026-09-24T15:45:00", []],
  ] as const)("[DK1] at %s: %j", ([time, steps], { expect }) => {
    expect(due(time)).toEqual(steps);
  });

  it("[DK1] after a holiday the session before it is due, and what is settled is not", ({ expect }) => {
    const settled = ["2026-09-17", "2026-09-18", "2026-09-21", "2026-09-22"].map(
      (day) => `official_day ${day}`,
    );
    expect(due("2026-09-28T08:05:00", ALL, settled)).toEqual([
      "official_master 2026-09-23",
      "official_day 2026-09-23",
    ]);
  });

  it("[DK1] with a master of the present both masters are asked for at 08:40", ({ expect }) => {
    const present = { ...ALL, official: false, present: true };
    expect(due("2026-11-18T08:39:59", present)).toEqual([]);
    expect(due("2026-11-18T08:40:00", present)).toEqual(["present_master 2026-11-18"]);
    expect(due("2026-11-18T10:00:00", present)).toEqual([]);
  });

  it("[DK1] nothing is due of a source that is not there, and nothing beyond the calendar", ({ expect }) => {
    const none = { official: false, master: false, present: false, snapshot: false };
    expect(due("2026-11-18T08:05:00", none)).toEqual([]);
    expect(due("2026-11-18T15:45:00", { ...ALL, snapshot: false })).toEqual([]);
    expect(due("2031-01-06T08:05:00")).toEqual([]);
  });

  it("[DK2] in any month each session gets its steps once, at the right time, and what failed is caught up with", ({
    expect,
  }) => {
    const months = fc.record({
      first: fc.integer({ min: dayOf("2024-01-08"), max: dayOf("2030-10-01") }).map(tradingDayOf),
      sources: fc.record({
        official: fc.boolean(),
        master: fc.boolean(),
        present: fc.boolean(),
        snapshot: fc.boolean(),
      }),
      // Days on which the program is down, at most four in a row; seconds by which a turn is late.
      down: fc.uniqueArray(fc.integer({ min: 0, max: 29 }), { maxLength: 4 }),
      late: fc.integer({ min: 0, max: 59 }),
    });
    fc.assert(
      fc.property(months, ({ first, sources, down, late }) => {
        const done = new Map<string, number>();
        for (let n = 0; n < 30; n++) {
          for (let minute = 5; minute < 1_440 && !down.includes(n); minute += 10) {
            const now = midnightOf(first) + n * DAY_MS + minute * 60_000 + late * 1_000;
            for (const step of dueSteps(now, sources, (one) => done.has(named(one)))) {
              expect(done.has(named(step))).toBe(false);
              expect(STEP_KINDS).toContain(step.kind);
              done.set(named(step), now);
              check(step, now);
            }
            expect(dueSteps(now, sources, (one) => done.has(named(one)))).toEqual([]);
          }
        }
        for (let n = 0; n < 24; n++) {
          const day = tradingDayOf(first + n);
          const isSession = calendarDay(day).kind === "session";
          const isUp = !down.includes(n);
          expect(done.has(`evening_snapshot ${formatTradingDay(day)}`)).toBe(
            sources.snapshot && isSession && isUp,
          );
          // A session is caught up with when a morning of its next five was not missed.
          const mornings = sessionsAfter(day, 5).filter(
            (next) => next < first + 30 && !down.includes(next - first),
          );
          expect(done.has(`official_day ${formatTradingDay(day)}`)).toBe(
            sources.official && isSession && mornings.length > 0,
          );
        }
      }),
      { seed: 13, numRuns: 20 },
    );

    function check({ kind, day }: DayStep, now: number): void {
      const minute = (now - midnightOf(tradingDayAt(now))) / 60_000;
      expect(calendarDay(tradingDayAt(now)).kind).toBe("session");
      expect(calendarDay(day).kind).toBe("session");
      if (kind === "evening_snapshot") {
        const window = closingWindow(day);
        expect(window !== null && now >= window.from && now < window.until - 120_000).toBe(true);
      } else if (kind === "present_master") {
        expect(day).toBe(tradingDayAt(now));
        expect(minute >= 520 && minute < 600).toBe(true);
      } else {
        expect(day).toBeLessThan(tradingDayAt(now));
        expect(minute >= 485 && minute < 600).toBe(true);
      }
    }
  });
});

describe("days of which a vendor states otherwise", () => {
  const KIS: ClockSources = { official: false, master: false, present: true, snapshot: true, oracle: true };
  const stated = sessionDaysOf(
    new Map([
      [dayOf("2026-11-18"), false],
      [dayOf("2026-09-24"), true],
    ]),
  );
  const dueBy = (text: string, sources: ClockSources = KIS): readonly string[] =>
    dueSteps(at(text), sources, () => false, stated).map(named);

  it("[DK5] the vendor's calendar is due on each weekday from 08:40 to 10:00, also on one off", ({
    expect,
  }) => {
    expect(dueBy("2026-11-17T08:39:59")).toEqual([]);
    expect(dueBy("2026-11-17T08:40:00")).toEqual(["calendar 2026-11-17", "present_master 2026-11-17"]);
    expect(dueBy("2026-11-17T10:00:00")).toEqual([]);
    expect(dueBy("2026-09-25T08:45:00")).toEqual(["calendar 2026-09-25"]);
    expect(dueBy("2026-11-21T08:45:00")).toEqual([]);
  });

  it("[DK5] nothing else is due on a day that it takes off, and all is on one that it opens", ({
    expect,
  }) => {
    expect(dueBy("2026-11-18T08:45:00")).toEqual(["calendar 2026-11-18"]);
    expect(dueBy("2026-11-18T15:45:00")).toEqual([]);
    expect(dueBy("2026-11-19T08:05:00", { ...ALL, oracle: true }).slice(-1)).toEqual([
      "official_day 2026-11-17",
    ]);
    expect(dueBy("2026-09-24T15:35:00")).toEqual(["evening_snapshot 2026-09-24"]);
    expect(dueBy("2026-09-28T08:05:00", ALL).slice(-1)).toEqual(["official_day 2026-09-24"]);
    expect(stated.closingWindow(dayOf("2026-09-24"))).toEqual({
      from: at("2026-09-24T15:32:00"),
      until: at("2026-09-24T16:00:00"),
    });
  });
});

describe("a time that passed without a turn", () => {
  const missed = (text: string, noted: readonly string[], since = "2026-11-16T12:00:00"): readonly string[] =>
    missedSteps(
      at(text),
      ALL,
      { since: at(since), isNoted: (step) => noted.includes(named(step)) },
      sessionDaysOf(new Map()),
    ).map(named);

  it("[DK6] is missed once it is over, of the session and of the one before, and not before the first turn of all", ({
    expect,
  }) => {
    expect(missed("2026-11-18T09:59:59", ["evening_snapshot 2026-11-17"])).toEqual([
      "official_day 2026-11-16",
    ]);
    expect(missed("2026-11-18T15:58:00", ["evening_snapshot 2026-11-17", "official_day 2026-11-16"])).toEqual(
      ["official_day 2026-11-17", "evening_snapshot 2026-11-18"],
    );
    expect(missed("2026-11-18T18:20:00", [], "2026-11-18T10:00:01")).toEqual(["evening_snapshot 2026-11-18"]);
    expect(missed("2026-11-18T15:57:59", [], "2026-11-18T12:00:00")).toEqual([]);
    // A weekend, and a day off.
    expect(missed("2026-11-21T12:00:00", ["official_day 2026-11-19"])).toEqual([
      "evening_snapshot 2026-11-20",
    ]);
  });

  it("[DK6] that has had any outcome is not", ({ expect }) => {
    const noted = ["official_day 2026-11-17", "evening_snapshot 2026-11-18", "official_day 2026-11-16"];
    expect(missed("2026-11-18T18:20:00", [...noted, "evening_snapshot 2026-11-17"])).toEqual([]);
  });
});

function sessionsAfter(day: TradingDay, count: number): readonly TradingDay[] {
  const found: TradingDay[] = [];
  for (let next = day + 1; found.length < count; next++) {
    const known = calendarDay(tradingDayOf(next));
    if (known.kind === "session") {
      found.push(known.day);
    }
  }
  return found;
}
