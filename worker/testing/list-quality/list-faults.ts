/**
 * What no listing may be, and what no list may do from one evening to the next. Read from the bars themselves and not by the
 * detector's measures, so that a rule that measures wrongly is seen.
 */
import type { PatternTime } from "../../core/bars/pattern-time.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import { isPreTrigger, type Signal } from "../../core/lifecycle/signal.ts";
import type { Contraction } from "../../core/vcp/verdict.ts";
import type { ListedDay, Listing } from "./listed-days.ts";

/** Prices of one bar may differ in their last digits when several corporate actions lie between. */
const SAME = 1 + 1e-9;

/** Bars left of H_1 in which a higher high would be hidden supply, and how much higher it must stand. */
const HIDDEN = { bars: 60, over: 1.03 };
/** A pump: a rise above 40 % in the ten bars to H_1. */
const PUMP = { bars: 10, rise: 1.4 };
/** A panic: a fifth lost within three bars, and nine tenths of that made good within three more. */
const PANIC = { bars: 3, left: 0.8, regained: 0.9 };

/** The bar of a day. */
function placeOf(bars: PatternTime, day: TradingDay | undefined): number {
  return day === undefined ? -1 : (bars.indexOf(day) ?? -1);
}

function firstOf({ base }: Signal): Contraction | undefined {
  return base.contractions[0];
}

function lastOf({ base }: Signal): Contraction | undefined {
  return base.contractions.at(-1);
}

/** A price stood above the pivot since H_T. */
export function isTradedThrough({ signal, bars }: Listing): boolean {
  const from = placeOf(bars, lastOf(signal)?.highDay);
  return bars.highestHigh(from + 1, bars.last) > signal.base.pivot * SAME;
}

/** A high of the bars left of H_1 stands more than 3 % above the base. */
export function hasHiddenHigh({ signal, bars }: Listing): boolean {
  const from = placeOf(bars, firstOf(signal)?.highDay);
  const top = bars.highestHigh(from, bars.last);
  return bars.highestHigh(from - HIDDEN.bars, from - 1) > HIDDEN.over * top * SAME;
}

export function hasShortLastLeg({ signal, bars }: Listing): boolean {
  const last = lastOf(signal);
  return placeOf(bars, last?.lowDay) - placeOf(bars, last?.highDay) < 2;
}

export function isPumped({ signal, bars }: Listing): boolean {
  const from = placeOf(bars, firstOf(signal)?.highDay);
  return (bars.high[from] ?? 0) > PUMP.rise * bars.lowestLow(from - PUMP.bars, from - 1) * SAME;
}

export function hasPanic({ signal, bars }: Listing): boolean {
  const { high, low, last } = bars;
  for (let top = placeOf(bars, firstOf(signal)?.highDay); top <= last; top++) {
    for (let bottom = top + 1; bottom <= Math.min(last, top + PANIC.bars); bottom++) {
      const [from, to] = [high[top] ?? 0, low[bottom] ?? 0];
      const back = to + PANIC.regained * (from - to);
      if (
        to <= PANIC.left * from &&
        bars.highestHigh(bottom + 1, Math.min(last, bottom + PANIC.bars)) >= back
      ) {
        return true;
      }
    }
  }
  return false;
}

/** A share that was listed before its trigger on two evenings in a row. */
export interface Pair {
  readonly before: Signal;
  readonly after: Listing;
}

function isWaiting({ signal }: Listing): boolean {
  return isPreTrigger(signal.state);
}

/** By ticker, also when another signal has taken the place of the one before. */
export function pairsOf(before: ListedDay, after: ListedDay): readonly Pair[] {
  const known = new Map(before.listed.filter(isWaiting).map(({ signal }) => [signal.ticker, signal]));
  return after.listed.filter(isWaiting).flatMap((listing) => {
    const earlier = known.get(listing.signal.ticker);
    return earlier === undefined ? [] : [{ before: earlier, after: listing }];
  });
}

/** The base is read otherwise, and today's bar made no new high of it, no leg's low and no fall deeper than its last. */
export function flickers({ before, after: { signal, bars } }: Pair): boolean {
  if (readingOf(before) === readingOf(signal)) {
    return false;
  }
  const { last, high, low } = bars;
  const [first, lowest] = [placeOf(bars, lastOf(before)?.highDay), placeOf(bars, lastOf(before)?.lowDay)];
  const [top, today] = [bars.highestHigh(first, last - 1), bars.dayAt(last)];
  const isHigh = (high[last] ?? 0) > top;
  const isLegsLow = signal.base.contractions.some(({ lowDay }) => lowDay === today);
  const isLower = (low[last] ?? 0) < (low[lowest] ?? 0);
  // A fall that is not counted takes the smaller ones inside it away.
  const isDeeper = 1 - (low[last] ?? 0) / top > (lastOf(before)?.depth ?? 1);
  return !isHigh && !isLegsLow && !isLower && !isDeeper;
}

function readingOf(signal: Signal): string {
  const last = lastOf(signal);
  return [firstOf(signal)?.highDay, signal.base.contractions.length, last?.highDay, last?.lowDay].join();
}
