import { describe, it } from "vitest";
import {
  ABSENT,
  barOn,
  each,
  goneOn,
  haltOn,
  listed,
  live,
  scanOn,
  story,
  SUPERSEDED,
} from "../../testing/builders/life-builder.ts";
import { OPEN, RUNNING } from "../../testing/replay/life-table.ts";
import { makeBase, makeSignal } from "../../testing/builders/signal-builder.ts";
import { isPreTrigger, type Signal } from "./signal.ts";
import type { OpenState } from "../vcp/signal-state.ts";

function standing(state: OpenState): Signal {
  const since = isPreTrigger(state) ? {} : { sinceTrigger: 2, sinceBreak: 1, sinceSquat: 0 };
  return makeSignal({ state, ...since });
}

describe("suspension", () => {
  it.for(RUNNING)("[LCR2] suspends %s on a halt, remembers the state and the reason", (state, { expect }) => {
    for (const cause of ["halted", "administration", "liquidation"]) {
      const step = live(standing(state), [haltOn(1, cause)]);
      expect(story(step)).toEqual([`${state}>SUSPENDED ${cause}`]);
      expect(step.signal).toMatchObject({ prev: state, suspended: 1, grade: "D" });
    }
  });

  it("[LCR2] takes no scan while suspended: a halt is no miss", ({ expect }) => {
    const halted = live(makeSignal(), [haltOn(1)]).signal;
    for (const finding of [ABSENT, SUPERSEDED, listed()]) {
      const step = live(halted, [scanOn(1, finding)]);
      expect(step.transitions).toEqual([]);
      expect(step.signal.misses).toBe(0);
    }
  });

  it("[LCR3] resumes where it stood, and the bar is then applied to that state", ({ expect }) => {
    const calm = live(standing("SQUAT"), [haltOn(1), barOn(2)]);
    expect(story(calm)).toEqual(["SQUAT>SUSPENDED halted", "SUSPENDED>SQUAT resumed"]);
    expect(calm.signal).toMatchObject({ prev: null, suspended: 0 });
    const breakout = live(makeSignal(), [haltOn(1), barOn(2, { close: 50_200 })]);
    expect(story(breakout)).toEqual([
      "READY>SUSPENDED halted",
      "SUSPENDED>READY resumed",
      "READY>TRIGGERED triggered",
      "TRIGGERED>UNCONFIRMED breakout",
    ]);
  });

  it("[LCR3] counts bars, not halted sessions, towards age and squat", ({ expect }) => {
    const step = live(standing("SQUAT"), [...each(1, 15, haltOn), barOn(16)]);
    expect(step.signal).toMatchObject({ state: "SQUAT", sinceSquat: 1, sinceTrigger: 3 });
  });

  it("[LCR4] waits twenty sessions and expires in the twenty-first", ({ expect }) => {
    expect(live(makeSignal(), each(1, 20, haltOn)).signal).toMatchObject({
      state: "SUSPENDED",
      suspended: 20,
    });
    const step = live(makeSignal(), each(1, 21, haltOn));
    expect(story(step)).toEqual(["READY>SUSPENDED halted", "SUSPENDED>EXPIRED suspended"]);
  });

  it("[LCR4] counts each suspension for itself", ({ expect }) => {
    const step = live(makeSignal(), [...each(1, 20, haltOn), barOn(21), ...each(22, 41, haltOn)]);
    expect(step.signal).toMatchObject({ state: "SUSPENDED", suspended: 20 });
  });

  it.for(OPEN)("[LCR5] expires %s without a row", (state, { expect }) => {
    const step = live(standing(state), [goneOn(1)]);
    expect(story(step)).toEqual([`${state}>EXPIRED delisted`]);
    expect(step.signal.endedOn).toBe(makeSignal().appliedOn + 1);
  });
});

describe("the order of events", () => {
  it("[LC1] takes the bar and then the scan of a session, each once", ({ expect }) => {
    const signal = makeSignal({ base: makeBase() });
    const events = [barOn(1, { close: 45_000 }), scanOn(1, ABSENT)];
    const once = live(signal, events);
    expect(once.signal).toMatchObject({ state: "FAILED", appliedSeq: 2, appliedOn: signal.appliedOn + 1 });
    expect(live(signal, [...events, ...events])).toEqual(once);
  });

  it("[LC1] ignores the bar that comes after its session's scan, and every older session", ({ expect }) => {
    const signal = live(makeSignal(), [barOn(3), scanOn(3, listed())]).signal;
    const breakout = { close: 51_000 };
    for (const late of [
      barOn(3, breakout),
      barOn(2, breakout),
      scanOn(3, SUPERSEDED),
      goneOn(3),
      haltOn(1),
    ]) {
      expect(live(signal, [late])).toEqual({ signal, transitions: [] });
    }
    expect(live(signal, [barOn(4, breakout)]).transitions).not.toEqual([]);
  });

  it.for(["FAILED", "EXPIRED"] as const)("[LC3] takes no event after its end as %s", (state, { expect }) => {
    const ended = makeSignal({ state });
    for (const event of [barOn(1, { close: 51_000 }), haltOn(1), goneOn(1), scanOn(1, listed())]) {
      expect(live(ended, [event])).toEqual({ signal: ended, transitions: [] });
    }
  });

  it("[LC2] writes every change of state as one row with its day, reason and values", ({ expect }) => {
    const step = live(makeSignal(), [barOn(1, { close: 50_200, volumeRatio: 2 })]);
    expect(step.transitions).toEqual([
      {
        day: makeSignal().appliedOn + 1,
        from: "READY",
        to: "TRIGGERED",
        reason: "triggered",
        values: { high: 50_200, entry: 50_100 },
      },
      {
        day: makeSignal().appliedOn + 1,
        from: "TRIGGERED",
        to: "CONFIRMED",
        reason: "breakout",
        values: { close: 50_200, pivot: 50_000, stop: 46_100, volume_ratio: 2 },
      },
    ]);
  });
});
