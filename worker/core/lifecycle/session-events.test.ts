import { describe, it } from "vitest";
import { session } from "../../testing/builders/life-builder.ts";
import { columnsOf, type Row } from "../bars/columns.ts";
import type { Notice } from "../instrument/instrument.ts";
import { type LifeSessions, lifeSessions } from "./session-events.ts";
import { PARAMS } from "../params.ts";

/** Sixty quiet days up to session 0. */
const QUIET = Array.from({ length: 60 }, (_, k) => row(k - 59));

function row(n: number, overrides: Partial<Row> = {}): Row {
  const price = { open: 1_000, high: 1_010, low: 990, close: 1_000 };
  return { day: session(n), ...price, volume: 100, value: null, shares: null, base: null, ...overrides };
}

/** As KRX publishes it: no prices but the carried close. */
function halted(n: number): Row {
  return row(n, { open: 0, high: 0, low: 0, volume: 0 });
}

/** The events of the sessions after session `since`, when sessions -59 to `last` were held. */
function eventsOf(rows: readonly Row[], last: number, notice: Notice | null = null, since = 0): LifeSessions {
  const sessions = Array.from({ length: last + 60 }, (_, k) => session(k - 59));
  return lifeSessions(columnsOf([...QUIET, ...rows]), sessions, session(since), notice, PARAMS);
}

describe("the sessions of a signal", () => {
  it("[LC1] gives each session after the last applied one its event, oldest first", ({ expect }) => {
    const { events, today } = eventsOf([row(1), row(2, { close: 1_005 }), halted(3), row(4)], 4);
    expect(events.map(({ type, day }) => [type, day - session(0)])).toEqual([
      ["bar", 1],
      ["bar", 2],
      ["halt", 3],
      ["bar", 4],
    ]);
    expect(events[1]).toMatchObject({ bar: { high: 1_010, low: 990, close: 1_005, locked: false } });
    expect(today).toEqual(events[3]?.type === "bar" ? events[3].bar : null);
  });

  it("[LC1] has no event after the last session, and still its bar", ({ expect }) => {
    expect(eventsOf([row(1)], 1, null, 1)).toEqual({ events: [], today: null });
    expect(eventsOf([row(1)], 1, null, 0).today).toMatchObject({ close: 1_000 });
  });

  it("[LC1] sees only the rows up to the last session", ({ expect }) => {
    expect(eventsOf([row(1), row(2, { close: 5_000 })], 1)).toEqual(eventsOf([row(1)], 1));
  });

  it("[LCR22] gives a corporate action before its session's bar, and every bar at the prices of its own day", ({
    expect,
  }) => {
    const fifth = { open: 200, high: 202, low: 198, close: 200, volume: 500 };
    const rows = [row(1, { close: 1_005 }), row(2, { ...fifth, base: 201 }), row(3, fifth)];
    const { events } = eventsOf(rows, 3);
    expect(events).toMatchObject([
      { type: "bar", day: session(1), bar: { high: 1_010, low: 990, close: 1_005 } },
      { type: "action", day: session(2), factor: 0.2 },
      { type: "bar", day: session(2), bar: { high: 202, low: 198, close: 200 } },
      { type: "bar", day: session(3), bar: { high: 202 } },
    ]);
    // Five shares for one: what trades five times as many shares trades as much as before.
    expect(events.flatMap((event) => (event.type === "bar" ? event.bar.volumeRatio : []))).toEqual([1, 1, 1]);
    // The same day by day or together.
    expect(eventsOf(rows, 3, null, 1).events).toEqual(events.slice(1));
    expect([...eventsOf(rows.slice(0, 2), 2).events, ...eventsOf(rows, 3, null, 2).events]).toEqual(events);
  });

  it("[LCR22] gives an action also in a session without trade", ({ expect }) => {
    const { events } = eventsOf([halted(1), { ...halted(2), base: 500, close: 500 }], 2);
    expect(events.map(({ type }) => type)).toEqual(["halt", "action", "halt"]);
  });

  it("[LCR2] reads a halt from the row, and a notice in force on the last session", ({ expect }) => {
    expect(eventsOf([halted(1)], 1)).toEqual({
      events: [{ type: "halt", day: session(1), cause: "halted" }],
      today: null,
    });
    for (const notice of ["administration", "liquidation"] as const) {
      const { events, today } = eventsOf([row(1), row(2)], 2, notice);
      expect(events).toMatchObject([{ type: "bar" }, { type: "halt", cause: notice }]);
      expect(today).toBeNull();
    }
    expect(eventsOf([row(1)], 1, "caution").events).toMatchObject([{ type: "bar" }]);
  });

  it("[LCR5] takes a missing last row for a delisting, and an earlier gap for a gap", ({ expect }) => {
    const gone = eventsOf([row(1)], 2);
    expect(gone.events.map(({ type }) => type)).toEqual(["bar", "no_row"]);
    expect(gone.events[1]?.day).toBe(session(2));
    expect(gone.today).toBeNull();
    expect(eventsOf([row(1), row(3)], 3).events.map(({ type }) => type)).toEqual(["bar", "bar"]);
    expect(eventsOf([], 0).events).toEqual([]);
  });

  it.for([
    [149.9, false],
    [150, true],
  ] as const)(
    "[LCR13] a volume of %f after fifty of 100 is breakout volume: %s",
    ([volume, heavy], { expect }) => {
      const { today } = eventsOf([row(1, { volume })], 1);
      expect((today?.volumeRatio ?? 0) >= PARAMS.life.breakoutVolume).toBe(heavy);
    },
  );

  it("[LCR13] measures against the fifty bars before, without halts and without the day itself", ({
    expect,
  }) => {
    const rows = [row(1, { volume: 100 }), halted(2), row(3, { volume: 300 })];
    expect(eventsOf(rows, 3).today?.volumeRatio).toBe(3);
  });

  it.for([
    [1_290, 1_290, true],
    [1_289, 1_289, false],
    [1_290, 1_280, false],
    [710, 710, false],
  ] as const)("[LC4] close %i, low %i after 1,000: locked %s", ([close, low, locked], { expect }) => {
    const { today } = eventsOf([row(1, { open: close, high: close, low, close })], 1);
    expect(today?.locked).toBe(locked);
  });

  it("[LC4] judges prices as they are adjusted: a split is no fall and no lock", ({ expect }) => {
    // One share into two: the exchange's base price is half of the close before.
    const split = row(1, { open: 500, high: 500, low: 500, close: 500, base: 500 });
    expect(eventsOf([split], 1).today).toMatchObject({ close: 500, locked: false });
    const reverse = row(1, { open: 2_000, high: 2_000, low: 2_000, close: 2_000, base: 2_000 });
    expect(eventsOf([reverse], 1).today).toMatchObject({ close: 2_000, locked: false });
  });
});
