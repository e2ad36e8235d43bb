/** LCI3 between a signal's own base and another one of its ticker: what stands, what takes its place, and why. */
import { describe, it } from "vitest";
import { session, story } from "../../testing/builders/life-builder.ts";
import { baseAt, NEXT, OLD, own, reconciled, scanned, signalOf } from "../../testing/replay/ticker-scan.ts";
import { makeBase, makeSignal } from "../../testing/builders/signal-builder.ts";
import { priceOf } from "../nominal.ts";
import { PARAMS } from "../params.ts";
import { causeOf, incumbentsOf } from "./incumbent.ts";
import type { RevisionCause, Step } from "./life-event.ts";
import { reconcile } from "./reconcile.ts";
import type { Base, Contraction } from "../vcp/verdict.ts";

/** The two contractions of `makeBase`, and one that ended in session 1, which is today. */
function legs(): readonly [Contraction, Contraction, Contraction] {
  const [first, second] = makeBase().contractions;
  if (first === undefined || second === undefined) {
    throw new Error("The base has two contractions");
  }
  const third = { highDay: session(-6), high: priceOf(49_500), lowDay: session(1), low: priceOf(48_000) };
  return [first, second, { ...third, depth: 0.03, bars: 7, meanVolume: 90_000 }];
}

const [FIRST, SECOND, THIRD] = legs();
const read = (...contractions: readonly Contraction[]): Base => makeBase({ contractions });
const lower = (leg: Contraction): Contraction => ({
  ...leg,
  lowDay: session(1),
  low: priceOf(leg.low - 500),
});
/** A fall that began later, to a low above the old one. */
const later = (leg: Contraction): Contraction => ({
  ...leg,
  highDay: session(-6),
  lowDay: session(1),
  low: priceOf(leg.low + 100),
});
const BROKEN = { day: session(-1), bars: 2 };
const TOUCHED_TODAY = makeBase({ pivot: 50_050, touched: { day: session(1), closed: false } });

describe("why a base is read otherwise", () => {
  it.for([
    ["the same bars", makeBase(), null],
    ["the same bars with another close", makeBase({ distance: -0.05, dryUp: 0.9 }), null],
    ["prices that a split rounded", makeBase({ pivot: 50_000 * (1 + 1e-12) }), null],
    ["one contraction more", read(FIRST, SECOND, THIRD), "contraction"],
    ["a lower last low", read(FIRST, lower(SECOND)), "lower_low"],
    ["a lower first low, and no second", read(lower(FIRST)), "lower_low"],
    ["a larger fall that began later", read(FIRST, later(SECOND)), "deeper_fall"],
    ["a contraction gone inside a fall that is stepped over", read(FIRST), "deeper_fall"],
    ["a price above the pivot", TOUCHED_TODAY, "pivot_raised"],
    ["a close back above what was left", makeBase({ pivot: 49_900, breakout: BROKEN }), "breakout"],
    ["a pivot that fell by itself", makeBase({ pivot: 49_900 }), "rows_corrected"],
    ["a low of the past", read(FIRST, { ...SECOND, lowDay: session(-3) }), "rows_corrected"],
    [
      "another last high over the same low",
      read(FIRST, { ...SECOND, highDay: session(-20) }),
      "rows_corrected",
    ],
  ] as const)("[LCI3] %s: %s", ([, base, cause], { expect }) => {
    const signal = makeSignal({ base: makeBase(), measuredOn: session(0) });
    expect(causeOf(signal, own(base))).toBe(cause);
    // Whether the reading stands or not, the cause is the same.
    expect(causeOf(signal, own(base, "QT1"))).toBe(cause);
  });

  it("[LCI3] counts from the scan that listed it last: what changed on a missed evening is no correction", ({
    expect,
  }) => {
    const changed = read(FIRST, { ...lower(SECOND), lowDay: session(-1) });
    const cause = (measuredOn: number): RevisionCause | null =>
      causeOf(makeSignal({ base: makeBase(), measuredOn: session(measuredOn) }), own(changed));
    expect([cause(-2), cause(-1), cause(0)]).toEqual(["lower_low", "rows_corrected", "rows_corrected"]);
  });

  it("[LCI3] is a high above its start, a first bar that is gone, or nothing when the share itself is refused", ({
    expect,
  }) => {
    const signal = makeSignal();
    expect(causeOf(signal, own(makeBase(), "BS1"))).toBe("higher_high");
    expect(causeOf(signal, own(null, "BS0"))).toBe("rows_corrected");
    expect(causeOf(signal, own(null, "TT"))).toBeNull();
    // Too long: it meets every rule and is read as before.
    expect(causeOf(signal, own(makeBase(), "BS0"))).toBeNull();
  });
});

describe("what a scan is asked for", () => {
  it("[LCI3] is the start of each waiting signal's base with the noise of its first reading", ({
    expect,
  }) => {
    const start = OLD.contractions[0]?.highDay;
    for (const overrides of [
      { state: "FORMING" },
      { state: "READY" },
      { state: "SUSPENDED", prev: "READY" },
    ] as const) {
      expect([...incumbentsOf([signalOf(OLD, overrides)], PARAMS)]).toEqual([
        ["D00001", { start, noise: 0.024 }],
      ]);
    }
  });

  it("[LCI2] [LCI6] is nothing for one past its trigger, nor for one of another law", ({ expect }) => {
    const earlier = { ...OLD, noise: null };
    const others = [
      signalOf(OLD, { state: "SQUAT", sinceTrigger: 1, sinceSquat: 1 }),
      signalOf(OLD, { state: "SUSPENDED", prev: "SQUAT" }),
      signalOf(OLD, { paramsVersion: "vcp-3" }),
      signalOf(earlier, { paramsVersion: "vcp-3" }),
    ];
    expect(others.map((one) => incumbentsOf([one], PARAMS).size)).toEqual([0, 0, 0, 0]);
  });
});

describe("two bases of one ticker", () => {
  const waiting = signalOf(OLD);
  /** Overlaps the old base, with another last high. */
  const BESIDE = baseAt("2025-04-21", "2025-05-07", { pivot: 49_000, footprint: "4W 12/6 2T" });
  const only = ([step]: readonly Step[]): Step | undefined => step;

  it("[LCI3] as long as the own one stands nothing takes its place, whatever the scan finds", ({
    expect,
  }) => {
    for (const best of [BESIDE, NEXT, OLD, null]) {
      const steps = reconcile(scanned(best, { open: [waiting], incumbent: own(OLD) }));
      expect(steps).toHaveLength(1);
      expect(only(steps)?.transitions).toEqual([]);
      expect(only(steps)?.signal).toMatchObject({ id: waiting.id, misses: 0, base: { pivot: OLD.pivot } });
    }
  });

  it("[LCI3] follows its own reading, with the cause, what it was and what it is", ({ expect }) => {
    const lowered = {
      ...OLD,
      contractions: [OLD.contractions[0] ?? FIRST, lower(SECOND)],
      stop: priceOf(45_000),
    };
    const step = only(reconcile(scanned(BESIDE, { open: [waiting], incumbent: own(lowered) })));
    expect(step && story(step)).toEqual(["READY>READY revised"]);
    expect(step?.transitions[0]?.values).toEqual({
      cause: "lower_low",
      footprint_before: OLD.footprint,
      footprint: OLD.footprint,
      pivot_before: OLD.pivot,
      pivot: OLD.pivot,
      stop_before: OLD.stop,
      stop: 45_000,
    });
    expect(step?.signal.id).toBe(waiting.id);
  });

  it.for([
    [OLD, "BS1", "higher_high"],
    [{ ...OLD, contractions: [FIRST, lower(SECOND)] }, "CT3", "lower_low"],
    [{ ...OLD, contractions: [FIRST] }, "CT1", "deeper_fall"],
    [{ ...OLD, contractions: [FIRST, SECOND, THIRD] }, "QT1", "contraction"],
    [null, "BS0", "rows_corrected"],
  ] as const)(
    "[LCI3] another base takes the place of one that a new extreme ended: %#",
    ([base, rule, cause], { expect }) => {
      const step = only(reconcile(scanned(BESIDE, { open: [waiting], incumbent: own(base, rule) })));
      expect(step && story(step)).toEqual(["READY>READY revised"]);
      expect(step?.transitions[0]?.values["cause"]).toBe(cause);
      expect(step?.signal).toMatchObject({ id: waiting.id, base: { pivot: 49_000 } });
    },
  );

  it.for(["QT1", "RR2", "PV1", "TT", "SC", "EL2"] as const)(
    "[LCI3] none takes the place of one that fails %s on the same bars: the scan is a miss",
    (rule, { expect }) => {
      const step = only(reconcile(scanned(BESIDE, { open: [waiting], incumbent: own(OLD, rule) })));
      expect(step?.transitions).toEqual([]);
      expect(step?.signal).toMatchObject({ misses: 1, base: { pivot: OLD.pivot } });
      const twice = signalOf(OLD, { misses: 2 });
      const left = only(reconcile(scanned(BESIDE, { open: [twice], incumbent: own(OLD, rule) })));
      expect(left?.signal.reason).toBe(`left_scan:${rule}`);
    },
  );

  it("[LCI2] one that belongs to nothing is born only when the own one does not stand", ({ expect }) => {
    expect(reconciled(scanned(NEXT, { open: [waiting], incumbent: own(OLD) }))).toEqual([[waiting.id]]);
    expect(reconciled(scanned(NEXT, { open: [waiting], incumbent: own(OLD, "QT1") }))).toEqual([
      [waiting.id, "READY>EXPIRED superseded"],
      ["D00001.20250422.20250507", "->READY new"],
    ]);
  });

  it("[LCI2] [LC1] one that the signal kept out is born in the session that ends it, and a second scan changes nothing", ({
    expect,
  }) => {
    for (const [ends, end] of [
      [signalOf(OLD, { belowLow: true }), "READY>FAILED BASE_FAIL"],
      [signalOf(OLD, { misses: 2 }), "READY>EXPIRED left_scan:QT1"],
    ] as const) {
      const x = scanned(BESIDE, { open: [ends], incumbent: own(OLD, "QT1") });
      expect(reconciled(x)).toEqual([
        [waiting.id, end],
        ["D00001.20250421.20250507", "->READY new"],
      ]);
      const [ended, open] = reconcile(x).map(({ signal }) => signal);
      const again = { ...x, ended: ended ? [ended] : [], open: open ? [open] : [], incumbent: own(BESIDE) };
      expect(reconciled(again)).toEqual([["D00001.20250421.20250507"]]);
    }
  });

  it("[LCI2] one that comes to nothing supersedes nothing: it is frozen, or has ended before", ({
    expect,
  }) => {
    const frozen = signalOf(NEXT, { state: "SQUAT", sinceTrigger: 2, sinceSquat: 1 });
    const failed = signalOf(NEXT, { state: "FAILED", reason: "BASE_FAIL", endedOn: session(-5) });
    for (const others of [
      { open: [waiting, frozen], ended: [] },
      { open: [waiting], ended: [failed] },
    ]) {
      const stands = reconcile(scanned(NEXT, { ...others, incumbent: own(OLD) }))[0];
      expect(stands?.signal).toMatchObject({ id: waiting.id, state: "READY", misses: 0 });
      const missed = reconcile(scanned(NEXT, { ...others, incumbent: own(OLD, "QT1") }))[0];
      expect(missed?.signal).toMatchObject({ id: waiting.id, state: "READY", misses: 1 });
    }
  });
});

describe("a base whose prices a corporate action has changed", () => {
  it("[LCR22] [LCI3] is the same base at every factor, read from the bars of the new shares", ({
    expect,
  }) => {
    for (const factor of [0.1, 0.2, 0.953, 1 / 3, 2, 0.953 * 0.2]) {
      const prices = {
        high: priceOf(49_000 * factor),
        low: priceOf(49_000 * factor),
        close: priceOf(49_000 * factor),
      };
      const bar = { ...prices, volumeRatio: 1, locked: false };
      const adjusted = {
        ...OLD,
        contractions: OLD.contractions.map((leg) => ({
          ...leg,
          high: priceOf(leg.high * factor),
          low: priceOf(leg.low * factor),
        })),
        pivot: priceOf(OLD.pivot * (factor / 7) * 7),
      };
      const [step] = reconcile(
        scanned(OLD, {
          open: [signalOf(OLD)],
          sessions: [
            { type: "action", day: session(1), factor },
            { type: "bar", day: session(1), bar },
          ],
          today: bar,
          incumbent: own(adjusted),
        }),
      );
      expect(step && story(step)).toEqual(["READY>READY rebased"]);
      expect(step?.signal.base.noise).toBe(OLD.noise);
      expect(step?.signal.base.contractions.map(({ highDay }) => highDay)).toEqual(
        OLD.contractions.map(({ highDay }) => highDay),
      );
    }
  });
});
