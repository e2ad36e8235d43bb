/** Builds the daily rows of a share with one volatility contraction base, so that a test knows which base must be found. */
import { assert } from "../../core/assert.ts";
import type { Row } from "../../core/bars/columns.ts";
import { tickDown, tickUp } from "../../core/bars/tick-size.ts";
import {
  parseTradingDay,
  type TradingDay,
  tradingDayOf,
  weekdayOf,
} from "../../core/calendar/trading-day.ts";
import { makeRandom } from "../chance/random.ts";

/** One contraction: how far it falls from its high (a fraction) and how long the fall and the recovery take. */
export interface LegShape {
  readonly depth: number;
  readonly fall: number;
  readonly rise: number;
  /** Mean volume of the leg against the volume of the advance. */
  readonly volume: number;
}

export interface BaseShape {
  /** Quiet bars before the advance, bars of the advance, and its gain as a fraction. */
  readonly quiet: number;
  readonly advance: number;
  readonly gain: number;
  /** The base's highest close, in won. */
  readonly high: number;
  readonly legs: readonly LegShape[];
  /** Each recovery ends this far below the high before it, a fraction. */
  readonly slip: number;
  /** The last close against the last leg's high: -0.02 is 2 % below the pivot. */
  readonly last: number;
  /** Bars at the last close after the last recovery. */
  readonly shelf?: number;
  readonly volume: number;
  /** Half of a bar's height against its close. */
  readonly range: number;
  readonly seed: number;
}

/** 25 %, 12 %, 6 % on falling volume after an advance of 60 %: 287 bars, of which the base is the last 67. */
export const TEXTBOOK_BASE: BaseShape = {
  quiet: 20,
  advance: 200,
  gain: 0.6,
  high: 60_000,
  legs: [
    { depth: 0.25, fall: 14, rise: 12, volume: 0.9 },
    { depth: 0.12, fall: 12, rise: 11, volume: 0.55 },
    { depth: 0.06, fall: 9, rise: 8, volume: 0.3 },
  ],
  slip: 0.01,
  last: -0.02,
  volume: 400_000,
  range: 0.006,
  seed: 7,
};

interface Knot {
  readonly close: number;
  readonly volume: number;
}

/** Points from `from` (left out) to `to` in equal ratios. */
function glide(from: number, to: number, bars: number, volume: number): Knot[] {
  return Array.from({ length: bars }, (_, i) => ({
    close: from * (to / from) ** ((i + 1) / bars),
    volume,
  }));
}

/** The path of closes that the description asks for. Depths are from the high of one bar to the low of another. */
function pathOf(shape: BaseShape): Knot[] {
  const start = shape.high / (1 + shape.gain);
  const path = [
    ...glide(start * 0.98, start, shape.quiet, shape.volume * 0.8),
    ...glide(start, shape.high, shape.advance, shape.volume),
  ];
  let top = shape.high;
  for (const [i, leg] of shape.legs.entries()) {
    const final = i === shape.legs.length - 1;
    const bottom = (top * (1 + shape.range) * (1 - leg.depth)) / (1 - shape.range);
    const next = top * (1 - shape.slip);
    path.push(...glide(top, bottom, leg.fall, shape.volume * leg.volume));
    const end = final ? top * (1 + shape.range) * (1 + shape.last) : next;
    path.push(...glide(bottom, end, leg.rise, shape.volume * leg.volume * 0.75));
    top = next;
  }
  const end = path.at(-1);
  assert(end !== undefined, "A base has bars");
  return [...path, ...Array.from({ length: shape.shelf ?? 0 }, () => end)];
}

/** Weekdays, oldest first, the last one on or before `last`. */
export function weekdaysUntil(last: TradingDay, count: number): TradingDay[] {
  const days: TradingDay[] = [];
  for (let day = last; days.length < count; day = tradingDayOf(day - 1)) {
    if (weekdayOf(day) !== 0 && weekdayOf(day) !== 6) {
      days.push(day);
    }
  }
  return days.toReversed();
}

/** The day on which every constructed market ends unless a test sets another: a Friday. */
export const LAST_DAY = ((): TradingDay => {
  const day = parseTradingDay("2025-06-13");
  assert(day !== null, "The constant date is a date");
  return day;
})();

/** Rows on the KRX price grid. Equal descriptions give equal rows. */
export function buildBase(shape: BaseShape, last: TradingDay = LAST_DAY): Row[] {
  const path = pathOf(shape);
  const days = weekdaysUntil(last, path.length);
  const random = makeRandom(shape.seed);
  let previous = path[0]?.close ?? shape.high;
  return path.map((knot, i) => {
    const day = days[i];
    assert(day !== undefined, "There is a weekday for every bar");
    const close = tickDown(knot.close, "krx");
    const open = tickDown((previous + close) / 2, "krx");
    previous = close;
    return {
      day,
      open,
      high: tickUp(Math.max(open, close, knot.close * (1 + shape.range)), "krx"),
      low: tickDown(Math.min(open, close, knot.close * (1 - shape.range)), "krx"),
      close,
      volume: Math.round(knot.volume * (0.9 + 0.2 * random())),
      value: null,
      shares: null,
      base: null,
    };
  });
}
