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
import { assert } from "../assert.ts";
import { PARAMS } from "../params.ts";
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
  it.for(["READY", "FORMING", "CONFIRMED", "UNCONFIRMED"] as const)(
    "[LCR7] a base that is %s: the signal is READY or FORMING, and a change is a row",
    (state, { expect }) => {
      const to = state === "FORMING" ? "FORMING" : "READY";
      for (const before of ["FORMING", "READY"] as const) {
        const step = live(makeSignal({ state: before, base: makeBase() }), [
          scanOn(1, listed({ base: makeBase({ state }) })),
        ]);
        expect(step.signal.state).toBe(to);
        expect(story(step)).toEqual(before === to ? [] : [`${before}>${to} ${to.toLowerCase()}`]);
      }
    },
  );

  it("[LCR7] takes another reading as a revision and logs its cause and what it was before", ({ expect }) => {
    const step = live(READY, [scanOn(1, listed({ base: tighter(), score: 83 }, "contraction"))]);
    expect(story(step)).toEqual(["READY>READY revised"]);
    expect(step.transitions[0]?.values).toEqual({
      cause: "contraction",
      footprint_before: "11W 20/8 2T",
      footprint: "11W 20/3 3T",
      pivot_before: 50_000,
      pivot: 49_500,
      stop_before: 46_100,
      stop: 47_950,
    });
    expect(step.signal).toMatchObject({ id: READY.id, score: 83, base: { pivot: 49_500 } });
  });

  it.for(["highDay", "lowDay"] as const)(
    "[LCR7] a first or last contraction with another %s is another reading",
    (day, { expect }) => {
      for (const place of [0, 1]) {
        const contractions = makeBase().contractions.map((leg, i) =>
          i === place ? { ...leg, [day]: dayOf("2025-03-04") } : leg,
        );
        const step = live(READY, [scanOn(1, listed({ base: makeBase({ contractions }) }, "lower_low"))]);
        expect(story(step)).toEqual(["READY>READY revised"]);
      }
    },
  );

  it("[LCR7] a base that was pierced and holds only a higher pivot waits as FORMING", ({ expect }) => {
    const touched = { day: session(1), closed: false };
    const base = makeBase({ pivot: 50_050, touched, state: "FORMING" });
    const step = live(READY, [scanOn(1, listed({ base }, "pivot_raised"))]);
    expect(story(step)).toEqual(["READY>FORMING revised"]);
    expect(step.signal.base).toMatchObject({ pivot: 50_050, touched });
  });

  it("[LCR7] follows the scan's measures without a row when the pattern is the same", ({ expect }) => {
    const { score } = PARAMS.grades.B;
    const step = live(READY, [scanOn(1, listed({ base: makeBase({ dryUp: 0.9 }), score, rs: 72 }))]);
    expect(step.transitions).toEqual([]);
    expect(step.signal).toMatchObject({ score, rs: 72, grade: "B", base: { dryUp: 0.9 } });
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

  it("[LC4] keeps the flag of a session that was locked at its limit", ({ expect }) => {
    const locked = live(READY, [barOn(1, { locked: true }), scanOn(1, listed())]).signal;
    expect(locked.flags).toEqual(["unfillable"]);
    expect(live(locked, [barOn(2), scanOn(2, listed())]).signal.flags).toEqual([]);
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

  it("[LCR8] leaves a lower low to row 7 when the base still stands", ({ expect }) => {
    const [first] = makeBase().contractions;
    assert(first, "The base has contractions");
    const days = { highDay: dayOf("2025-04-21"), lowDay: dayOf("2025-05-19") };
    const lower = { ...days, high: 50_000, low: 45_000, depth: 0.1, bars: 20, meanVolume: 140_000 };
    const base = makeBase({ contractions: [first, lower], state: "FORMING" });
    const step = live(READY, [below, scanOn(1, listed({ base }, "lower_low"))]);
    expect(story(step)).toEqual(["READY>FORMING revised"]);
    expect(step.signal.belowLow).toBe(false);
  });

  it("[LCR8] remembers the close through a session whose scan did not come", ({ expect }) => {
    const step = live(READY, [below, barOn(2, { close: 46_500 }), scanOn(2, ABSENT)]);
    expect(step.signal.reason).toBe("BASE_FAIL");
  });

  it("[LCR9] expires at the third miss with the rule that stood in the way", ({ expect }) => {
    const two = live(READY, [scanOn(1, ABSENT), scanOn(2, ABSENT)]);
    expect(two.transitions).toEqual([]);
    const three = live(two.signal, [scanOn(3, { kind: "absent", rule: "PV2" })]);
    expect(story(three)).toEqual(["READY>EXPIRED left_scan:PV2"]);
  });

  it("[LCR9] counts only misses in a row", ({ expect }) => {
    const events = [ABSENT, ABSENT, listed(), ABSENT, ABSENT].map((finding, i) => scanOn(i + 1, finding));
    expect(live(READY, events).signal).toMatchObject({ state: "READY", misses: 2 });
  });

  it("[LCR10] expires when the base has grown past 250 bars", ({ expect }) => {
    const at = live(makeSignal({ baseBars: 249 }), [barOn(1), scanOn(1, ABSENT)]);
    expect(at.signal).toMatchObject({ state: "READY", baseBars: 250 });
    const past = live(makeSignal({ baseBars: 250 }), [barOn(1), scanOn(1, ABSENT)]);
    expect(story(past)).toEqual(["READY>EXPIRED base_age"]);
  });

  it("[LCI2] ends a signal before its trigger when another pattern took its place", ({ expect }) => {
    expect(story(live(READY, [scanOn(1, SUPERSEDED)]))).toEqual(["READY>EXPIRED superseded"]);
  });
});
