import * as fc from "fast-check";
import { describe, it } from "vitest";
import { each, barOn, lifeBar, live, session } from "../../testing/builders/life-builder.ts";
import { type LifeDay, LifeMarket, type OwnReading } from "../../testing/memory/life-market.ts";
import { makeRandom } from "../../testing/chance/random.ts";
import { makeSignal } from "../../testing/builders/signal-builder.ts";
import type { LifeEvent, Transition } from "./life-event.ts";
import { PARAMS } from "../params.ts";
import { isOpen, isPreTrigger, type Signal } from "./signal.ts";
import type { SignalState } from "../vcp/signal-state.ts";
import type { Base } from "../vcp/verdict.ts";

const bar = fc.record({
  close: fc.constantFrom(44_000, 45_990, 46_200, 48_000, 49_900, 50_000, 50_200, 51_500, 52_600, 55_600),
  range: fc.constantFrom(0, 0.004, 0.03),
  volumeRatio: fc.constantFrom(null, 0.8, 1.6),
});
const candidate = fc.record({
  age: fc.integer({ min: 0, max: 12 }),
  span: fc.integer({ min: 1, max: 12 }),
  pivot: fc.constantFrom(49_500, 50_000, 51_000),
  forming: fc.boolean(),
});
const own = fc.constantFrom<OwnReading>(
  "stands",
  "stands",
  "stands",
  "contraction",
  "lower_low",
  "rule",
  "rule",
  "higher_high",
  "share",
  "gone",
);
const day: fc.Arbitrary<LifeDay> = fc.record({
  bar: fc.option(bar, { freq: 8 }),
  candidate: fc.option(candidate, { freq: 3 }),
  own,
});
const days = fc.array(day, { minLength: 1, maxLength: 60, size: "max" });
const RUNS = { numRuns: 250, seed: 17 };

/** The states in the log, one after the other, as a reader would follow them. */
function replayed(log: readonly Transition[]): {
  readonly state: SignalState | null;
  readonly reason: string | null;
} {
  return log.reduce<{ state: SignalState | null; reason: string | null }>(
    (before, { from, to, reason }) => {
      if (from !== before.state) {
        throw new Error(`${String(before.state)} is followed by ${String(from)}>${to} ${reason}`);
      }
      return { state: to, reason };
    },
    { state: null, reason: null },
  );
}

function isRunning({ state, prev }: Signal): boolean {
  return isOpen(state) && !isPreTrigger(prev ?? state);
}

describe("any life", () => {
  it("[LC1] [LC2] follows from its log: the log's end is the stored state, each row begins where the last one ended", ({
    expect,
  }) => {
    let transitions = 0;
    fc.assert(
      fc.property(days, (sessions) => {
        const market = new LifeMarket();
        for (const one of sessions) {
          market.close(one);
        }
        for (const [id, signal] of market.signals) {
          const log = market.log.get(id) ?? [];
          transitions += log.length;
          expect(replayed(log)).toEqual({ state: signal.state, reason: signal.reason });
          expect(log[0]).toMatchObject({ from: null, day: signal.bornOn });
          expect(signal.endedOn).toBe(isOpen(signal.state) ? null : log.at(-1)?.day);
          const rows = log.map((row) => row.day);
          expect(rows).toEqual(rows.toSorted((a, b) => a - b));
        }
      }),
      RUNS,
    );
    // The market moves: a world in which nothing happens would prove nothing.
    expect(transitions).toBeGreaterThan(2_500);
  });

  it("[LC1] stands still when a session is applied again", ({ expect }) => {
    fc.assert(
      fc.property(days, (sessions) => {
        const market = new LifeMarket();
        for (const one of sessions) {
          market.close(one);
          const stored = new Map(market.signals);
          expect(market.scanAgain().flatMap((step) => step.transitions)).toEqual([]);
          expect(market.signals).toEqual(stored);
        }
      }),
      RUNS,
    );
  });

  it("[LC1] is the same whether its sessions come one by one or together", ({ expect }) => {
    const event = fc.record({ bar: fc.option(bar, { freq: 8 }) });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 70, size: "max" }), fc.nat(), (sessions, cut) => {
        const events = sessions.map(({ bar: b }, i): LifeEvent => {
          const on = session(i + 1);
          return b === null
            ? { type: "halt", day: on, cause: "halted" }
            : {
                type: "bar",
                day: on,
                bar: lifeBar({
                  ...b,
                  high: b.close * (1 + b.range),
                  low: b.close * (1 - b.range),
                  locked: false,
                }),
              };
        });
        const at = cut % (events.length + 1);
        const signal = makeSignal();
        const first = live(signal, events.slice(0, at));
        const rest = live(first.signal, events);
        const whole = live(signal, events);
        expect(rest.signal).toEqual(whole.signal);
        expect([...first.transitions, ...rest.transitions]).toEqual(whole.transitions);
      }),
      RUNS,
    );
  });

  it("[LCI2] keeps its pattern from the trigger on, but for the distance of the close", ({ expect }) => {
    let frozen = 0;
    fc.assert(
      fc.property(days, (sessions) => {
        const market = new LifeMarket();
        for (const one of sessions) {
          const running = market.open().filter(isRunning);
          market.close(one);
          for (const before of running) {
            const after = market.signals.get(before.id);
            frozen += 1;
            expect(after?.base).toEqual({ ...before.base, distance: after?.base.distance });
            expect(after?.triggeredOn).toBe(before.triggeredOn);
          }
        }
      }),
      RUNS,
    );
    expect(frozen).toBeGreaterThan(500);
  });

  it("[LCI5] [LCI1] shares its ticker with at most one other, on the other side of the trigger", ({
    expect,
  }) => {
    let both = 0;
    fc.assert(
      fc.property(days, (sessions) => {
        const market = new LifeMarket();
        for (const one of sessions) {
          const steps = market.close(one);
          const ids = steps.map(({ signal }) => signal.id);
          expect(new Set(ids).size).toBe(ids.length);
          const running = market.open().filter(isRunning).length;
          const waiting = market.open().length - running;
          expect(running).toBeLessThanOrEqual(1);
          expect(waiting).toBeLessThanOrEqual(1);
          both += running * waiting;
        }
      }),
      RUNS,
    );
    expect(both).toBeGreaterThan(50);
  });
});

describe("a life under two laws", () => {
  it("[LCI6] no signal ends on the first evening of another law but by its prices, and each is marked once", ({
    expect,
  }) => {
    let [open, marked] = [0, 0];
    fc.assert(
      fc.property(days, days, (before, after) => {
        const market = new LifeMarket();
        for (const one of before) {
          market.close(one);
        }
        const kept = market.open();
        const frozen = new Map<string, Base>(kept.map(({ id, base }) => [id, base]));
        market.params = { ...PARAMS, version: "vcp-next" };
        open += kept.length;
        for (const [i, one] of after.entries()) {
          for (const { signal, transitions } of market.close(one)) {
            const reasons = transitions.map(({ reason }) => reason);
            if (signal.paramsVersion === PARAMS.version) {
              expect(signal.base).toEqual({ ...frozen.get(signal.id), distance: signal.base.distance });
              expect(reasons.filter((reason) => /^(?:left_scan|base_age|revised)/u.test(reason))).toEqual([]);
            } else {
              // A signal of the new law has no mark of the earlier one.
              expect(signal.flags).not.toContain("old_law");
            }
            if (i === 0 && frozen.has(signal.id) && !isOpen(signal.state)) {
              expect(signal.reason).toMatch(/^(?:BASE_FAIL|PIVOT_FAIL|age|squat|suspended|superseded)$/u);
            }
          }
        }
        for (const [id, log] of market.log) {
          const marks = log.filter(({ to, reason }) => reason === "law_changed" && to !== "EXPIRED").length;
          expect(marks).toBeLessThanOrEqual(frozen.has(id) ? 1 : 0);
          marked += marks;
        }
      }),
      RUNS,
    );
    expect(open).toBeGreaterThan(100);
    expect(marked).toBeGreaterThan(10);
  });
});

describe("the end", () => {
  const REASONS = /^(?:PIVOT_FAIL|BASE_FAIL|age|squat|suspended|superseded|left_scan:\w+)$/;

  it("[LC3] comes with a reason within 121 bars after the last scan that listed anything", ({ expect }) => {
    const ends = new Map<string, number>();
    fc.assert(
      fc.property(days, fc.nat(1_000_000), (sessions, seed) => {
        const market = new LifeMarket();
        for (const one of sessions) {
          market.close(one);
        }
        const random = makeRandom(seed);
        const weakness = random();
        // Around the pivot and above the stop, so that nothing but the clock can end a running signal.
        for (let bars = 0; bars < 121 && market.open().length > 0;) {
          const traded = random() < 0.85;
          bars += traded ? 1 : 0;
          const close = random() < weakness ? 49_900 : 51_200;
          market.close({
            bar: traded ? { close, range: 0, volumeRatio: 1 } : null,
            candidate: null,
            own: "rule",
          });
        }
        expect(market.open()).toEqual([]);
        for (const { reason } of market.signals.values()) {
          expect(reason).toMatch(REASONS);
          ends.set(reason, (ends.get(reason) ?? 0) + 1);
        }
      }),
      RUNS,
    );
    for (const reason of ["PIVOT_FAIL", "BASE_FAIL", "age", "squat", "superseded"]) {
      expect(ends.get(reason) ?? 0, reason).toBeGreaterThan(0);
    }
  });

  it("[LC3] comes also when the share never trades again", ({ expect }) => {
    fc.assert(
      fc.property(days, (sessions) => {
        const market = new LifeMarket();
        for (const one of [
          ...sessions,
          ...Array.from({ length: 21 }, () => ({ bar: null, candidate: null, own: "rule" as const })),
        ]) {
          market.close(one);
        }
        expect(market.open()).toEqual([]);
      }),
      RUNS,
    );
  });

  it("[LC3] nothing ended moves again, unless it is relisted", ({ expect }) => {
    fc.assert(
      fc.property(days, (sessions) => {
        const market = new LifeMarket();
        for (const one of sessions) {
          const ended = [...market.signals.values()].filter(({ state }) => !isOpen(state));
          market.close(one);
          for (const before of ended) {
            const rows = market.log.get(before.id) ?? [];
            const moved = market.signals.get(before.id) !== before;
            expect(moved).toBe(
              rows.some(({ day: on, reason }) => reason === "relisted" && on > (before.endedOn ?? 0)),
            );
          }
        }
      }),
      RUNS,
    );
  });

  it("[LC3] a squat that never broke out ends by its age as well", ({ expect }) => {
    const squat = makeSignal({ state: "SQUAT", triggeredOn: session(0), sinceTrigger: 0, sinceSquat: 0 });
    const swinging = each(1, 120, (n) => barOn(n, { close: n % 9 === 0 ? 50_500 : 49_000 }));
    const step = live(squat, swinging);
    expect(step.signal.reason).toBe("age");
  });
});
