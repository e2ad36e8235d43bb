/** Each thing that no list may do is seen when it is there, and only then. */
import { describe, it } from "vitest";
import type { PatternTime } from "../../core/bars/pattern-time.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { priceOf } from "../../core/nominal.ts";
import type { Contraction } from "../../core/vcp/verdict.ts";
import { barDay, barsOf, timeOf } from "../builders/bar-builder.ts";
import { makeBase, makeSignal } from "../builders/signal-builder.ts";
import {
  flickers,
  hasHiddenHigh,
  hasPanic,
  hasShortLastLeg,
  isPumped,
  isTradedThrough,
  pairsOf,
} from "./list-faults.ts";
import type { ListedDay, Listing } from "./listed-days.ts";

/** 120 bars at 10,000, but for these closes. */
function barsWith(closes: Readonly<Record<number, number>>, count = 120): PatternTime {
  return timeOf(barsOf(count, (k) => ({ close: closes[k] ?? 10_000 })));
}

function leg(bars: PatternTime, high: number, low: number): Contraction {
  const [top, bottom] = [bars.high[high] ?? 0, bars.low[low] ?? 0];
  return {
    highDay: barDay(high),
    high: priceOf(top),
    lowDay: barDay(low),
    low: priceOf(bottom),
    depth: (top - bottom) / top,
    bars: low - high,
    meanVolume: 1,
  };
}

/** The base that falls by these legs, pairs of bars; READY, with the last high as its pivot. */
function listing(bars: PatternTime, ...legs: readonly (readonly [high: number, low: number])[]): Listing {
  const contractions = legs.map(([high, low]) => leg(bars, high, low));
  const pivot = contractions.at(-1)?.high ?? 0;
  return { signal: makeSignal({ base: makeBase({ contractions, pivot }) }), bars };
}

/** H_1 at bar 80, L_1 at 85, H_2 at 95, L_2 at 100. */
const SOUND = { 80: 12_000, 85: 10_500, 90: 11_000, 95: 11_500, 100: 10_800, 110: 11_200 };
const LEGS = [
  [80, 85],
  [95, 100],
] as const;

function sound(changes: Readonly<Record<number, number>> = {}): Listing {
  return listing(barsWith({ ...SOUND, ...changes }), ...LEGS);
}

describe("what no listing may be", () => {
  it.for([
    ["traded through", isTradedThrough, 105, 11_501, 11_500],
    ["a hidden high", hasHiddenHigh, 25, 12_361, 12_359],
    ["a hidden high that is too old", hasHiddenHigh, 19, null, 13_000],
    ["a panic", hasPanic, 88, null, 10_200],
  ] as const)("[LQ2] %s: %s", ([, is, bar, seen, unseen], { expect }) => {
    expect(is(sound())).toBe(false);
    expect(is(sound({ [bar]: unseen }))).toBe(false);
    if (seen !== null) {
      expect(is(sound({ [bar]: seen }))).toBe(true);
    }
  });

  it("[LQ2] a last leg of one bar", ({ expect }) => {
    const bars = barsWith(SOUND);
    expect(hasShortLastLeg(listing(bars, [80, 85], [99, 100]))).toBe(true);
    expect(hasShortLastLeg(listing(bars, [80, 85], [98, 100]))).toBe(false);
  });

  it("[LQ2] a pump counts from the lowest of the ten bars before H_1", ({ expect }) => {
    expect(isPumped(sound({ 71: 8_500 }))).toBe(true);
    expect(isPumped(sound({ 71: 8_600 }))).toBe(false);
    expect(isPumped(sound({ 69: 8_500 }))).toBe(false);
  });

  it("[LQ2] a panic is a fifth within three bars, made good within three more", ({ expect }) => {
    const path = (low: number, back: number, late = 0): Readonly<Record<number, number>> => ({
      101: 12_500,
      102: 12_500,
      103: 12_500,
      104: low,
      105: low,
      [106 + late]: back,
    });
    const high = 12_500 * 0.8;
    expect(hasPanic(sound(path(high, 12_300)))).toBe(true);
    expect(hasPanic(sound(path(high + 10, 12_300)))).toBe(false);
    expect(hasPanic(sound(path(high, 12_200)))).toBe(false);
    expect(hasPanic(sound(path(high, 12_300, 4)))).toBe(false);
  });
});

describe("what no list may do", () => {
  const day = (...listings: readonly Listing[]): ListedDay => ({
    day: tradingDayOf(0),
    rated: 1,
    detected: 0,
    open: [],
    listed: listings,
    missedBy: [],
    endedBy: [],
    ready: [],
  });

  it("[LQ3] compares shares that wait on both evenings, whichever signal they wait by", ({ expect }) => {
    const before = sound();
    const other = { ...sound(), signal: { ...sound().signal, id: makeSignal({ id: "other" }).id } };
    const running = { ...sound(), signal: makeSignal({ state: "CONFIRMED" }) };
    expect(pairsOf(day(before), day(other))).toEqual([{ before: before.signal, after: other }]);
    expect(pairsOf(day(running), day(other))).toEqual([]);
    expect(pairsOf(day(before), day(running))).toEqual([]);
    expect(pairsOf(day(), day(other))).toEqual([]);
  });

  it.for([
    ["no new extreme", 119, 11_000, true],
    ["a new high", 119, 11_600, false],
    ["a low under the last one", 119, 10_700, false],
    ["a fall deeper than the last", 118, 12_500, false],
  ] as const)("[LQ3] another reading after %s flickers: %s", ([, bar, close, expected], { expect }) => {
    const before = sound().signal;
    const bars = barsWith({ ...SOUND, [bar]: close, ...(bar === 118 && { 119: 11_500 }) });
    const same = listing(bars, ...LEGS);
    expect(flickers({ before, after: same })).toBe(false);
    for (const legs of [
      [[80, 85]],
      [[78, 85], LEGS[1]],
      [LEGS[0], [94, 100]],
      [LEGS[0], [95, 101]],
    ] as const) {
      expect(flickers({ before, after: listing(bars, ...legs) })).toBe(expected);
    }
  });

  it("[LQ3] a leg whose low is today's is no flicker", ({ expect }) => {
    const bars = barsWith({ ...SOUND, 119: 10_900 });
    expect(flickers({ before: sound().signal, after: listing(bars, ...LEGS, [110, 119]) })).toBe(false);
  });
});
