/** PV, CT8: the pivot of a base and what has happened to it, on prices drawn by hand. */
import { describe, it } from "vitest";
import { verdictOn, ALL_LEADERS } from "../../testing/oracle/compare-verdict.ts";
import { drawPath, type Knot } from "../../testing/builders/price-path.ts";
import { randomSeries } from "../../testing/builders/random-series.ts";
import { changedAt, drawnEnd, LAST_BAR, readingOf, THREE } from "../../testing/builders/reading-builder.ts";
import type { Row } from "../bars/columns.ts";
import { PARAMS } from "../params.ts";
import { baseOf } from "./base.ts";

const SOUND = drawPath(THREE);

describe("the pivot", () => {
  it("[PV1] is the highest high from the last contraction's high on", ({ expect }) => {
    const reading = readingOf(SOUND);
    expect(reading.count).toBe(3);
    expect(reading.pivot).toBe(59_000);
    expect(reading.breakout).toBe(-1);
    expect(reading.distance).toBeCloseTo(58_100 / 59_000 - 1, 12);
  });

  it("[PV1] stays where it was when a close of the last five days has left it, today still above", ({
    expect,
  }) => {
    for (const ago of [0, 1, 3]) {
      const left = readingOf(drawnEnd([185 - ago, 58_900], [186 - ago, 59_500], [187, 60_100]));
      expect(left.pivot, `${ago} bars ago`).toBe(59_000);
      expect(left.breakout).toBe(186 - ago);
    }
  });

  it("[PV1] is the higher high when the close above it is older, or has been given back", ({ expect }) => {
    const older = readingOf(drawnEnd([181, 58_900], [182, 59_500], [187, 59_400]));
    expect(older.pivot).toBe(59_500);
    expect(older.breakout).toBe(-1);
    const back = readingOf(drawnEnd([184, 58_900], [185, 59_500], [187, 58_500]));
    expect(back.pivot).toBe(59_500);
    expect(back.breakout).toBe(-1);
    // At the pivot is not above it.
    expect(readingOf(drawnEnd([184, 58_900], [185, 59_500], [187, 59_000])).breakout).toBe(-1);
  });

  it("[PV5] is touched by the first higher high after it, and by whether a close stood there", ({
    expect,
  }) => {
    const wick = changedAt(drawnEnd([180, 58_600], [187, 58_800]), {
      182: () => ({ high: 59_050 }),
      184: () => ({ high: 59_100 }),
    });
    const traded = readingOf(wick);
    expect([traded.touched, traded.closedAbove]).toEqual([182, false]);
    expect(traded.pivot).toBe(59_100);
    const closed = readingOf(drawnEnd([180, 58_900], [181, 59_500], [187, 58_800]));
    expect([closed.touched, closed.closedAbove]).toEqual([181, true]);
    // At the same price it is not above.
    const level = readingOf(changedAt(SOUND, { 182: () => ({ high: 59_000 }) }));
    expect(level.touched).toBe(-1);
  });

  it("[PV5] that was broken out of is not touched", ({ expect }) => {
    const wick = changedAt(drawnEnd([184, 58_900], [187, 60_500]), { 182: () => ({ high: 59_200 }) });
    const reading = readingOf(wick);
    expect(reading.breakout).toBeGreaterThan(0);
    expect([reading.touched, reading.closedAbove]).toEqual([-1, false]);
  });

  it("[PV5] is not READY before a contraction begins at the higher high", ({ expect }) => {
    const touched = changedAt(SOUND, { 181: () => ({ high: 59_100 }) });
    const before = verdictOn(SOUND, ALL_LEADERS).base;
    const after = verdictOn(touched, ALL_LEADERS);
    expect([before?.state, before?.touched]).toEqual(["READY", null]);
    expect(after.base).toMatchObject({
      state: "FORMING",
      touched: { day: touched[181]?.day, closed: false },
    });
    expect(after.flags).toContain("touched");
    const again = changedAt(drawnEnd([180, 58_000], [181, 59_100], [187, 57_700], [192, 58_400]), {});
    expect(verdictOn(again, ALL_LEADERS).base).toMatchObject({
      state: "READY",
      touched: null,
      pivot: 59_100,
      contractions: { length: 4 },
    });
  });

  it("[PV4] of a base that the breakout carried out of BS1 is read as of the bar before", ({ expect }) => {
    // 62,000 stands 3.3 % above the base's first high: no start is left as of today.
    const gone = drawnEnd([180, 58_500], [186, 58_700], [187, 60_500], [189, 61_900]);
    const verdict = verdictOn(gone, ALL_LEADERS);
    expect(verdict.base).toMatchObject({
      pivot: 59_000,
      state: "UNCONFIRMED",
      breakout: { day: gone[187]?.day, bars: 2 },
      touched: null,
    });
    expect(verdict.base?.distance).toBeCloseTo(61_900 / 59_000 - 1, 12);
  });

  it("[PV4] is given up five days later, below the pivot, and where no close of a month was exceeded", ({
    expect,
  }) => {
    const left = (days: number, close: number, first = 60_500): unknown =>
      verdictOn(drawnEnd([186, 58_700], [187, first], [187 + days, close]), ALL_LEADERS).valid;
    // Past 61,800 the base has no start as of today; extended is more than 5 % above 59,000.
    expect(left(4, 61_900)).toBe(true);
    expect(left(5, 61_900)).toBe(false);
    const reading = readingOf(drawnEnd([186, 58_700], [187, 60_500], [189, 58_900]), 120, 186);
    expect(reading.isFresh).toBe(false);
    expect(readingOf(drawnEnd([186, 58_700], [187, 60_500], [189, 59_100]), 120, 186).isFresh).toBe(true);
    expect(readingOf(drawnEnd([186, 58_700], [187, 60_500], [189, 61_900]), 120, 187).isFresh).toBe(false);
  });

  it("[PV4] is left by a close above the highs of twenty bars, not of twenty-one", ({ expect }) => {
    // The last contraction began at 59,000, twenty-one bars before the close that left the quiet end.
    const left = drawnEnd([180, 58_500], [185, 58_600], [186, 58_700], [187, 61_900]);
    // Its own low widens the day: as of that one the end is not quiet.
    const rows = changedAt(left, { 186: () => ({ low: 54_000 }) });
    expect(readingOf(rows).lastHigh).toBe(165);
    expect(verdictOn(rows, ALL_LEADERS).base).toMatchObject({
      pivot: 59_000,
      // Bar 186 left the highs of a month and closed below the pivot.
      breakout: { day: rows[187]?.day, bars: 0 },
    });
    const nearer = changedAt(rows, { 166: () => ({ high: 58_900 }) });
    expect(verdictOn(nearer, ALL_LEADERS).base).toBeNull();
  });

  it("[PV4] breaks out on the first bar after that closes above the pivot, not on one that only left the highs of a month", ({
    expect,
  }) => {
    const rows = drawnEnd(
      [180, 58_500],
      [186, 58_600],
      [187, 58_900],
      [188, 59_000],
      [189, 59_400],
      [190, 59_600],
    );
    const reading = readingOf(rows, 120, 186);
    expect(reading.isFresh).toBe(true);
    expect([reading.pivot, reading.breakout]).toEqual([59_000, 189]);
    // Every breakout of walks: the bar that it names closed above the pivot.
    let seen = 0;
    for (let seed = 1; seed < 120; seed++) {
      const walk = randomSeries(seed);
      for (let bars = walk.length - 40; bars <= walk.length; bars += 2) {
        const { base } = verdictOn(walk.slice(0, bars), ALL_LEADERS);
        const close = walk.find(({ day }) => day === base?.breakout?.day)?.close;
        seen += close === undefined ? 0 : 1;
        expect(close ?? Number.POSITIVE_INFINITY).toBeGreaterThan(base?.pivot ?? 0);
      }
    }
    expect(seen).toBeGreaterThan(20);
  });

  it("[PV4] breaks out on the bar after, also when an earlier close had been given back", ({ expect }) => {
    const rows = drawnEnd([180, 58_800], [183, 59_300], [185, 58_700], [186, 58_700], [187, 61_000]);
    const reading = readingOf(rows, 120, 186);
    expect(reading.isFresh).toBe(true);
    expect(reading.breakout).toBe(187);
    expect(reading.touched).toBe(-1);
  });
});

describe("the state", () => {
  const stateIn = (rows: readonly Row[]): string => baseOf(readingOf(rows), "krx", PARAMS).base.state;
  const stateOf = (...end: readonly Knot[]): string => stateIn(drawnEnd(...end));

  it("[CT8] is READY down to 6 % below the pivot, FORMING further down", ({ expect }) => {
    const { distance } = PARAMS.base.ready;
    const at = 59_000 * (1 + distance);
    expect(stateOf([181, at + 20], [187, at])).toBe("READY");
    expect(stateOf([181, at + 20], [187, at - 1])).toBe("FORMING");
  });

  it("[CT8] is FORMING while the low is today's, and in the first bars after the high", ({ expect }) => {
    // The last fall runs until today.
    const running = drawPath([...THREE.slice(0, 7), [173, 57_000]]);
    expect(readingOf(running).count).toBe(3);
    expect(stateIn(running)).toBe("FORMING");
    expect(stateIn(drawPath([...THREE.slice(0, 7), [173, 57_000], [174, 57_100]]))).toBe("READY");
    // Two bars down and one up: the high is three bars old, and the low not today's.
    const rows = drawPath([...THREE.slice(0, 7), [167, 57_200], [168, 57_500]]);
    expect(readingOf(rows).lastHigh).toBe(165);
    expect(stateIn(rows)).toBe("READY");
    const { shelf } = PARAMS.base.ready;
    const older = { ...PARAMS, base: { ...PARAMS.base, ready: { ...PARAMS.base.ready, shelf: shelf + 1 } } };
    expect(shelf).toBe(168 - 165);
    expect(baseOf(readingOf(rows), "krx", older).base.state).toBe("FORMING");
  });

  it("[CT8] above the pivot it is a breakout, at it not yet", ({ expect }) => {
    expect(stateOf([180, 58_700], [186, 58_800], [LAST_BAR + 1, 59_000])).toBe("READY");
    expect(stateOf([180, 58_700], [186, 58_800], [LAST_BAR + 1, 59_001])).toBe("UNCONFIRMED");
  });
});
