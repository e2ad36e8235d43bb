/** The checks of the replay see a broken promise. */
import { describe, it } from "vitest";
import { session } from "../builders/life-builder.ts";
import { makeBase, makeEvent, makeSignal } from "../builders/signal-builder.ts";
import type { SignalEvent } from "../../core/lifecycle/signal.ts";
import { priceOf } from "../../core/nominal.ts";
import { causeFaults, lifeFaults, overdueFaults, storedFaults } from "./replay-checks.ts";

describe("a broken promise", () => {
  const signal = makeSignal();
  const birth = makeEvent({ values: { pivot: 50_000 } });

  it("[LC1] is seen when the log does not give what is stored", ({ expect }) => {
    const stored = { ...signal, reason: "new", bornOn: birth.day };
    expect(storedFaults([stored], [birth])).toEqual([]);
    const tampered = [
      { signal: { ...stored, state: "FORMING" as const }, log: [birth] },
      { signal: { ...stored, reason: "revised" }, log: [birth] },
      { signal: { ...stored, base: makeBase({ pivot: 50_100 }) }, log: [birth] },
      { signal: stored, log: [{ ...birth, seq: 2 }] },
      { signal: stored, log: [birth, { ...birth, seq: 2, from: "FORMING" as const }] },
      { signal: stored, log: [{ ...birth, reason: "ready" }] },
      { signal: stored, log: [] },
    ];
    for (const { signal: one, log } of tampered) {
      expect(storedFaults([one], log)).not.toEqual([]);
    }
  });

  it("[LCI3] is seen when a base was revised for no cause", ({ expect }) => {
    const revised = (cause?: string): SignalEvent =>
      makeEvent({ reason: "revised", values: cause === undefined ? {} : { cause } });
    expect(causeFaults([birth, revised("contraction"), revised("lower_low")])).toEqual([]);
    expect(causeFaults([revised("rows_corrected"), revised()])).toHaveLength(2);
  });

  it("[LCI1] is seen when an id is given twice or a log has no signal", ({ expect }) => {
    const stored = { ...signal, bornOn: birth.day };
    expect(storedFaults([stored, stored], [birth])).toContain("2 signals share 1 ids");
    expect(storedFaults([], [birth])).toEqual([`${birth.signalId} was born 1 times`]);
  });

  it("[LC1a] is seen when prices and bars part ways, in a state, in a field or in a step", ({ expect }) => {
    const day = session(0);
    const one = { signals: [signal], events: [birth] };
    expect(lifeFaults(day, one, one)).toEqual([]);
    for (const other of [
      { ...one, signals: [{ ...signal, state: "FORMING" as const }] },
      { ...one, signals: [{ ...signal, misses: 1 }] },
      { ...one, signals: [] },
      { ...one, events: [] },
    ]) {
      expect(lifeFaults(day, one, other)).not.toEqual([]);
    }
    const failed = makeSignal({ state: "FAILED", close: 46_000 });
    const late = { ...failed, close: priceOf(45_500), base: makeBase({ distance: -0.09 }) };
    expect(lifeFaults(day, { signals: [failed], events: [] }, { signals: [late], events: [] })).toEqual([]);
  });

  it("[LC3] is seen when an open signal is older than its clocks allow", ({ expect }) => {
    expect(overdueFaults([signal])).toEqual([]);
    for (const overdue of [
      makeSignal({ misses: 3 }),
      makeSignal({ baseBars: 329 }),
      makeSignal({ state: "SUSPENDED", prev: "READY", suspended: 21 }),
      makeSignal({ state: "CONFIRMED", sinceTrigger: 70, sinceBreak: 60 }),
      makeSignal({ state: "SQUAT", sinceTrigger: 12, sinceSquat: 10 }),
    ]) {
      expect(overdueFaults([overdue])).toHaveLength(1);
    }
  });
});
