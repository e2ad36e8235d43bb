import { describe, it } from "vitest";
import { barOn, each, live, story } from "../../testing/builders/life-builder.ts";
import { makeBase, makeSignal } from "../../testing/builders/signal-builder.ts";
import type { PostState } from "../vcp/signal-state.ts";
import type { Bare } from "../../testing/builders/bare.ts";
import type { Signal } from "./signal.ts";

/** Pivot 50,000, trigger 50,100, stop 46,100, L_T 46,000. */
const READY = makeSignal({ base: makeBase() });

function after(state: PostState, overrides: Bare<Partial<Signal>> = {}): Signal {
  const squat = state === "SQUAT" ? { sinceSquat: 0 } : {};
  return makeSignal({ state, sinceTrigger: 0, sinceBreak: 0, ...squat, ...overrides });
}

describe("before the trigger", () => {
  it("[LCR6] triggers when the high reaches the trigger, and not a tick below", ({ expect }) => {
    expect(story(live(READY, [barOn(1, { high: 50_000 })]))).toEqual([]);
    const step = live(READY, [barOn(1, { high: 50_100 })]);
    expect(story(step)).toEqual(["READY>TRIGGERED triggered", "TRIGGERED>SQUAT no_close"]);
    expect(step.signal).toMatchObject({ triggeredOn: READY.appliedOn + 1, sinceTrigger: 0, sinceSquat: 0 });
    expect(step.transitions[0]?.values).toEqual({ high: 50_100, entry: 50_100 });
  });

  it("[LCR6] triggers from FORMING as from READY, also when the close is far below", ({ expect }) => {
    const forming = makeSignal({ state: "FORMING" });
    expect(story(live(forming, [barOn(1, { high: 50_100, close: 45_000, low: 45_000 })]))).toEqual([
      "FORMING>TRIGGERED triggered",
      "TRIGGERED>FAILED PIVOT_FAIL",
    ]);
  });

  it("[LCR6] changes nothing below the trigger but what is counted; the stop does not bind yet", ({
    expect,
  }) => {
    const step = live(READY, [barOn(1, { close: 46_050, low: 40_000 })]);
    expect(step.transitions).toEqual([]);
    expect(step.signal).toMatchObject({ state: "READY", close: 46_050, baseBars: READY.baseBars + 1 });
    expect(step.signal.base.distance).toBeCloseTo(46_050 / 50_000 - 1, 12);
  });
});

describe("the day of the trigger", () => {
  it.for([
    [46_000, "FAILED", "PIVOT_FAIL"],
    [46_100, "SQUAT", "no_close"],
  ] as const)("[LCR12] fails at a close below the stop only: %i is %s", ([close, to, reason], { expect }) => {
    const step = live(READY, [barOn(1, { high: 50_500, low: 45_000, close })]);
    expect(story(step).at(-1)).toBe(`TRIGGERED>${to} ${reason}`);
    expect(step.signal.endedOn).toBe(to === "FAILED" ? READY.appliedOn + 1 : null);
  });

  it("[LCR12] lets a low below the stop pass when the close is not", ({ expect }) => {
    const step = live(READY, [barOn(1, { high: 50_500, low: 45_000, close: 50_200 })]);
    expect(step.signal.state).toBe("UNCONFIRMED");
  });

  it.for([
    [50_100, 1.49, "UNCONFIRMED", false],
    [50_100, null, "UNCONFIRMED", false],
    [50_100, 1.5, "CONFIRMED", true],
    [52_500, 1.5, "CONFIRMED", true],
    [52_501, 1.5, "EXTENDED", true],
    [55_000, 1.5, "EXTENDED", true],
    [55_100, 1.5, "OVEREXTENDED", true],
  ] as const)(
    "[LCR13] a close of %i at %s times the volume breaks out to %s",
    ([close, volumeRatio, to, volumeOk], { expect }) => {
      const step = live(READY, [barOn(1, { close, volumeRatio })]);
      expect(story(step).at(-1)).toBe(`TRIGGERED>${to} breakout`);
      expect(step.signal).toMatchObject({ sinceBreak: 0, sinceSquat: null, volumeOk });
    },
  );

  it("[LCR14] squats on a close at the pivot, and breaks out above it", ({ expect }) => {
    const at = live(READY, [barOn(1, { high: 50_100, close: 50_000 })]);
    expect(story(at).at(-1)).toBe("TRIGGERED>SQUAT no_close");
    expect(at.signal).toMatchObject({ sinceSquat: 0, sinceBreak: null });
    const above = live(READY, [barOn(1, { high: 50_100, close: 50_001 })]);
    expect(story(above).at(-1)).toBe("TRIGGERED>UNCONFIRMED breakout");
  });
});

describe("after the trigger", () => {
  it("[LCR16] fails on a low below the stop, and not on one at the stop", ({ expect }) => {
    expect(live(after("CONFIRMED"), [barOn(1, { low: 46_100, close: 50_500 })]).signal.state).not.toBe(
      "FAILED",
    );
    const step = live(after("CONFIRMED"), [barOn(1, { low: 46_000, close: 50_500 })]);
    expect(story(step)).toEqual(["CONFIRMED>FAILED PIVOT_FAIL"]);
  });

  it("[LCR16] calls it PIVOT_FAIL up to ten bars after the trigger, BASE_FAIL from the eleventh", ({
    expect,
  }) => {
    const fall = { low: 46_000, close: 46_000 };
    const calm = (n: number) => barOn(n, { close: 50_500 });
    const tenth = live(after("UNCONFIRMED"), [...each(1, 9, calm), barOn(10, fall)]);
    const eleventh = live(after("UNCONFIRMED"), [...each(1, 10, calm), barOn(11, fall)]);
    expect(tenth.signal.reason).toBe("PIVOT_FAIL");
    expect(eleventh.signal.reason).toBe("BASE_FAIL");
  });

  it("[LCR17] expires of age at the sixtieth bar after the breakout, not before", ({ expect }) => {
    const calm = (n: number) => barOn(n, { close: 50_500 });
    expect(live(after("CONFIRMED", { volumeOk: true }), each(1, 59, calm)).transitions).toEqual([]);
    const step = live(after("CONFIRMED", { volumeOk: true }), each(1, 60, calm));
    expect(story(step)).toEqual(["CONFIRMED>EXPIRED age"]);
    expect(step.signal.endedOn).toBe(READY.appliedOn + 60);
  });

  it("[LCR17] counts from the trigger while no close broke out, and from the breakout afterwards", ({
    expect,
  }) => {
    const squat = after("SQUAT", { sinceTrigger: 59, sinceBreak: null, sinceSquat: 0 });
    expect(live(squat, [barOn(1)]).signal.reason).toBe("age");
    const broken = after("CONFIRMED", { sinceTrigger: 80, sinceBreak: 58 });
    expect(live(broken, [barOn(1, { close: 50_500 })]).signal.state).not.toBe("EXPIRED");
    expect(live(broken, [barOn(1, { close: 50_500 }), barOn(2, { close: 50_500 })]).signal.reason).toBe(
      "age",
    );
  });

  it("[LCR17] yields to the stop, which stands before it in the table", ({ expect }) => {
    const old = after("CONFIRMED", { sinceTrigger: 59, sinceBreak: 59 });
    expect(live(old, [barOn(1, { low: 46_000, close: 50_500 })]).signal.reason).toBe("BASE_FAIL");
  });

  it("[LCR18] moves between the bands with the close", ({ expect }) => {
    const closes = [52_600, 55_100, 52_600, 50_500];
    const step = live(
      after("CONFIRMED", { volumeOk: true }),
      closes.map((close, i) => barOn(i + 1, { close })),
    );
    expect(story(step)).toEqual([
      "CONFIRMED>EXTENDED band",
      "EXTENDED>OVEREXTENDED band",
      "OVEREXTENDED>EXTENDED band",
      "EXTENDED>CONFIRMED band",
    ]);
  });

  it.for([
    [9, 1.5, "CONFIRMED"],
    [10, 1.5, "UNCONFIRMED"],
    [9, 1.49, "UNCONFIRMED"],
  ] as const)(
    "[LCR18] volume after %i more bars at %f leaves it %s",
    ([calm, volumeRatio, state], { expect }) => {
      const bars = each(1, calm, (n) => barOn(n, { close: 50_500 }));
      const step = live(after("UNCONFIRMED"), [...bars, barOn(calm + 1, { close: 50_500, volumeRatio })]);
      expect(step.signal.state).toBe(state);
      expect(story(step)).toEqual(state === "CONFIRMED" ? ["UNCONFIRMED>CONFIRMED volume"] : []);
    },
  );

  it("[LCR18] recovers from a squat, and the first close above the pivot is then the breakout", ({
    expect,
  }) => {
    const never = after("SQUAT", { sinceTrigger: 4, sinceBreak: null, sinceSquat: 4 });
    const step = live(never, [barOn(1, { close: 50_001, volumeRatio: 1.5 })]);
    expect(story(step)).toEqual(["SQUAT>CONFIRMED recovered"]);
    expect(step.signal).toMatchObject({ sinceBreak: 0, sinceSquat: null, volumeOk: true });
    const again = live(after("SQUAT", { sinceBreak: 6 }), [barOn(1, { close: 50_001 })]);
    expect(again.signal).toMatchObject({ state: "UNCONFIRMED", sinceBreak: 7 });
  });

  it.for(["CONFIRMED", "UNCONFIRMED", "EXTENDED", "OVEREXTENDED"] as const)(
    "[LCR19] squats from %s on a close at the pivot, not above it",
    (state, { expect }) => {
      expect(story(live(after(state), [barOn(1, { close: 50_000 })]))).toEqual([`${state}>SQUAT back_below`]);
      expect(live(after(state), [barOn(1, { close: 50_001 })]).signal.state).not.toBe("SQUAT");
    },
  );

  it("[LCR20] expires a squat at its tenth bar at or below the pivot", ({ expect }) => {
    const calm = (n: number) => barOn(n, { close: 50_000 });
    expect(live(after("SQUAT"), each(1, 9, calm)).transitions).toEqual([]);
    expect(story(live(after("SQUAT"), each(1, 10, calm)))).toEqual(["SQUAT>EXPIRED squat"]);
  });

  it("[LCR20] begins to count again when it had recovered", ({ expect }) => {
    const calm = (n: number) => barOn(n, { close: 49_000 });
    const events = [...each(1, 9, calm), barOn(10, { close: 50_500 }), ...each(11, 20, calm)];
    expect(story(live(after("SQUAT"), events))).toEqual([
      "SQUAT>UNCONFIRMED recovered",
      "UNCONFIRMED>SQUAT back_below",
    ]);
    expect(live(after("SQUAT"), [...events, calm(21)]).signal.reason).toBe("squat");
  });
});

describe("a bar without a range", () => {
  it("[LC4] flags a locked bar, and takes the flag away with the next bar", ({ expect }) => {
    const locked = live(READY, [barOn(1, { close: 63_000, locked: true })]);
    expect(locked.signal.flags).toEqual(["unfillable"]);
    expect(live(locked.signal, [barOn(2, { close: 63_000, locked: true })]).signal.flags).toEqual([
      "unfillable",
    ]);
    expect(live(locked.signal, [barOn(2, { close: 63_000 })]).signal.flags).toEqual([]);
  });
});
