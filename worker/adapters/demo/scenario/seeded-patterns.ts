/** The patterns that scenarios complete on a session, as a detector should find them. */
import { type TradingDay, tradingDayOf } from "../../../core/calendar/trading-day.ts";
import { demoDay } from "../demo-days.ts";
import type { Decoy } from "./scenario-designs.ts";
import type { Ending } from "./scenario-fates.ts";
import { swingHigh, swingLow } from "./scenario-row.ts";
import type { Scene } from "./scenarios.ts";

/** A contraction as it was drawn, for the test that the detector finds it. */
export interface SeededLeg {
  readonly highDay: TradingDay;
  readonly high: number;
  readonly lowDay: TradingDay;
  readonly low: number;
}

/** `base` and `decoy` on the session that completes them, `breakout` and `failure` on the session of the fate. */
export interface SeededPattern {
  readonly ticker: string;
  readonly day: TradingDay;
  readonly what: "base" | "breakout" | "failure" | "decoy";
  readonly decoy: Decoy | null;
  readonly ending: Ending | null;
  readonly legs: readonly SeededLeg[];
  readonly pivot: number;
}

function whatOf({ shape, at }: Scene): SeededPattern["what"] | null {
  if (at === shape.fateAt) {
    return shape.fate;
  }
  return at === shape.baseAt ? "base" : null;
}

/** `null` on a session on which nothing is completed. `after` counts sessions behind the last of history. */
export function seededPatternOf(
  scene: Scene,
  anchor: number,
  ticker: string,
  after: number,
): SeededPattern | null {
  const what = whatOf(scene);
  if (what === null) {
    return null;
  }
  const { shape, at } = scene;
  const dayAt = (place: number): TradingDay => tradingDayOf(demoDay(after + place - at));
  return {
    ticker,
    day: demoDay(after),
    what,
    decoy: shape.decoy,
    ending: shape.ending,
    legs: shape.legs.map((leg) => ({
      highDay: dayAt(leg.highAt),
      high: swingHigh(anchor, leg.high),
      lowDay: dayAt(leg.lowAt),
      low: swingLow(anchor, leg.low),
    })),
    pivot: swingHigh(anchor, shape.pivot),
  };
}
