import { describe, it } from "vitest";
import { assert } from "../assert.ts";
import { calendarDay } from "../calendar/krx-calendar.ts";
import { midnightOf, parseTradingDay } from "../calendar/trading-day.ts";
import { marketPhase, type MarketPhase } from "./market-phase.ts";

/** The phase at `09:30:00` of a day with a session. */
function phaseAt(date: string, time: string): MarketPhase {
  const day = parseTradingDay(date);
  const known = day === null ? null : calendarDay(day);
  assert(known?.kind === "session", `${date} has a session`);
  const [hours = 0, minutes = 0, seconds = 0] = time.split(":").map(Number);
  return marketPhase(known, midnightOf(known.day) + ((hours * 60 + minutes) * 60 + seconds) * 1_000);
}

describe("the phases of a day", () => {
  it.for<[string, string, MarketPhase]>([
    ["2026-09-16", "08:29:59", "closed"],
    ["2026-09-16", "08:30:00", "opening_auction"],
    ["2026-09-16", "08:59:59", "opening_auction"],
    ["2026-09-16", "09:00:00", "open"],
    ["2026-09-16", "15:19:59", "open"],
    ["2026-09-16", "15:20:00", "closing_auction"],
    ["2026-09-16", "15:31:59", "closing_auction"],
    ["2026-09-16", "15:32:00", "closed"],
    ["2026-09-16", "15:59:59", "closed"],
    ["2026-09-16", "16:00:00", "after_market"],
    ["2026-09-16", "19:59:59", "after_market"],
    ["2026-09-16", "20:00:00", "closed"],
    // Before there was an after-market.
    ["2026-09-11", "16:00:00", "closed"],
    // The day of the entrance exam, and the first session of a year.
    ["2026-11-19", "09:30:00", "opening_auction"],
    ["2026-11-19", "15:25:00", "open"],
    ["2026-11-19", "16:25:00", "closing_auction"],
    ["2026-11-19", "16:59:59", "closed"],
    ["2026-11-19", "17:00:00", "after_market"],
    ["2027-01-04", "09:59:59", "opening_auction"],
    ["2027-01-04", "10:00:00", "open"],
    ["2027-01-04", "15:20:00", "closing_auction"],
  ])("[CA4] are those of %s: %s %s", ([date, time, phase], { expect }) => {
    expect(phaseAt(date, time)).toBe(phase);
  });
});
