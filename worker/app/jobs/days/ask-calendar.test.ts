import { describe, it } from "vitest";
import { type TradingDay, tradingDayOf } from "../../../core/calendar/trading-day.ts";
import { dayOf } from "../../../testing/builders/signal-builder.ts";
import type { SessionOracle } from "../../ports/market-sources.ts";
import { askCalendar, type StatedDaysStore } from "./ask-calendar.ts";
import { isCalendarSession, type StatedDays } from "./session-days.ts";

const TODAY = dayOf("2026-09-14");

class Stated implements StatedDaysStore {
  days = new Map<number, boolean>();

  all(): StatedDays {
    return this.days;
  }

  replace(from: TradingDay, to: TradingDay, days: StatedDays): void {
    this.days = new Map([...[...this.days].filter(([day]) => day < from || day > to), ...days]);
  }
}

/** The calendar's own days from today on, but for those in `but`. */
function oracleOf(but: Readonly<Record<string, boolean>>, days = 60): SessionOracle {
  const differing = new Map(Object.entries(but).map(([day, isOpen]) => [Number(dayOf(day)), isOpen]));
  return {
    id: "kis",
    sessions: () =>
      Promise.resolve({
        status: "ok",
        at: 0,
        value: new Map(
          Array.from({ length: days }, (_, n) => {
            const day = tradingDayOf(TODAY + n);
            return [day, differing.get(day) ?? isCalendarSession(day) === true];
          }),
        ),
      }),
  };
}

describe("a vendor's calendar", () => {
  it("[DK7] is stated where it differs, once for each difference, and again when it is taken back", async ({
    expect,
  }) => {
    const stated = new Stated();
    const ask = async (but: Readonly<Record<string, boolean>>): Promise<unknown> =>
      askCalendar(TODAY, { oracle: oracleOf(but), stated });
    expect(await ask({})).toMatchObject({ isKnown: true, text: "60 days as the calendar has them" });
    const differing = { "2026-10-14": false, "2026-09-24": true };
    expect(await ask(differing)).toMatchObject({
      status: "stored",
      moved: false,
      isKnown: false,
      text: "2026-09-24 is a session for kis, 2026-10-14 is no session for kis",
    });
    expect(await ask(differing)).toMatchObject({ isKnown: true });
    expect(await ask({ "2026-10-14": false })).toMatchObject({ isKnown: false });
    expect([...stated.all()]).toEqual([[dayOf("2026-10-14"), false]]);
    expect(await ask({})).toMatchObject({ isKnown: false });
    expect(stated.all().size).toBe(0);
  });

  it("[DK7] with more than twenty differences is another calendar, and none of it is taken", async ({
    expect,
  }) => {
    const stated = new Stated();
    const oracle: SessionOracle = {
      id: "kis",
      sessions: () =>
        Promise.resolve({
          status: "ok",
          at: 0,
          value: new Map(Array.from({ length: 60 }, (_, n) => [tradingDayOf(TODAY + n), false])),
        }),
    };
    expect(await askCalendar(TODAY, { oracle, stated })).toMatchObject({ status: "failed" });
    expect(stated.all().size).toBe(0);
  });

  it("[DK7] that does not answer changes nothing", async ({ expect }) => {
    const stated = new Stated();
    stated.days.set(dayOf("2026-10-14"), false);
    const oracle: SessionOracle = {
      id: "kis",
      sessions: () => Promise.resolve({ status: "denied", why: "bad_key", subject: "KIS_APP_KEY" }),
    };
    expect(await askCalendar(TODAY, { oracle, stated })).toMatchObject({ status: "denied" });
    expect(stated.all().size).toBe(1);
  });
});
