import { describe, it } from "vitest";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { ChangedRows } from "../ports/market-book.ts";
import { makeRun } from "../../testing/builders/signal-builder.ts";
import { changedRows, JUDGED_AGAIN } from "./due-correction.ts";
import type { ScanBars } from "./scan-bars.ts";

const day = (n: number): TradingDay => tradingDayOf(20_000 + n);
const days = (...ns: readonly number[]): readonly TradingDay[] => ns.map((n) => day(n));

/** A book with these sessions. */
function barsOn(sessions: readonly TradingDay[]): ScanBars {
  return {
    listings: () => [],
    series: () => null,
    indexSeries: () => null,
    rebased: () => null,
    rowsByDay: () => new Map(sessions.map((session) => [Number(session), 10])),
  };
}

interface Given {
  readonly changed: readonly TradingDay[];
  readonly judged: readonly TradingDay[];
  readonly sessions?: readonly TradingDay[];
  readonly reach?: TradingDay | null;
  readonly asked?: TradingDay;
  /** Sessions that other rules judged. */
  readonly before?: readonly TradingDay[];
}

/** `sessions`: those of the book, the judged ones unless others are given; versions of all of them are kept. */
function due({
  changed,
  judged,
  sessions = judged,
  reach = day(-9_999),
  asked,
  before = [],
}: Given): Promise<ChangedRows> {
  const ledger = {
    judgedSince: (_: string, since: TradingDay) => Promise.resolve(judged.filter((one) => one >= since)),
    reach: () => Promise.resolve(reach),
    doneSince: (_: string, since: TradingDay) =>
      Promise.resolve(
        judged
          .filter((asOf) => asOf >= since)
          .map((asOf) => makeRun(before.includes(asOf) ? { asOf, paramsVersion: "vcp-3" } : { asOf })),
      ),
  };
  return changedRows("KRX", changed, barsOn(sessions), ledger, asked ?? null);
}

describe("what is due", () => {
  const judged = days(1, 2, 3, 4, 5);

  it("[CR1] is the changed session and the judged ones after it", async ({ expect }) => {
    expect(await due({ changed: days(3), judged })).toEqual({
      due: { from: day(3), sessions: days(3, 4, 5) },
      left: null,
    });
    expect(await due({ changed: days(4, 5), judged })).toMatchObject({ due: { from: day(4) } });
    expect(await due({ changed: [], judged })).toEqual({ due: null, left: null });
  });

  it("[CR1] is nothing for a day that nobody has judged, nor for a book that was never scanned", async ({
    expect,
  }) => {
    const sessions = days(1, 2, 3, 4, 5, 6);
    expect(await due({ changed: days(6), judged, sessions })).toEqual({ due: null, left: null });
    expect(await due({ changed: days(3), judged: [], sessions })).toEqual({ due: null, left: null });
  });

  it("[CR1] is the next judged session for a changed day between two, and none that was removed", async ({
    expect,
  }) => {
    const apart = days(1, 3, 5);
    expect(await due({ changed: days(2), judged: apart, sessions: judged })).toMatchObject({
      due: { from: day(2), sessions: days(3, 5) },
    });
    expect(await due({ changed: days(5), judged, sessions: days(1, 2, 3, 4) })).toMatchObject({
      due: { from: day(5), sessions: [] },
    });
  });

  it("[CR1] [LCI6] is no session that other rules judged, nor one before it", async ({ expect }) => {
    const before = days(1, 2, 3);
    const left = { first: day(2), days: 1, possibleFrom: day(4) };
    expect(await due({ changed: days(2, 5), judged, before })).toEqual({
      due: { from: day(5), sessions: days(5) },
      left,
    });
    // The change of a day since is due from that day on, and restores what the other rules left.
    expect(await due({ changed: days(4), judged, before })).toEqual({
      due: { from: day(4), sessions: days(4, 5) },
      left: null,
    });
    expect(await due({ changed: [], asked: day(2), judged, before })).toEqual({ due: null, left });
    const all = { changed: days(2, 5), judged, before: judged };
    expect(await due(all)).toEqual({ due: null, left: { first: day(2), days: 2, possibleFrom: null } });
  });

  const long = Array.from({ length: JUDGED_AGAIN + 5 }, (_, n) => day(n));

  it("[CR1] reaches twenty sessions back; an older change is left, and is due when it is asked for", async ({
    expect,
  }) => {
    const edge = long.length - JUDGED_AGAIN;
    expect(await due({ changed: days(edge), judged: long })).toMatchObject({
      due: { from: day(edge) },
      left: null,
    });
    expect(await due({ changed: days(edge - 1), judged: long, reach: day(-3) })).toEqual({
      due: null,
      left: { first: day(edge - 1), days: 1, possibleFrom: day(-3) },
    });
    expect(await due({ changed: days(1, edge + 2), judged: long })).toMatchObject({
      due: { from: day(edge + 2) },
      left: { first: day(1), days: 1 },
    });
    expect(await due({ changed: [], judged: long, asked: day(1) })).toMatchObject({
      due: { from: day(1), sessions: long.slice(1) },
    });
  });

  it("[CR1] does not reach before the first kept version, whoever asks", async ({ expect }) => {
    expect(await due({ changed: days(3), judged, reach: day(4) })).toEqual({
      due: null,
      left: { first: day(3), days: 1, possibleFrom: day(4) },
    });
    expect(await due({ changed: [], judged, reach: day(4), asked: day(3) })).toMatchObject({ due: null });
    expect(await due({ changed: days(3), judged, reach: null })).toMatchObject({
      due: null,
      left: { possibleFrom: null },
    });
  });
});
