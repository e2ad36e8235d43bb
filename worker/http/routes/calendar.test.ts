/** The calendar of KRX by its table of holidays, and of the demo by its own clock. */
import * as v from "valibot";
import { describe, it } from "vitest";
import { columnsOf } from "../../core/bars/columns.ts";
import { CalendarBody } from "../../protocol/rest/calendar.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { makeMemoryPorts } from "../../testing/memory/memory-ports.ts";
import { ask } from "../../testing/stage/ask.ts";
import { makeApp } from "../app.ts";

describe("/api/kr/calendar", () => {
  const ports = makeMemoryPorts();
  const prices = { open: 50_000, high: 50_010, low: 49_990, close: 50_000, volume: 100 };
  const row = { day: dayOf("2025-05-16"), ...prices, value: null, shares: null, base: null };
  ports.books.DEMO.columns.set("D00001", columnsOf([row]));

  const calendarAt = async (time: string, query = "?exchange=KRX"): Promise<CalendarBody> => {
    const app = makeApp({ ...ports, clock: { now: () => Date.parse(`${time}+09:00`) } });
    const { status, json } = await ask(app, `/api/kr/calendar${query}`);
    return v.parse(CalendarBody, status === 200 ? json : null);
  };

  it.for([
    ["2026-11-19T09:30", "before_open", "2026-11-19T10:00:00.000+09:00"],
    ["2026-11-19T16:29", "open", "2026-11-20T09:00:00.000+09:00"],
    ["2026-11-19T16:30", "after_close", "2026-11-20T09:00:00.000+09:00"],
    ["2026-12-25T12:00", "holiday", "2026-12-28T09:00:00.000+09:00"],
    ["2026-11-21T12:00", "weekend", "2026-11-23T09:00:00.000+09:00"],
    ["2027-12-31T12:00", "holiday", "2028-01-03T10:00:00.000+09:00"],
    ["2030-12-31T12:00", "holiday", null],
    ["2031-01-02T12:00", "unknown", null],
  ] as const)("[RT20] is at %s %s, the next opening %s", async ([time, state, opens], { expect }) => {
    const { session, next_open: next, note, covers } = await calendarAt(time);
    expect([session.date, session.state, next?.at ?? null]).toEqual([time.slice(0, 10), state, opens]);
    expect(note === null).toBe(next !== null);
    expect(session.opens_at === null).toBe(!["before_open", "open", "after_close"].includes(state));
    expect(covers).toEqual({ first: "2023-01-01", last: "2030-12-31" });
  });

  it("[RT20] names the closed days of this year and later, and how sure each is", async ({ expect }) => {
    const { holidays } = await calendarAt("2026-11-23T12:00");
    expect(holidays).toHaveLength(17 + 16 + 3 * 17);
    expect(holidays[9]).toEqual({
      date: "2026-07-17",
      en: "Constitution Day",
      ko: "제헌절",
      confidence: "announced",
    });
    expect(holidays.at(-1)).toMatchObject({ date: "2030-12-31", confidence: "derived" });
  });

  it("[RT20a] leaves the demo to its own clock, with a note", async ({ expect }) => {
    const {
      exchange,
      session,
      next_open: next,
      last_session: last,
      note,
    } = await calendarAt("2026-11-23T12:00", "");
    expect([exchange, session.state, session.date, next, last]).toEqual([
      "DEMO",
      "unknown",
      null,
      null,
      "2025-05-16",
    ]);
    expect(note).toContain("own clock");
  });
});
