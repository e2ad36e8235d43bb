/** LCI6: signals that other parameters listed, on the evenings after the change. */
import { describe, it } from "vitest";
import {
  actionOn,
  barOn,
  each,
  FROZEN,
  goneOn,
  haltOn,
  lifeBar,
  live,
  scanOn,
  session,
  story,
} from "../../testing/builders/life-builder.ts";
import { PRE, RUNNING } from "../../testing/replay/life-table.ts";
import { baseAt, NEXT, OLD, own, reconciled, scanned, signalOf } from "../../testing/replay/ticker-scan.ts";
import type { Bare } from "../../testing/builders/bare.ts";
import { PARAMS } from "../params.ts";
import { isOpen, isPreTrigger, type Signal } from "./signal.ts";
import { reconcile } from "./reconcile.ts";
import type { Base } from "../vcp/verdict.ts";

/** As the law before listed it: its base has no noise. */
function earlier(overrides: Bare<Partial<Signal>> = {}): Signal {
  const base = { ...OLD, noise: null };
  return signalOf(base, { paramsVersion: "vcp-3", flags: ["prov"], ...overrides });
}

function tight(depth: number): Base["contractions"] {
  return OLD.contractions.map((leg, i) => (i === 0 ? leg : { ...leg, depth }));
}

/** `count` evenings from session 1 on, on which the scan lists nothing of the ticker. */
function evenings(
  signal: Signal,
  count: number,
): { readonly signal: Signal; readonly log: readonly string[] } {
  let [now, log]: [Signal, readonly string[]] = [signal, []];
  for (let n = 1; n <= count && isOpen(now.state); n++) {
    const x = scanned(null, { open: [now], sessions: [barOn(n)] });
    const [step] = reconcile({ ...x, verdict: { ...x.verdict, asOf: session(n) } });
    log = [...log, ...(step === undefined ? [] : story(step))];
    now = step?.signal ?? now;
  }
  return { signal: now, log };
}

describe("a signal of an earlier law", () => {
  it.for(RUNNING)("[LCI6] does not leave by the new one on its first evening as %s", (state, { expect }) => {
    const since = isPreTrigger(state) ? {} : { triggeredOn: session(-1), sinceTrigger: 1, sinceBreak: 1 };
    const squat = state === "SQUAT" ? { sinceSquat: 1 } : {};
    const signal = earlier({ state, ...since, ...squat, misses: isPreTrigger(state) ? 2 : 0 });
    // Whatever the scan finds of the ticker: the same base by the new law, another one beside it, none.
    for (const found of [OLD, baseAt("2025-03-10", "2025-04-28"), null]) {
      const close = isPreTrigger(state) || state === "SQUAT" ? 49_000 : 50_050;
      const bar = lifeBar({ close, high: close });
      const [step, ...others] = reconcile(
        scanned(found, { open: [signal], sessions: [barOn(1, { close, high: close })], today: bar }),
      );
      expect(others).toEqual([]);
      expect(step?.signal.id).toBe(signal.id);
      expect(step && isOpen(step.signal.state)).toBe(true);
      expect(step?.signal.base).toEqual({ ...signal.base, distance: step?.signal.base.distance });
      expect(step?.signal.paramsVersion).toBe("vcp-3");
      const changes = (step?.transitions ?? []).filter(({ reason }) => reason === "law_changed");
      expect(changes).toHaveLength(isPreTrigger(state) ? 1 : 0);
    }
  });

  it.for(PRE)(
    "[LCI6] names both laws once in the log of one that is %s, and counts no miss",
    (state, { expect }) => {
      const { signal, log } = evenings(earlier({ state, misses: 2 }), 10);
      expect(log).toEqual([`${state}>${state} law_changed`]);
      expect(signal).toMatchObject({ state, flags: ["prov", "old_law"], id: earlier().id });
      const [step] = reconcile(scanned(null, { open: [earlier({ state })] }));
      expect(step?.transitions[0]?.values).toEqual({ judged_by: "vcp-3", law: PARAMS.version });
    },
  );

  it("[LCI6] ends after 60 further scans when nothing else ends it", ({ expect }) => {
    expect(evenings(earlier(), PARAMS.life.ageBars).signal.state).toBe("READY");
    const { signal, log } = evenings(earlier(), PARAMS.life.ageBars + 5);
    expect(log).toEqual(["READY>READY law_changed", "READY>EXPIRED law_changed"]);
    expect(signal.endedOn).toBe(session(PARAMS.life.ageBars + 1));
  });

  it("[LCI6] ends by its trigger, its low, a halt or its row as every other", ({ expect }) => {
    const marked = live(earlier(), [barOn(1), scanOn(1, FROZEN)]).signal;
    const [up, low] = [
      { high: 50_200, close: 50_200 },
      { low: 45_000, close: 45_900 },
    ];
    expect(story(live(marked, [barOn(2, up)]))).toEqual([
      "READY>TRIGGERED triggered",
      "TRIGGERED>UNCONFIRMED breakout",
    ]);
    expect(story(live(marked, [barOn(2, low), scanOn(2, FROZEN)]))).toEqual(["READY>FAILED BASE_FAIL"]);
    expect(story(live(marked, each(2, 22, haltOn)))).toEqual([
      "READY>SUSPENDED halted",
      "SUSPENDED>EXPIRED suspended",
    ]);
    expect(story(live(marked, [goneOn(2)]))).toEqual(["READY>EXPIRED delisted"]);
    // After the trigger as every other, too.
    const triggered = live(marked, [barOn(2, up)]).signal;
    expect(story(live(triggered, [barOn(3, { close: 46_000, low: 46_000 })]))).toEqual([
      "UNCONFIRMED>FAILED PIVOT_FAIL",
    ]);
  });

  it("[LCI6] fails by its low on the first evening too", ({ expect }) => {
    expect(story(live(earlier({ belowLow: true }), [barOn(1), scanOn(1, FROZEN)]))).toEqual([
      "READY>FAILED BASE_FAIL",
    ]);
  });

  it("[LCI6] yields to a base of the new law that is none of its own, and keeps every other out", ({
    expect,
  }) => {
    expect(reconciled(scanned(NEXT, { open: [earlier()] }))).toEqual([
      [earlier().id, "READY>EXPIRED superseded"],
      ["D00001.20250422.20250507", "->READY new"],
    ]);
    expect(reconciled(scanned(OLD, { open: [earlier()] }))).toEqual([
      [earlier().id, "READY>READY law_changed"],
    ]);
  });

  it("[LCI6] [LCR3] is marked when it has resumed, and not while it is suspended", ({ expect }) => {
    const suspended = earlier({ state: "SUSPENDED", prev: "FORMING", suspended: 3 });
    const halted = scanned(null, { open: [suspended], sessions: [haltOn(1)], today: null });
    expect(reconciled(halted)).toEqual([[suspended.id]]);
    expect(reconciled(scanned(null, { open: [suspended] }))).toEqual([
      [suspended.id, "SUSPENDED>FORMING resumed", "FORMING>FORMING law_changed"],
    ]);
  });

  it("[LCI6] [LCR22] goes on in the new shares", ({ expect }) => {
    const step = live(earlier(), [
      actionOn(1, 0.2),
      barOn(1, { close: 9_800 }),
      scanOn(1, FROZEN, { close: 9_800 }),
    ]);
    expect(story(step)).toEqual(["READY>READY rebased", "READY>READY law_changed"]);
    expect(step.signal.base).toMatchObject({ pivot: 10_000, entry: 10_020, noise: null });
  });

  it("[LCI6] ends when a signal of the new law passes its trigger beside it", ({ expect }) => {
    const running = earlier({ state: "SQUAT", triggeredOn: session(-3), sinceTrigger: 3, sinceSquat: 1 });
    const waiting = signalOf(NEXT);
    const up = { high: 50_200, close: 50_200 };
    const x = scanned(null, { open: [running, waiting], sessions: [barOn(1, up)], today: lifeBar(up) });
    expect(reconciled({ ...x, incumbent: own(NEXT, "QT1") })).toEqual([
      [running.id, "SQUAT>UNCONFIRMED recovered", "UNCONFIRMED>EXPIRED superseded"],
      [waiting.id, "READY>TRIGGERED triggered", "TRIGGERED>UNCONFIRMED breakout"],
    ]);
  });

  it.for([
    // 79 points reach S by the conditions of before, and not since; 55 reached C then and are B now.
    [{ score: 79, base: { ...OLD, noise: null, dryUp: 0.5, contractions: tight(0.05) } }, "S"],
    [{ score: 70 }, "A"],
    [{ score: 61, rs: 70 }, "B"],
    [{ score: 55, rs: 70 }, "C"],
    [{ score: 45, rs: 70 }, "D"],
  ] as const)(
    "[LCI6] [SC8] is graded by the conditions that it was listed with: %#",
    ([overrides, grade], { expect }) => {
      const marked = live(earlier(overrides), [barOn(1), scanOn(1, FROZEN)]).signal;
      expect(marked.grade).toBe(grade);
      // Back from a halt as well: nothing of its score is measured again.
      const back = live(marked, [haltOn(2), barOn(3)]);
      expect([back.transitions.length, back.signal.grade]).toEqual([2, grade]);
    },
  );

  it("[LCI6] [LC1] changes nothing when the evening is scanned again", ({ expect }) => {
    const x = scanned(OLD, { open: [earlier()] });
    const open = reconcile(x).map(({ signal }) => signal);
    expect(reconcile({ ...x, open })).toEqual(open.map((signal) => ({ signal, transitions: [] })));
  });
});
