import * as fc from "fast-check";
import { describe, it } from "vitest";
import { session } from "../../testing/builders/life-builder.ts";
import { LIFE_TABLE } from "../../testing/replay/life-table.ts";
import { makeBase, makeSignal } from "../../testing/builders/signal-builder.ts";
import { priceOf } from "../nominal.ts";
import { PARAMS } from "../params.ts";
import { onTick } from "../lifecycle/on-tick.ts";
import type { Signal } from "../lifecycle/signal.ts";
import { kindsOf, signalAlerts } from "./signal-alerts.ts";

const DAY = session(1);
const FACTS = { at: 1_000, nameEn: null };

/** Prices of one session, one after the other. */
function walk(prices: readonly number[], from: Signal): readonly string[] {
  let signal = from;
  return prices.flatMap((price) => {
    const tick = { price: priceOf(price), elapsed: 0.5, runRate: null };
    const step = onTick(signal, tick, DAY, PARAMS);
    const move = { before: signal, after: step.signal, events: step.transitions, day: DAY };
    signal = step.signal;
    return signal.state === "FAILED" ? [] : signalAlerts(move, FACTS, PARAMS).map(({ id }) => id);
  });
}

describe("what there is to tell of a move", () => {
  it("[AL1] has one key for each signal, kind and session, whatever states it", ({ expect }) => {
    const touched = { day: DAY, from: "READY", to: "TRIGGERED", reason: "triggered", values: {} } as const;
    const broken = { ...touched, from: "TRIGGERED", to: "CONFIRMED", reason: "breakout" } as const;
    const after = makeSignal({ state: "CONFIRMED" });
    const [byPrice, byBar] = [
      [touched],
      [touched, { ...broken, values: { volume_ratio: 2, close: 50_500 } }],
    ].map((events) => signalAlerts({ before: null, after, events, day: DAY }, FACTS, PARAMS));
    expect(byPrice?.map(({ id }) => id)).toEqual([`${after.id}:touched:${DAY}`]);
    expect(byBar?.map(({ id, price }) => [id, price])).toEqual([
      [`${after.id}:touched:${DAY}`, after.close],
      [`${after.id}:confirmed:${DAY}`, 50_500],
    ]);
  });

  it("[AL2] is told by the rows of the table of life, and by no other", ({ expect }) => {
    const told = LIFE_TABLE.flatMap(({ row, from, to, reasons }) =>
      from.flatMap((before) =>
        (to === "same" ? (before === null ? [] : [before]) : to).flatMap((after) =>
          reasons.flatMap((reason) =>
            [0.5, 2].flatMap((volume) =>
              kindsOf({ from: before, to: after, reason, values: { volume_ratio: volume } }, PARAMS).map(
                (kind) =>
                  `${kind} ${row} ${reason}${volume === 2 && kind === "confirmed" ? " with volume" : ""}`,
              ),
            ),
          ),
        ),
      ),
    );
    expect([...new Set(told)].toSorted()).toEqual([
      "confirmed LCR13 breakout with volume",
      "confirmed LCR18 recovered with volume",
      "confirmed LCR18 volume",
      "confirmed LCR18 volume with volume",
      "extended LCR13 breakout",
      "extended LCR18 band",
      "extended LCR18 recovered",
      "extended LCR18 volume",
      "failed LCR12 PIVOT_FAIL",
      "failed LCR16 BASE_FAIL",
      "failed LCR16 PIVOT_FAIL",
      "failed LCR8 BASE_FAIL",
      "new LCI4 relisted",
      "new LCR0 new",
      "new LCR1 new_breakout",
      "squat LCR14 no_close",
      "squat LCR19 back_below",
      "touched LCR6 triggered",
    ]);
  });

  it("[AL2] states a price in the extended bands once, also when its flag is set before its close", ({
    expect,
  }) => {
    const before = makeSignal({ state: "CONFIRMED", triggeredOn: session(0), flags: [] });
    const after = makeSignal({ ...before, flags: ["extended_live"] });
    const ids = (move: Pick<Parameters<typeof signalAlerts>[0], "before" | "after">): readonly string[] =>
      signalAlerts({ ...move, events: [], day: DAY }, FACTS, PARAMS).map(({ id }) => id);
    expect(ids({ before, after })).toEqual([`${after.id}:extended:${DAY}`]);
    expect(ids({ before: after, after })).toEqual([]);
  });

  it("[AL3] names each step that a price came into from outside, and none after the touch", ({ expect }) => {
    const far = makeSignal({ state: "READY", base: makeBase({ distance: -0.08 }) });
    const id = (kind: string): string => `${far.id}:${kind}:${DAY}`;
    expect(walk([47_000, 47_600, 49_600], far)).toEqual([id("near5"), id("near3"), id("near2"), id("near1")]);
    expect(walk([47_600, 47_700, 47_400], far)).toEqual([id("near5")]);
    expect(walk([50_200, 49_900], far)).toEqual([id("touched")]);
    const born = signalAlerts({ before: null, after: far, events: [], day: DAY }, FACTS, PARAMS);
    expect(born).toEqual([]);
    const close = makeSignal({ state: "READY", base: makeBase({ distance: -0.02 }) });
    const near = signalAlerts({ before: null, after: close, events: [], day: DAY }, FACTS, PARAMS);
    expect(near.map(({ within }) => within)).toEqual([5, 3, 2]);
  });

  it("[AL3] never names a step that the price is not within", ({ expect }) => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 46_200, max: 50_050 }), { maxLength: 30 }), (prices) => {
        const far = makeSignal({ state: "READY", base: makeBase({ distance: -0.08 }) });
        const lowest = (step: number): number => (far.base.pivot * (100 - step)) / 100;
        for (const step of [5, 3, 2, 1]) {
          const came = walk(prices, far).some((id) => id.includes(`:near${step}:`));
          expect(came).toBe(prices.some((price) => price >= lowest(step)));
        }
      }),
    );
  });
});
