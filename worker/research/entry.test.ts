import { describe, it } from "vitest";
import type { History } from "../core/outcome/history.ts";
import { makeBase, makeSignal } from "../testing/builders/signal-builder.ts";
import { enterAtOpen, type Occasion, TriggerOrders } from "./entry.ts";

type Bar = readonly [open: number, high: number, low: number, close: number];

function historyWith(...bars: readonly Bar[]): History {
  return {
    open: Float64Array.from(bars, ([open]) => open),
    high: Float64Array.from(bars, ([, high]) => high),
    low: Float64Array.from(bars, ([, , low]) => low),
    close: Float64Array.from(bars, ([, , , close]) => close),
    factor: new Float64Array(bars.length).fill(1),
  };
}

const occasionAt = (session: number): Occasion => ({
  cohort: "signal_open",
  share: 0,
  ticker: "700000",
  market: "KOSPI",
  session,
  signalId: "700000.20250102.20250301",
  grade: "B",
  contractions: 3,
  gate: "GREEN",
});

const EVENING: Bar = [100, 101, 99, 100];

describe("bought at the next open", () => {
  it("[EV1c] pays the next open, with the plan's risk below and two of it above", ({ expect }) => {
    const entry = enterAtOpen(occasionAt(0), historyWith(EVENING, [200, 210, 190, 205]), 0.06);
    expect(entry).toMatchObject({ entered: 1, price: 200, stop: 188, target: 224, session: 0, grade: "B" });
  });

  it.for<readonly [string, readonly Bar[]]>([
    ["waiting", [EVENING]],
    ["not_traded", [EVENING, [0, 0, 0, 100], EVENING]],
    ["locked", [EVENING, [130, 130, 130, 130], EVENING]],
  ])("[EV1c] has no entry and names %s", ([reason, bars], { expect }) => {
    expect(enterAtOpen(occasionAt(0), historyWith(...bars), 0.06)).toBe(reason);
  });
});

const SIGNAL = makeSignal({ state: "READY", prev: null });
const { pivot, entry: trigger, stop } = SIGNAL.base;
const under: Bar = [trigger - 900, trigger - 100, trigger - 1_000, trigger - 500];
const touching: Bar = [trigger - 500, trigger, trigger - 600, trigger - 100];

function ordersOn(...bars: readonly Bar[]): TriggerOrders {
  return new TriggerOrders([historyWith(...bars)]);
}

describe("an order at the trigger", () => {
  it("[EV1d] rests from the session after the listing until it is touched", ({ expect }) => {
    const orders = ordersOn(touching, under, touching, touching);
    orders.place(SIGNAL, occasionAt(0));
    orders.fill(1);
    expect([...orders.fates]).toEqual(["waiting"]);
    orders.fill(2);
    orders.fill(3);
    const target = trigger + 2 * (trigger - stop);
    expect([...orders.fates]).toMatchObject([{ session: 0, entered: 2, price: trigger, stop, target }]);
  });

  it("[EV1d] pays the open above the trigger, and nothing above the buy zone", ({ expect }) => {
    const opening = (open: number): Bar => [open, open + 500, open - 500, open];
    const gap = ordersOn(under, opening(pivot * 1.02));
    gap.place(SIGNAL, occasionAt(0));
    gap.fill(1);
    expect([...gap.fates]).toMatchObject([{ price: pivot * 1.02 }]);
    const leap = ordersOn(under, opening(pivot * 1.04), touching);
    leap.place(SIGNAL, occasionAt(0));
    leap.fill(1);
    leap.fill(2);
    expect([...leap.fates]).toEqual(["beyond_zone"]);
  });

  it("[EV1d] moves with the plan, as of the evening before", ({ expect }) => {
    const orders = ordersOn(under, under, under, [
      trigger + 2_000,
      trigger + 2_500,
      trigger,
      trigger + 2_000,
    ]);
    orders.place(SIGNAL, occasionAt(0));
    const raised = makeBase({
      ...SIGNAL.base,
      pivot: pivot + 1_900,
      entry: trigger + 1_900,
      stop: stop + 500,
    });
    orders.fill(1);
    orders.place({ ...SIGNAL, base: raised, grade: "A" }, { ...occasionAt(1), grade: "A" });
    orders.fill(2);
    orders.fill(3);
    expect([...orders.fates]).toMatchObject([
      { price: trigger + 2_000, stop: stop + 500, grade: "A", session: 1 },
    ]);
  });

  it("[EV1d] follows a stop that moves alone", ({ expect }) => {
    const orders = ordersOn(under, under, touching);
    orders.place(SIGNAL, occasionAt(0));
    orders.fill(1);
    orders.place({ ...SIGNAL, base: makeBase({ ...SIGNAL.base, stop: stop - 300 }) }, occasionAt(1));
    orders.fill(2);
    expect([...orders.fates]).toMatchObject([{ stop: stop - 300, entered: 2 }]);
  });

  it("[EV1d] ends with a signal that ends while it is suspended", ({ expect }) => {
    const orders = ordersOn(under, under, touching);
    orders.place(SIGNAL, occasionAt(0));
    orders.fill(1);
    orders.place({ ...SIGNAL, state: "EXPIRED", prev: "READY", reason: "suspended" }, occasionAt(1));
    orders.fill(2);
    expect([...orders.fates]).toEqual(["never_triggered"]);
  });

  it("[EV1d] ends with its signal, comes back with it, and does not exist for one that was born above", ({
    expect,
  }) => {
    const orders = ordersOn(under, under, touching, under, touching);
    orders.place(SIGNAL, occasionAt(0));
    orders.fill(1);
    orders.place({ ...SIGNAL, state: "EXPIRED", reason: "left_scan:CT7dry" }, occasionAt(1));
    orders.fill(2);
    expect([...orders.fates]).toEqual(["never_triggered"]);
    orders.place(SIGNAL, occasionAt(3));
    orders.fill(4);
    expect([...orders.fates]).toMatchObject([{ entered: 4 }]);
    const above = ordersOn(touching, touching);
    above.place({ ...SIGNAL, state: "CONFIRMED" }, occasionAt(0));
    above.fill(1);
    expect([...above.fates]).toEqual(["born_above"]);
  });
});
