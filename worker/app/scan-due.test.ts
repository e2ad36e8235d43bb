import * as fc from "fast-check";
import { describe, it } from "vitest";
import { calendarDay } from "../core/calendar/krx-calendar.ts";
import { columnsOf } from "../core/bars/columns.ts";
import {
  DAY_MS,
  midnightOf,
  type TradingDay,
  tradingDayAt,
  tradingDayOf,
} from "../core/calendar/trading-day.ts";
import { dayOf, makeRun } from "../testing/builders/signal-builder.ts";
import { MemoryBook } from "../testing/memory/memory-book.ts";
import { MemoryLedger } from "../testing/memory/memory-ledger.ts";
import { barAt } from "../testing/builders/bar-builder.ts";
import { keepWatch } from "./jobs/keep-watch.ts";
import { type SessionDays, sessionDaysOf } from "./jobs/days/session-days.ts";
import { eveningScan } from "./jobs/scheduled-scan.ts";
import type { MarketStatus, ScanPlan, StepReport } from "./ports/market-status.ts";
import type { ScanRun } from "./ports/scan-ledger.ts";
import { type MissingScan, readScanDue } from "./scan-due.ts";
import { dueSession } from "./scan-schedule.ts";

const at = (text: string): number => Date.parse(`${text}+09:00`);
const BOTH: ScanPlan = { evening: true, morning: true };
const MORNING: ScanPlan = { evening: false, morning: true };
const EVENING: ScanPlan = { evening: true, morning: false };
const TUESDAY = dayOf("2026-11-17");
const WEDNESDAY = dayOf("2026-11-18");

const without = (off: readonly TradingDay[]): SessionDays =>
  sessionDaysOf(new Map(off.map((day) => [day, false])));

function due(text: string, plan: ScanPlan, off: readonly TradingDay[] = []): string | null {
  const found = dueSession(plan, at(text), without(off));
  return (
    found &&
    `${tradingDayOf(found.day) - WEDNESDAY} ${new Date(found.at + 9 * 3_600_000).toISOString().slice(5, 16)}`
  );
}

interface Standing {
  readonly plan: ScanPlan;
  /** The last session with rows. */
  readonly lastDay: TradingDay;
  readonly runs: readonly ScanRun[];
  readonly steps?: readonly StepReport[];
  readonly daysOff?: readonly TradingDay[];
  readonly statedDays?: MarketStatus["statedDays"];
}

function stage({ plan, lastDay, runs, steps = [], daysOff = [], statedDays = [] }: Standing) {
  const book = new MemoryBook();
  book.columns.set("005930", columnsOf([barAt(0, { day: lastDay })]));
  book.days = { ...book.days, plan, steps, daysOff, statedDays };
  const ledger = new MemoryLedger();
  ledger.journal = runs.map((run, n) => ({ ...run, id: `run-${n}`, exchange: "KRX" }));
  const ports = { ledger, book: () => book };
  return {
    book,
    missing: async (text: string): Promise<MissingScan | null> =>
      (await readScanDue(ports, "KRX", at(text))).missing,
    evening: async (): Promise<number> => {
      await eveningScan({
        ...ports,
        log: { write: () => undefined },
        clock: { now: () => at("2026-11-18T18:20:00") },
        settings: { activeExchange: () => Promise.resolve("KRX") },
        wait: () => Promise.resolve(),
      });
      return book.requests.length;
    },
    watch: async (text: string): Promise<number> => {
      await keepWatch({
        ...ports,
        log: { write: () => undefined },
        clock: { now: () => at(text) },
        settings: { activeExchange: () => Promise.resolve("KRX") },
        wait: () => Promise.resolve(),
        alerts: { append: () => Promise.resolve(), wake: () => Promise.resolve() },
        objects: () => [],
      });
      return book.requests.length;
    },
  };
}

const done = (day: TradingDay, startedAt: string): ScanRun =>
  makeRun({ asOf: day, startedAt: at(startedAt) });

describe("the session whose scan must be there", () => {
  it.for([
    // With an evening's source: a quarter of an hour after the close.
    ["2026-11-18T15:44:59", BOTH, "-1 11-17T15:45"],
    ["2026-11-18T15:45:00", BOTH, "0 11-18T15:45"],
    ["2026-11-18T15:45:00", EVENING, "0 11-18T15:45"],
    // The exam day closes an hour later.
    ["2026-11-19T16:44:59", BOTH, "0 11-18T15:45"],
    ["2026-11-19T16:45:00", BOTH, "1 11-19T16:45"],
    // With a morning's source alone: at 08:15 of the next session.
    ["2026-11-18T18:50:00", MORNING, "-1 11-18T08:15"],
    ["2026-11-19T08:14:59", MORNING, "-1 11-18T08:15"],
    ["2026-11-19T08:15:00", MORNING, "0 11-19T08:15"],
    // Over a weekend.
    ["2026-11-22T12:00:00", MORNING, "1 11-20T08:15"],
    ["2026-11-23T08:15:00", MORNING, "2 11-23T08:15"],
  ] as const)("[JB30] at %s with %j: %s", ([time, plan, expected], { expect }) => {
    expect(due(time, plan)).toBe(expected);
  });

  it("[JB30] a day that turned out to be none is never due, and no morning of another session", ({
    expect,
  }) => {
    expect(due("2026-11-18T20:00:00", BOTH, [WEDNESDAY])).toBe("-1 11-17T15:45");
    expect(due("2026-11-18T20:00:00", MORNING, [WEDNESDAY])).toBe("-2 11-17T08:15");
    expect(due("2026-11-19T08:15:00", MORNING, [WEDNESDAY])).toBe("-1 11-19T08:15");
    expect(due("2026-11-18T20:00:00", { evening: false, morning: false })).toBeNull();
    expect(due("2031-02-10T20:00:00", BOTH)).toBeNull();
  });

  it("[JB30] is the newest one that has come due, whatever the time and the days off", ({ expect }) => {
    const first = dayOf("2026-01-05");
    fc.assert(
      fc.property(
        fc.integer({ min: 20 * 1_440, max: 350 * 1_440 }),
        fc.uniqueArray(fc.integer({ min: 0, max: 350 }), { maxLength: 20 }),
        fc.constantFrom(BOTH, MORNING, EVENING),
        (minute, days, plan) => {
          const now = midnightOf(first) + minute * 60_000;
          const off = days.map((day) => tradingDayOf(first + day));
          const found = dueSession(plan, now, without(off));
          const isOpen = (day: number): boolean =>
            calendarDay(tradingDayOf(day)).kind === "session" && !off.some((one) => one === day);
          expect(found !== null && isOpen(found.day) && found.at <= now).toBe(true);
          // Every later session is still to come by each of its ways.
          for (let day = (found?.day ?? 0) + 1; day <= tradingDayAt(now); day++) {
            const known = calendarDay(tradingDayOf(day));
            if (known.kind === "session" && isOpen(day)) {
              expect(plan.evening && known.closesAt + 15 * 60_000 <= now).toBe(false);
              const mornings = Array.from({ length: 15 }, (_, n) => day + 1 + n).find(isOpen) ?? day + DAY_MS;
              expect(plan.morning && midnightOf(tradingDayOf(mornings)) + 8.25 * 3_600_000 <= now).toBe(
                false,
              );
            }
          }
        },
      ),
      { seed: 30, numRuns: 300 },
    );
  });
});

describe("a missing scan", () => {
  const step: StepReport = {
    kind: "evening_snapshot",
    day: WEDNESDAY,
    status: "failed",
    text: "KIS failed to give quotes: no answer",
    at: at("2026-11-18T15:55:00"),
  };

  it("[JB31] names its session, the outcome of its step, and the morning that takes over", async ({
    expect,
  }) => {
    const runs = [
      makeRun({
        status: "skipped",
        asOf: null,
        reason: "no_new_session: 2026-11-17",
        startedAt: at("2026-11-18T18:20:00"),
      }),
      makeRun({
        status: "failed",
        asOf: null,
        reason: "evening_snapshot 2026-11-18: failed, x",
        startedAt: at("2026-11-18T15:55:00"),
      }),
      done(TUESDAY, "2026-11-18T08:06:00"),
    ];
    const { missing } = stage({ plan: BOTH, lastDay: TUESDAY, runs, steps: [step] });
    expect(await missing("2026-11-18T15:44:00")).toBeNull();
    expect(await missing("2026-11-18T19:00:00")).toEqual({
      day: WEDNESDAY,
      at: at("2026-11-18T15:45:00"),
      hasRows: false,
      outcome: step,
      refused: null,
      next: { kind: "official_day", day: WEDNESDAY, at: at("2026-11-19T08:05:00") },
    });
  });

  it("[JB31] a morning that the vendor takes off brings nothing: the session is asked for on the next one", async ({
    expect,
  }) => {
    const statedDays = [{ day: dayOf("2026-11-19"), isSession: false }];
    const { missing } = stage({ plan: BOTH, lastDay: TUESDAY, runs: [], statedDays });
    const next = { kind: "official_day", day: WEDNESDAY, at: at("2026-11-20T08:05:00") };
    expect((await missing("2026-11-18T20:00:00"))?.next).toEqual(next);
  });

  it("[JB34] a session that the vendor opens against the calendar is overdue as every other one, and brings a morning", async ({
    expect,
  }) => {
    const holiday = dayOf("2026-12-25");
    const before = dayOf("2026-12-24");
    const opened = [{ day: holiday, isSession: true }];
    const runs = [done(before, "2026-12-24T15:36:00")];
    const known = stage({ plan: BOTH, lastDay: before, runs });
    expect(await known.missing("2026-12-25T19:00:00")).toBeNull();
    const evening = stage({ plan: BOTH, lastDay: before, runs, statedDays: opened });
    expect(await evening.missing("2026-12-25T15:44:59")).toBeNull();
    expect(await evening.missing("2026-12-25T15:45:00")).toMatchObject({
      day: holiday,
      at: at("2026-12-25T15:45:00"),
    });
    const morning = stage({ plan: MORNING, lastDay: before, runs: [], statedDays: opened });
    expect(await morning.missing("2026-12-25T08:15:00")).toMatchObject({ day: before });
    // A step may find out that the vendor's calendar was wrong.
    const none = stage({ plan: BOTH, lastDay: before, runs, statedDays: opened, daysOff: [holiday] });
    expect(await none.missing("2026-12-25T19:00:00")).toBeNull();
  });

  it.for([
    // The window of the evening goes on, then the morning takes over, and each later morning.
    ["2026-11-18T15:46:00", BOTH, "evening_snapshot 11-18T15:55"],
    ["2026-11-18T15:56:00", BOTH, "official_day 11-19T08:05"],
    ["2026-11-19T09:56:00", BOTH, "official_day 11-20T08:05"],
    ["2026-11-19T08:16:00", MORNING, "official_day 11-19T08:25"],
    // Nothing brings it any more.
    ["2026-11-18T15:56:00", EVENING, null],
  ] as const)("[JB31] at %s with %j it is asked for next: %s", async ([time, plan, expected], { expect }) => {
    const { missing } = stage({ plan, lastDay: TUESDAY, runs: [done(TUESDAY, "2026-11-18T08:06:00")] });
    const next = (await missing(time))?.next;
    expect(next ? `${next.kind} ${new Date(next.at + 9 * 3_600_000).toISOString().slice(5, 16)}` : null).toBe(
      expected,
    );
  });

  it("[JB30] is none once its session is judged, also provisionally, nor without bars, nor while the past comes", async ({
    expect,
  }) => {
    const judged = stage({ plan: BOTH, lastDay: WEDNESDAY, runs: [done(WEDNESDAY, "2026-11-18T15:36:00")] });
    expect(await judged.missing("2026-11-18T19:00:00")).toBeNull();
    const old = stage({ plan: BOTH, lastDay: TUESDAY, runs: [done(TUESDAY, "2026-11-18T19:00:00")] });
    expect((await old.missing("2026-11-18T19:30:00"))?.day).toBe(WEDNESDAY);
    old.book.past = {
      status: "running",
      sessions: 3,
      counts: "sessions",
      inPart: [],
      wanted: 400,
      fetched: 3,
      next: TUESDAY,
      holidays: [],
      startedAt: 0,
      leftMs: null,
      reason: null,
    };
    expect(await old.missing("2026-11-18T19:30:00")).toBeNull();
    old.book.past = null;
    old.book.columns.clear();
    expect(await old.missing("2026-11-18T19:30:00")).toBeNull();
  });

  it("[JB31] with its rows there it names why the scan was refused, past the rows of later steps", async ({
    expect,
  }) => {
    const runs = [
      makeRun({
        status: "skipped",
        asOf: null,
        reason: "evening_snapshot 2026-11-18: not_ready, x",
        startedAt: at("2026-11-18T15:55:00"),
      }),
      makeRun({
        status: "skipped",
        asOf: null,
        reason: "jump: 9 of 40",
        startedAt: at("2026-11-18T15:36:00"),
      }),
      done(TUESDAY, "2026-11-18T08:06:00"),
    ];
    const { missing, watch } = stage({ plan: BOTH, lastDay: WEDNESDAY, runs, steps: [step] });
    expect(await missing("2026-11-18T19:00:00")).toMatchObject({
      hasRows: true,
      outcome: null,
      refused: { status: "skipped", reason: "jump: 9 of 40" },
      next: null,
    });
    expect(await watch("2026-11-18T19:05:00")).toBe(0);
  });

  it("[JB31] the watch begins it where the rows are there and nothing refused them, and waits for rows otherwise", async ({
    expect,
  }) => {
    const before = [done(TUESDAY, "2026-11-18T08:06:00")];
    const away = stage({ plan: BOTH, lastDay: TUESDAY, runs: before });
    expect(await away.watch("2026-11-18T19:05:00")).toBe(0);
    const there = stage({ plan: BOTH, lastDay: WEDNESDAY, runs: before });
    expect(await there.watch("2026-11-18T15:35:00")).toBe(0);
    expect(await there.watch("2026-11-18T19:05:00")).toBe(1);
    const failed = makeRun({ status: "failed", asOf: null, startedAt: at("2026-11-18T18:50:00") });
    const again = stage({ plan: BOTH, lastDay: WEDNESDAY, runs: [failed, ...before] });
    expect(await again.watch("2026-11-18T19:05:00")).toBe(0);
    expect(await again.watch("2026-11-18T19:25:00")).toBe(1);
  });

  it("[JB32] at 18:20 what came in by itself and was judged leaves no further row", async ({ expect }) => {
    const runs = [done(WEDNESDAY, "2026-11-18T15:36:00")];
    const judged = stage({ plan: BOTH, lastDay: WEDNESDAY, runs });
    expect(await judged.evening()).toBe(0);
    judged.book.changed = { due: { from: TUESDAY, sessions: [TUESDAY] }, left: null };
    expect(await judged.evening()).toBe(1);
    const newer = stage({ plan: MORNING, lastDay: WEDNESDAY, runs: [done(TUESDAY, "2026-11-18T08:06:00")] });
    expect(await newer.evening()).toBe(1);
    const byHand = stage({ plan: { evening: false, morning: false }, lastDay: WEDNESDAY, runs });
    expect(await byHand.evening()).toBe(1);
    judged.book.marketStatus = () => Promise.reject(new Error("away"));
    expect(await judged.evening()).toBe(2);
  });
});
