import fc from "fast-check";
import { describe, it } from "vitest";
import { barOn, live, session, story, tickOn } from "../../testing/builders/life-builder.ts";
import { makeBase, makeSignal } from "../../testing/builders/signal-builder.ts";
import { priceOf } from "../nominal.ts";
import type { LifeEvent } from "./life-event.ts";
import { isOpen, type Signal } from "./signal.ts";

/** Pivot 50,000, trigger 50,100, stop 46,100. */
const READY = makeSignal({ base: makeBase() });
const CONFIRMED = makeSignal({
  state: "CONFIRMED",
  sinceTrigger: 3,
  sinceBreak: 3,
  triggeredOn: session(-3),
  volumeOk: true,
});

function locked(price: number): Pick<Extract<LifeEvent, { type: "tick" }>, "tick" | "type"> {
  return { type: "tick", tick: { price: priceOf(price), elapsed: 0.5, runRate: null, isLocked: true } };
}

describe("a price inside a session", () => {
  it("[LCR6a] triggers at the trigger, and not a tick below", ({ expect }) => {
    expect(story(live(READY, [tickOn(1, 50_000)]))).toEqual([]);
    const step = live(READY, [tickOn(1, 50_100)]);
    expect(story(step)).toEqual(["READY>TRIGGERED triggered"]);
    expect(step.signal).toMatchObject({ triggeredOn: session(1), sinceTrigger: 0, close: 50_100 });
  });

  it("[LCR6a] leaves the close of the trigger's session to judge it", ({ expect }) => {
    const step = live(READY, [
      tickOn(1, 50_100),
      barOn(1, { high: 50_500, close: 50_400, volumeRatio: 1.6 }),
    ]);
    expect(story(step)).toEqual(["READY>TRIGGERED triggered", "TRIGGERED>CONFIRMED breakout"]);
    expect(step.signal).toMatchObject({ sinceTrigger: 0, sinceBreak: 0 });
  });

  it("[LCR11] only flags a fall below the stop on the trigger's day, and the bar takes the flag off", ({
    expect,
  }) => {
    const step = live(READY, [tickOn(1, 50_100, 0.1), tickOn(1, 46_000, 0.2)]);
    expect(step.signal).toMatchObject({ state: "TRIGGERED", flags: ["stop_touched"] });
    const closed = live(step.signal, [barOn(1, { high: 50_100, low: 46_000, close: 50_050 })]);
    expect(closed.signal.flags).not.toContain("stop_touched");
    expect(closed.signal.state).not.toBe("FAILED");
  });

  it("[LC4] flags a price at the limit that the session has not left, takes the flag off when it does, and leaves the rest to the bar", ({
    expect,
  }) => {
    const tick = (elapsed: number, isLocked?: boolean): LifeEvent => ({
      type: "tick",
      day: session(1),
      tick: { price: priceOf(49_000), elapsed, runRate: null, ...(isLocked !== undefined && { isLocked }) },
    });
    const flagsAfter = (...events: readonly LifeEvent[]) => live(READY, events).signal.flags;
    expect(flagsAfter(tick(0.1, true))).toEqual(["unfillable"]);
    expect(flagsAfter(tick(0.1, true), tick(0.2, true))).toEqual(["unfillable"]);
    // A source that does not know the session's range changes nothing.
    expect(flagsAfter(tick(0.1, true), tick(0.2))).toEqual(["unfillable"]);
    expect(flagsAfter(tick(0.1, true), tick(0.2, false))).toEqual([]);
    expect(flagsAfter(tick(0.1, true), barOn(1, { locked: false }))).toEqual([]);
    const touched = live(READY, [{ ...tickOn(1, 50_100), ...locked(50_100) }]);
    expect(touched.signal).toMatchObject({ state: "TRIGGERED", flags: ["unfillable"] });
  });

  it("[LCR15] flags a price above the pivot on pace, and nothing else sets the volume", ({ expect }) => {
    expect(live(READY, [tickOn(1, 50_100, 0.3, 1.49)]).signal.flags).toEqual([]);
    expect(live(READY, [tickOn(1, 50_100, 0.05, null)]).signal.flags).toEqual([]);
    const step = live(READY, [tickOn(1, 50_100, 0.3, 1.5)]);
    expect(step.signal).toMatchObject({ state: "TRIGGERED", flags: ["on_pace"], volumeOk: false });
  });

  it.for([
    [0, "PIVOT_FAIL"],
    [9, "PIVOT_FAIL"],
    [10, "BASE_FAIL"],
  ] as const)(
    "[LCR16a] fails below the stop later than the trigger: %i bars before are %s",
    ([bars, reason], { expect }) => {
      const signal = { ...CONFIRMED, sinceTrigger: bars, sinceBreak: bars };
      expect(story(live(signal, [tickOn(1, 46_100)]))).toEqual([]);
      expect(story(live(signal, [tickOn(1, 46_050)]))).toEqual([`CONFIRMED>FAILED ${reason}`]);
    },
  );

  it("[LCR21] flags a price far above the pivot and leaves the state to the close", ({ expect }) => {
    expect(live(CONFIRMED, [tickOn(1, 52_500)]).signal.flags).toEqual([]);
    const step = live(CONFIRMED, [tickOn(1, 52_600)]);
    expect(step.signal).toMatchObject({ state: "CONFIRMED", flags: ["extended_live"] });
  });

  it("[LC1] ignores a tick that is not later than the last one, and every tick after the bar", ({
    expect,
  }) => {
    const late = live(READY, [tickOn(1, 49_000, 0.5), tickOn(1, 50_100, 0.5), tickOn(1, 50_100, 0.4)]);
    expect(late.signal.state).toBe("READY");
    const after = live(READY, [barOn(1, { high: 49_500, close: 49_000 }), tickOn(1, 50_100, 0.9)]);
    expect(after.signal.state).toBe("READY");
  });
});

describe("convergence", () => {
  const price = fc.integer({ min: 450, max: 560 }).map((n) => n * 100);
  const path = fc.array(price, { minLength: 1, maxLength: 12 });
  const signals: readonly Signal[] = [
    READY,
    makeSignal({ state: "FORMING" }),
    CONFIRMED,
    { ...CONFIRMED, state: "SQUAT", sinceSquat: 4 },
    { ...CONFIRMED, state: "EXTENDED", sinceTrigger: 12, sinceBreak: 12 },
  ];

  it("[LC1a] ends a session the same way with its ticks and with its bar alone", ({ expect }) => {
    fc.assert(
      fc.property(
        fc.constantFrom(...signals),
        path,
        fc.constantFrom(1, 1.7),
        (signal, prices, volumeRatio) => {
          const bar = barOn(1, {
            high: Math.max(...prices),
            low: Math.min(...prices),
            close: prices.at(-1) ?? 0,
            volumeRatio,
          });
          const ticks = prices.map((each, i) => tickOn(1, each, i / (prices.length + 1)));
          const alone = live(signal, [bar]).signal;
          const both = live(signal, [...ticks, bar]).signal;
          // A signal that a tick ended keeps the price of that tick.
          const open = isOpen(alone.state)
            ? {}
            : { close: alone.close, base: alone.base, flags: alone.flags };
          const places = { appliedSeq: alone.appliedSeq, belowLow: alone.belowLow };
          const counted = isOpen(alone.state)
            ? {}
            : { sinceBreak: alone.sinceBreak, sinceSquat: alone.sinceSquat };
          expect({ ...both, ...open, ...places, ...counted }).toEqual(alone);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
