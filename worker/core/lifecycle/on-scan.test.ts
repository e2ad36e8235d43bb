import { describe, it } from "vitest";
import {
  ABSENT,
  barOn,
  listed,
  live,
  scanOn,
  session,
  story,
  SUPERSEDED,
} from "../../testing/builders/life-builder.ts";
import { dayOf, makeBase, makeSignal } from "../../testing/builders/signal-builder.ts";
import { makeVerdict } from "../../testing/builders/verdict-builder.ts";
import { assert } from "../assert.ts";
import type { ScanFinding } from "./life-event.ts";
import type { Base } from "../vcp/verdict.ts";

const READY = makeSignal({ base: makeBase() });

/** A third contraction after the two of `makeBase`: another H_T and another T. */
function tighter(overrides: Partial<Base> = {}): Base {
  const base = makeBase();
  const third = { highDay: dayOf("2025-05-12"), high: 49_500, lowDay: dayOf("2025-05-15"), low: 48_000 };
  return makeBase({
    contractions: [...base.contractions, { ...third, depth: 0.03, bars: 3, meanVolume: 90_000 }],
    footprint: "11W 20/3 3T",
    pivot: 49_500,
    entry: 49_550,
    stop: 47_950,
    distance: -0.01,
    ...overrides,
  });
}

describe("a scan that lists the pattern", () => {
  it.for([
    [-0.08, "READY"],
    [-0.0801, "FORMING"],
    [0, "READY"],
  ] as const)("[LCR7] at a distance of %f the state is %s", ([distance, state], { expect }) => {
    const base = makeBase({ distance });
    for (const before of ["FORMING", "READY"] as const) {
      const step = live(makeSignal({ state: before, base: makeBase() }), [scanOn(1, listed({ base }))]);
      expect(step.signal.state).toBe(state);
      expect(story(step)).toEqual(before === state ? [] : [`${before}>${state} ${state.toLowerCase()}`]);
    }
  });

  it("[LCR7] is FORMING while the last low is provisional", ({ expect }) => {
    const step = live(READY, [scanOn(1, listed({ flags: ["prov"] }))]);
    expect(story(step)).toEqual(["READY>FORMING forming"]);
  });

  it("[LCR7] takes another H_1, H_T or T as a revision and logs what it was before", ({ expect }) => {
    const step = live(READY, [scanOn(1, listed({ base: tighter(), score: 83 }))]);
    expect(story(step)).toEqual(["READY>READY revised"]);
    expect(step.transitions[0]?.values).toEqual({
      footprint_before: "11W 20/8 2T",
      footprint: "11W 20/3 3T",
      pivot_before: 50_000,
      pivot: 49_500,
      stop_before: 46_100,
      stop: 47_950,
    });
    expect(step.signal).toMatchObject({ id: READY.id, score: 83, base: { pivot: 49_500 } });
  });

  it("[LCR7] follows the scan's measures without a row when the pattern is the same", ({ expect }) => {
    const step = live(READY, [scanOn(1, listed({ base: makeBase({ dryUp: 0.9 }), score: 61, rs: 72 }))]);
    expect(step.transitions).toEqual([]);
    expect(step.signal).toMatchObject({ score: 61, rs: 72, grade: "B", base: { dryUp: 0.9 } });
  });

  it("[LC5] keeps the day of the scan that listed it last: a miss and a life past the trigger leave it", ({
    expect,
  }) => {
    const again = listed({ asOf: session(1) });
    const seen = live(READY, [barOn(1), scanOn(1, again)]).signal;
    expect(seen.measuredOn).toBe(session(1));
    const missed = live(seen, [barOn(2), scanOn(2, ABSENT)]).signal;
    expect([missed.measuredOn, missed.appliedOn]).toEqual([session(1), session(2)]);
    const past = live(seen, [
      barOn(2, { high: 51_000, close: 51_000 }),
      scanOn(2, listed({ asOf: session(2) })),
    ]);
    expect(past.signal.triggeredOn).toBe(session(2));
    expect(past.signal).toMatchObject({ measuredOn: session(1), template: seen.template, rs: seen.rs });
  });

  it("[LCR7] forgets the misses", ({ expect }) => {
    const missed = live(READY, [scanOn(1, ABSENT), scanOn(2, ABSENT)]).signal;
    expect(missed.misses).toBe(2);
    expect(live(missed, [scanOn(3, listed())]).signal.misses).toBe(0);
  });

  it("[LCR7] triggers at once when the revised trigger is not above the day's high", ({ expect }) => {
    const revision = listed({ base: tighter() });
    const below = live(READY, [barOn(1, { high: 49_500 }), scanOn(1, revision, { high: 49_500 })]);
    expect(story(below)).toEqual(["READY>READY revised"]);
    const reached = live(READY, [barOn(1, { high: 49_550 }), scanOn(1, revision, { high: 49_550 })]);
    expect(story(reached)).toEqual([
      "READY>READY revised",
      "READY>TRIGGERED triggered",
      "TRIGGERED>SQUAT no_close",
    ]);
  });
});

describe("a scan that does not list it", () => {
  const below = barOn(1, { close: 45_999, low: 45_000 });

  it("[LCR8] fails the base when a close fell below L_T and no candidate belongs", ({ expect }) => {
    const step = live(READY, [below, scanOn(1, ABSENT)]);
    expect(story(step)).toEqual(["READY>FAILED BASE_FAIL"]);
    expect(step.transitions[0]?.values).toEqual({ close: 45_999, low: 46_000 });
    expect(story(live(READY, [below, scanOn(1, SUPERSEDED)]))).toEqual(["READY>FAILED BASE_FAIL"]);
  });

  it("[LCR8] does not fail on a close at L_T, nor on a low below it", ({ expect }) => {
    const step = live(READY, [barOn(1, { close: 46_000, low: 45_000 }), scanOn(1, ABSENT)]);
    expect(step.signal).toMatchObject({ state: "READY", misses: 1 });
  });

  it("[LCR8] leaves a lower provisional low to row 7 when the candidate is still valid", ({ expect }) => {
    const [first] = makeBase().contractions;
    assert(first, "The base has contractions");
    const days = { highDay: dayOf("2025-04-21"), lowDay: dayOf("2025-05-19") };
    const lower = { ...days, high: 50_000, low: 45_000, depth: 0.1, bars: 20, meanVolume: 140_000 };
    const base = makeBase({ contractions: [first, lower] });
    const step = live(READY, [below, scanOn(1, listed({ base, flags: ["prov"] }))]);
    expect(story(step)).toEqual(["READY>FORMING forming"]);
    expect(step.signal.belowLow).toBe(false);
  });

  it("[LCR8] remembers the close through a session whose scan did not come", ({ expect }) => {
    const step = live(READY, [below, barOn(2, { close: 46_500 }), scanOn(2, ABSENT)]);
    expect(step.signal.reason).toBe("BASE_FAIL");
  });

  it("[LCR9] expires at the third miss with the rule that stood in the way", ({ expect }) => {
    const two = live(READY, [scanOn(1, ABSENT), scanOn(2, ABSENT)]);
    expect(two.transitions).toEqual([]);
    const three = live(two.signal, [scanOn(3, { kind: "absent", rule: "CT6extended" })]);
    expect(story(three)).toEqual(["READY>EXPIRED left_scan:CT6extended"]);
  });

  it("[LCR9] counts a candidate below the keeping score as a miss", ({ expect }) => {
    const weak: ScanFinding = { kind: "belongs", verdict: makeVerdict({ score: 44 }), listed: false };
    const step = live(READY, [scanOn(1, weak), scanOn(2, weak), scanOn(3, weak)]);
    expect(story(step)).toEqual(["READY>EXPIRED left_scan:SC_score"]);
  });

  it("[LCR9] counts only misses in a row", ({ expect }) => {
    const events = [ABSENT, ABSENT, listed(), ABSENT, ABSENT].map((finding, i) => scanOn(i + 1, finding));
    expect(live(READY, events).signal).toMatchObject({ state: "READY", misses: 2 });
  });

  it("[LCR10] expires when the base has grown past 325 bars", ({ expect }) => {
    const at = live(makeSignal({ baseBars: 324 }), [barOn(1), scanOn(1, ABSENT)]);
    expect(at.signal).toMatchObject({ state: "READY", baseBars: 325 });
    const past = live(makeSignal({ baseBars: 325 }), [barOn(1), scanOn(1, ABSENT)]);
    expect(story(past)).toEqual(["READY>EXPIRED base_age"]);
  });

  it("[LCI2] ends a signal before its trigger when another pattern took its place", ({ expect }) => {
    expect(story(live(READY, [scanOn(1, SUPERSEDED)]))).toEqual(["READY>EXPIRED superseded"]);
  });
});
