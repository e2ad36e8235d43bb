import * as fc from "fast-check";
import { describe, it } from "vitest";
import {
  actionOn,
  barOn,
  haltOn,
  listed,
  live,
  scanOn,
  session,
  story,
} from "../../testing/builders/life-builder.ts";
import { OPEN } from "../../testing/replay/life-table.ts";
import { makeBase, makeSignal } from "../../testing/builders/signal-builder.ts";
import type { Bare } from "../../testing/builders/bare.ts";
import { priceOf } from "../nominal.ts";
import type { LifeBar, LifeEvent } from "./life-event.ts";
import type { Signal } from "./signal.ts";
import { tickDown, tickUp } from "../bars/tick-size.ts";

/** Pivot 50,000, trigger 50,100, stop 46,100, L_T 46,000. */
const READY = makeSignal({ base: makeBase() });

describe("a corporate action", () => {
  it.for(OPEN)(
    "[LCR22] leaves %s where it stands and turns its prices into the new shares'",
    (state, { expect }) => {
      const prev = state === "SUSPENDED" ? ("SQUAT" as const) : null;
      const signal = makeSignal({ state, prev, base: makeBase(), sinceTrigger: 3 });
      const step = live(signal, [actionOn(1, 0.2)]);
      expect(step.transitions).toEqual([
        {
          day: session(1),
          from: state,
          to: state,
          reason: "rebased",
          values: {
            factor: 0.2,
            pivot_before: 50_000,
            pivot: 10_000,
            entry: 10_020,
            stop_before: 46_100,
            stop: 9_220,
          },
        },
      ]);
      expect(step.signal).toMatchObject({
        id: signal.id,
        prev,
        sinceTrigger: 3,
        close: 9_800,
        endedOn: null,
      });
      const [first, last] = step.signal.base.contractions;
      expect([first?.high, first?.meanVolume]).toEqual([10_400, 1_550_000]);
      expect([last?.low, last?.highDay]).toEqual([9_200, READY.base.contractions[1]?.highDay]);
      expect(step.signal.base.distance).toBe(signal.base.distance);
    },
  );

  it("[LCR22] a dividend in shares moves prices and no volumes, and the plan stays on the grid", ({
    expect,
  }) => {
    const { base } = live(READY, [actionOn(1, 0.953)]).signal;
    expect(base.contractions[0]?.meanVolume).toBe(310_000);
    expect(base.pivot).toBeCloseTo(47_650, 6);
    for (const price of [base.entry, base.stop, base.targets.twoR, base.targets.threeR]) {
      expect(tickDown(price, "krx")).toBe(price);
    }
    expect(base.entry).toBe(47_750);
    expect(base.risk).toBeCloseTo((base.entry - base.stop) / base.entry, 12);
  });

  it("[LCR22] is no revision: the scan that follows finds the same pattern at the new prices", ({
    expect,
  }) => {
    const step = live(READY, [actionOn(1, 0.2), barOn(1, { close: 9_800 })]);
    const base = makeBase({ ...step.signal.base, distance: -0.02 });
    expect(story(live(step.signal, [scanOn(1, listed({ base }), { close: 9_800 })]))).toEqual([]);
  });

  it("[LCR22] comes once: repeated by the session's rows it is old", ({ expect }) => {
    const tick = { price: priceOf(9_800), elapsed: 0.2, runRate: null };
    const ticked = live(READY, [actionOn(1, 0.2), { type: "tick", day: session(1), tick }]);
    const step = live(ticked.signal, [actionOn(1, 0.2), barOn(1, { close: 9_800 })]);
    expect(story(step)).toEqual([]);
    expect(step.signal).toMatchObject({ state: "READY", base: { entry: 10_020 } });
  });

  it("[LCR22] at the reopening after a halt is applied before the bar", ({ expect }) => {
    const squat = makeSignal({ state: "SQUAT", base: makeBase(), sinceTrigger: 2, sinceSquat: 1 });
    const step = live(squat, [haltOn(1), actionOn(2, 0.2), barOn(2, { close: 9_900 })]);
    expect(story(step)).toEqual([
      "SQUAT>SUSPENDED halted",
      "SUSPENDED>SUSPENDED rebased",
      "SUSPENDED>SQUAT resumed",
    ]);
  });

  /** The grid of the new prices is as fine as that of the old ones. */
  const factor = fc.constantFrom(0.1, 0.2, 2);
  const bar = fc.record({
    close: fc.constantFrom(44_000, 46_050, 46_100, 49_900, 50_000, 50_100, 52_600, 55_600),
    range: fc.constantFrom(0, 0.004, 0.03),
    volumeRatio: fc.constantFrom(0.8, 1.6),
  });

  it("[LCR22] changes no life: the same moves in prices of other shares are the same moves", ({ expect }) => {
    const closes = fc.array(bar, { minLength: 1, maxLength: 40, size: "max" });
    let ends = 0;
    fc.assert(
      fc.property(closes, factor, fc.nat(39), (bars, f, at) => {
        const day = (scale: number, on: number, from: number): LifeEvent => {
          const { close, range, volumeRatio } = bars[on - 1] ?? { close: 0, range: 0, volumeRatio: 1 };
          const [high, low] = [tickUp(close * (1 + range), "krx"), tickDown(close * (1 - range), "krx")];
          const to = (price: number): number => (on >= from ? tickUp(price * scale, "krx") : price);
          const shown: Bare<Partial<LifeBar>> = {
            high: to(high),
            low: to(low),
            close: to(close),
            volumeRatio,
          };
          return barOn(on, shown);
        };
        const from = (at % bars.length) + 1;
        const plain = live(
          READY,
          bars.map((_, i) => day(1, i + 1, 1)),
        );
        const events = bars.flatMap((_, i) => [
          ...(i + 1 === from ? [actionOn(from, f)] : []),
          day(f, i + 1, from),
        ]);
        const acted = live(READY, events);
        // An ended signal takes no action.
        expect(story(acted).filter((line) => !line.endsWith("rebased"))).toEqual(story(plain));
        ends += acted.signal.endedOn === null ? 0 : 1;
      }),
      { numRuns: 300, seed: 5 },
    );
    expect(ends).toBeGreaterThan(30);
  });

  it("[LCR22] does nothing after the end", ({ expect }) => {
    const ended: Signal = makeSignal({ state: "EXPIRED" });
    expect(live(ended, [actionOn(1, 0.2)])).toEqual({ signal: ended, transitions: [] });
  });
});
