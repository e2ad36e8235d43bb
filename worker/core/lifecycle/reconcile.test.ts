import { describe, it } from "vitest";
import { barOn, DAY_0, haltOn, lifeBar, session, story } from "../../testing/builders/life-builder.ts";
import { baseAt, NEXT, OLD, own, reconciled, scanned, signalOf } from "../../testing/replay/ticker-scan.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { makeVerdict } from "../../testing/builders/verdict-builder.ts";
import { PARAMS } from "../params.ts";
import { signalId } from "./birth.ts";
import { reconcile } from "./reconcile.ts";

describe("what belongs to what", () => {
  it("[LCI2] is born when nothing is open", ({ expect }) => {
    expect(reconciled(scanned(OLD))).toEqual([["D00001.20250303.20250421", "->READY new"]]);
    expect(reconciled(scanned(null))).toEqual([]);
  });

  /** What ended the own reading, so that another base may take its place (LCI3). */
  const ended = own(OLD, "BS1");

  it.for([
    ["2025-01-06", "2025-03-03", true],
    ["2025-01-06", "2025-03-02", false],
    ["2025-04-21", "2025-05-07", true],
    ["2025-04-22", "2025-05-07", false],
    ["2025-03-10", "2025-04-01", true],
    ["2025-01-06", "2025-05-07", true],
  ] as const)("[LCI2] a base from %s to %s: belongs %s", ([first, last, belongs], { expect }) => {
    const open = [signalOf(OLD)];
    const base = baseAt(first, last);
    const born = signalId("D00001", base);
    const old = "D00001.20250303.20250421";
    expect(reconciled(scanned(base, { open, incumbent: ended }))).toEqual(
      belongs
        ? [[old, "READY>READY revised"]]
        : [
            [old, "READY>EXPIRED superseded"],
            [born, "->READY new"],
          ],
    );
  });

  it("[LCI2] judges by the pattern as it was last revised, and keeps the id of the birth", ({ expect }) => {
    const revised = signalOf(NEXT, { id: "D00001.20250303.20250421" });
    const base = baseAt("2025-05-07", "2025-05-14");
    expect(reconciled(scanned(base, { open: [revised], incumbent: own(NEXT, "BS1") }))).toEqual([
      [revised.id, "READY>READY revised"],
    ]);
  });

  it("[LCI2] leaves a pattern alone from the trigger on, whatever the scan finds", ({ expect }) => {
    const open = [signalOf(OLD, { state: "SQUAT", sinceTrigger: 2, sinceSquat: 1 })];
    for (const candidate of [baseAt("2025-03-10", "2025-05-07"), OLD, null]) {
      const [step, ...others] = reconcile(scanned(candidate, { open }));
      expect(others).toEqual([]);
      expect(step?.transitions).toEqual([]);
      expect(step?.signal.base).toEqual({ ...OLD, distance: step?.signal.base.distance });
    }
  });

  it("[LCI2] lets a signal past its trigger run beside a newborn one", ({ expect }) => {
    const running = signalOf(OLD, { state: "SQUAT", sinceTrigger: 2, sinceSquat: 1 });
    expect(reconciled(scanned(NEXT, { open: [running] }))).toEqual([
      [running.id],
      ["D00001.20250422.20250507", "->READY new"],
    ]);
  });

  /** Triggered on 2025-05-09, after the last high of both bases. */
  const triggeredOn = dayOf("2025-05-09");

  it.for([
    ["2025-05-08", []],
    ["2025-05-09", ["->READY new"]],
    ["2025-05-12", ["->READY new"]],
  ] as const)(
    "[LCI2] [PV5] a contraction from %s is another signal's from the trigger's own high on",
    ([last, born], { expect }) => {
      const running = signalOf(OLD, { state: "SQUAT", triggeredOn, sinceTrigger: 2, sinceSquat: 1 });
      const base = baseAt("2025-03-03", last);
      const steps = reconciled(scanned(base, { open: [running] }));
      expect(steps).toEqual([
        [running.id],
        ...(born.length === 0 ? [] : [[signalId("D00001", base), ...born]]),
      ]);
    },
  );

  it("[LCI2] gives no base to a waiting signal that a running one has used", ({ expect }) => {
    const running = signalOf(OLD, { state: "SQUAT", triggeredOn, sinceTrigger: 2, sinceSquat: 1 });
    const waiting = signalOf(baseAt("2025-03-03", "2025-05-12"));
    const open = [running, waiting];
    const incumbent = own(baseAt("2025-03-03", "2025-05-14"), "BS1");
    const used = scanned(baseAt("2025-03-10", "2025-05-08"), { open, incumbent });
    expect(reconciled(used)).toEqual([[running.id], [waiting.id]]);
    expect(reconcile(used)[1]?.signal).toMatchObject({ misses: 1, base: { pivot: 50_000 } });
    const unused = scanned(baseAt("2025-03-10", "2025-05-12"), { open, incumbent });
    expect(reconciled(unused)).toEqual([[running.id], [waiting.id, "READY>READY revised"]]);
  });
});

describe("one before the trigger and one after", () => {
  const running = signalOf(OLD, { state: "CONFIRMED", sinceTrigger: 5, sinceBreak: 5, volumeOk: true });
  const breakout = { close: 50_500 };

  it("[LCI5] ends the one that ran before when a second one triggers", ({ expect }) => {
    const x = scanned(null, {
      open: [running, signalOf(NEXT)],
      sessions: [barOn(1, breakout)],
      today: lifeBar(breakout),
    });
    expect(reconciled(x)).toEqual([
      [running.id, "CONFIRMED>EXPIRED superseded"],
      ["D00001.20250422.20250507", "READY>TRIGGERED triggered", "TRIGGERED>UNCONFIRMED breakout"],
    ]);
  });

  it("[LCI5] ends it when the second one is born past its pivot, also while it is suspended", ({
    expect,
  }) => {
    const broken = { ...NEXT, state: "CONFIRMED", breakout: { day: session(0), bars: 1 } } as const;
    const suspended = {
      ...running,
      state: "SUSPENDED",
      prev: "CONFIRMED",
      appliedSeq: 1,
      appliedOn: session(1),
    } as const;
    for (const open of [running, suspended]) {
      const x = scanned(broken, { open: [open], sessions: [barOn(1, breakout)], today: lifeBar(breakout) });
      expect(reconciled(x)).toEqual([
        [running.id, `${open.state}>EXPIRED superseded`],
        ["D00001.20250422.20250507", "->CONFIRMED new_breakout"],
      ]);
    }
  });

  it("[LCI5] ends it in the session of the trigger, however late the scan comes", ({ expect }) => {
    const sessions = [barOn(1, breakout), barOn(2, { close: 45_000 })];
    const late = reconcile({
      ...scanned(null, { open: [running, signalOf(NEXT)], sessions, today: lifeBar({ close: 45_000 }) }),
      verdict: makeVerdict({ asOf: session(2), base: null, detected: false }),
    });
    expect(late[0]?.signal).toMatchObject({ reason: "superseded", endedOn: session(1) });
  });

  it("[LCI5] ends it also when a price inside the session had triggered the second one", ({ expect }) => {
    const triggered = signalOf(NEXT, {
      state: "TRIGGERED",
      triggeredOn: session(1),
      sinceTrigger: null,
      appliedOn: session(1),
      appliedSeq: 0,
    });
    const before = { ...running, triggeredOn: session(-4) };
    for (const open of [
      [before, triggered],
      [triggered, before],
    ]) {
      // A scan replays one session more than it needs, which both signals have seen.
      for (const sessions of [[barOn(1, breakout)], [barOn(0), barOn(1, breakout)]]) {
        const x = scanned(null, { open, sessions, today: lifeBar(breakout) });
        const ends = reconcile(x).map(
          ({ signal: { id, state, endedOn } }) => [id, [state, endedOn]] as const,
        );
        expect(new Map(ends)).toEqual(
          new Map([
            [before.id, ["EXPIRED", session(1)]],
            [triggered.id, ["UNCONFIRMED", null]],
          ]),
        );
      }
    }
  });

  it("[LCI5] bears nothing beside a suspended signal that has not triggered", ({ expect }) => {
    // The halt of this session was taken back after its scan: the bar comes too late, the candidate does not.
    const suspended = signalOf(OLD, {
      state: "SUSPENDED",
      prev: "READY",
      appliedOn: session(1),
      appliedSeq: 1,
    });
    expect(reconciled(scanned(NEXT, { open: [suspended] }))).toEqual([[suspended.id]]);
  });
});

describe("coming back", () => {
  const left = signalOf(OLD, {
    state: "EXPIRED",
    reason: "left_scan:QT1",
    endedOn: session(-9),
    misses: 3,
  });
  /** Another first high, the same last one. */
  const sameLast = baseAt("2025-03-10", "2025-04-21");

  it("[LCI4] reopens what left the scan at most ten sessions ago, under its old id", ({ expect }) => {
    const [step] = reconcile(scanned(sameLast, { ended: [left] }));
    expect(step && story(step)).toEqual(["EXPIRED>READY relisted"]);
    expect(step?.signal).toMatchObject({ id: left.id, bornOn: left.bornOn, endedOn: null, misses: 0 });
    expect(step?.signal.flags).toContain("relisted");
    expect(reconciled(scanned(sameLast, { ended: [{ ...left, endedOn: session(-10) }] }))).toEqual([]);
  });

  it.for(["BASE_FAIL", "PIVOT_FAIL", "age", "squat", "superseded", "suspended", "delisted", "base_age"])(
    "[LCI4] keeps a pattern that ended as %s off the list",
    (reason, { expect }) => {
      expect(reconciled(scanned(sameLast, { ended: [{ ...left, reason }] }))).toEqual([]);
    },
  );

  it("[LCI4] bears a pattern with another last high beside the ended one", ({ expect }) => {
    const other = baseAt("2025-03-03", "2025-05-07");
    expect(reconciled(scanned(other, { ended: [{ ...left, reason: "BASE_FAIL" }] }))).toEqual([
      ["D00001.20250303.20250507", "->READY new"],
    ]);
  });

  it("[LCI4] does not reopen in the session of the end", ({ expect }) => {
    const missed = signalOf(OLD, { misses: 2 });
    const x = scanned(OLD, { open: [missed], incumbent: own(OLD, "QT1") });
    expect(reconciled(x)).toEqual([[missed.id, "READY>EXPIRED left_scan:QT1"]]);
    expect(reconciled(scanned(OLD, { ended: [{ ...left, endedOn: session(1) }] }))).toEqual([]);
  });

  it("[LCI4] reopens what an earlier law listed under the law in force", ({ expect }) => {
    const before = { ...left, paramsVersion: "vcp-3", base: { ...left.base, noise: null } };
    const [step] = reconcile(scanned(sameLast, { ended: [before] }));
    expect(step?.signal).toMatchObject({ id: left.id, paramsVersion: PARAMS.version, base: sameLast });
  });

  it("[LCI1] never gives an id twice, also when the signal that had it was revised since", ({ expect }) => {
    const revised = { ...left, base: NEXT };
    expect(reconciled(scanned(OLD, { ended: [{ ...revised, reason: "BASE_FAIL" }] }))).toEqual([]);
    expect(reconciled(scanned(OLD, { ended: [revised] }))).toEqual([[left.id, "EXPIRED>READY relisted"]]);
    const running = signalOf(NEXT, { id: left.id, state: "SQUAT", sinceTrigger: 1, sinceSquat: 1 });
    expect(reconciled(scanned(OLD, { open: [running] }))).toEqual([[left.id]]);
  });
});

describe("keeping the list", () => {
  it.for(["QT1", "TT", "SC", "EL2", "EL3_value"] as const)(
    "[LCR9] a base that stands but for %s is missed, whatever else the scan lists of it",
    (rule, { expect }) => {
      const open = [signalOf(OLD)];
      const [listed] = reconcile(scanned(OLD, { open, incumbent: own(OLD) }));
      expect(listed?.signal.misses).toBe(0);
      for (const best of [OLD, baseAt("2025-03-10", "2025-04-21"), null]) {
        const [step] = reconcile(scanned(best, { open, incumbent: own(OLD, rule) }));
        expect(step?.signal).toMatchObject({ misses: 1, base: { pivot: OLD.pivot } });
        expect(step?.transitions).toEqual([]);
      }
    },
  );

  it("[LCR2] asks no scan of a share that did not trade", ({ expect }) => {
    const x = scanned(NEXT, { open: [signalOf(OLD)], sessions: [haltOn(1)], today: null });
    expect(reconciled(x)).toEqual([["D00001.20250303.20250421", "READY>SUSPENDED halted"]]);
  });

  it("[LC1] changes nothing when the same session is scanned again", ({ expect }) => {
    const x = scanned(NEXT, { open: [signalOf(OLD)] });
    const first = reconcile(x).map((step) => step.signal);
    const ended = first.filter(({ state }) => state === "EXPIRED");
    const open = first.filter(({ state }) => state !== "EXPIRED");
    expect(open).toHaveLength(1);
    const again = reconcile({ ...x, open, ended });
    expect(again).toEqual(open.map((signal) => ({ signal, transitions: [] })));
    expect(DAY_0).toBeLessThan(session(1));
  });
});
