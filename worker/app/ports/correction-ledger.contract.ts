/** What every ledger must do for sessions that are judged again: keep versions, take back whole, forget nothing. */
import { beforeEach, describe, it } from "vitest";
import type { SignalId } from "../../core/nominal.ts";
import type { Signal } from "../../core/lifecycle/signal.ts";
import { dayOf, makeEvent, makeGate, makeRun, makeSignal } from "../../testing/builders/signal-builder.ts";
import type { CorrectionSave } from "./correction-ledger.ts";
import { makeOutcome, type Stores } from "./outcome-store.contract.ts";
import { makeMessage, makeSave } from "./scan-ledger.contract.ts";
import type { ScanSave, SignalFilter } from "./scan-ledger.ts";

const [FRIDAY, MONDAY, TUESDAY] = [dayOf("2025-05-16"), dayOf("2025-05-19"), dayOf("2025-05-20")];
const ANY: SignalFilter = {
  exchange: "DEMO",
  state: null,
  market: null,
  grade: null,
  minScore: null,
  ticker: null,
};

/** The scan of a session, with the signals as they stand after it. */
function scanOf(day: typeof FRIDAY, signals: readonly Signal[], seq: number): ScanSave {
  return makeSave({
    run: makeRun({ id: `run-${day}`, asOf: day, startedAt: day, finishedAt: day + 1 }),
    signals,
    events: signals.map(({ id }) => makeEvent({ signalId: id, seq, day })),
    gate: makeGate({ day }),
    outbox: [],
    alerts: [],
  });
}

const GOOD = makeSignal({ id: "good", bornOn: FRIDAY, appliedOn: FRIDAY });
const FAILED = makeSignal({
  id: "good",
  bornOn: FRIDAY,
  appliedOn: MONDAY,
  state: "FAILED",
  triggeredOn: MONDAY,
});
const FALSE = makeSignal({ id: "false", bornOn: MONDAY, appliedOn: MONDAY });
const AGAIN = makeSignal({ id: "good", bornOn: FRIDAY, appliedOn: MONDAY, score: 66 });

/** Friday was right, Monday was not: it ended a signal and gave birth to another. */
async function liveWrongly({ ledger }: Stores): Promise<void> {
  await ledger.save(scanOf(FRIDAY, [GOOD], 1));
  await ledger.save({
    ...scanOf(MONDAY, [FAILED, FALSE], 2),
    events: [
      makeEvent({ signalId: "good", seq: 2, day: MONDAY }),
      makeEvent({ signalId: "false", day: MONDAY }),
    ],
  });
}

function correction(overrides: Partial<CorrectionSave> = {}): CorrectionSave {
  const run = makeRun({
    id: "run-c",
    kind: "correction",
    asOf: MONDAY,
    startedAt: MONDAY + 5,
    judgedFrom: MONDAY,
  });
  return {
    run,
    from: MONDAY,
    signals: [AGAIN],
    withdrawn: [{ ...FALSE, state: "EXPIRED", reason: "withdrawn", endedOn: MONDAY }],
    superseded: [
      { signalId: GOOD.id, seq: 2 },
      { signalId: FALSE.id, seq: 1 },
    ],
    events: [makeEvent({ signalId: "good", seq: 3, day: MONDAY })],
    versions: [{ day: MONDAY, signal: AGAIN }],
    gates: [makeGate({ day: MONDAY, status: "RED" })],
    reentered: [GOOD.id],
    outbox: [makeMessage({ id: "run-c:1" })],
    alerts: [],
    ...overrides,
  };
}

/** All that can be read of the record. */
async function recordOf({ ledger, outcomes }: Stores): Promise<object> {
  return {
    runs: await ledger.runs("DEMO", 9),
    open: await ledger.openSignals("DEMO"),
    ended: await ledger.endedSince("DEMO", FRIDAY),
    withdrawn: await ledger.withdrawn("DEMO"),
    versions: await ledger.versionsBefore("DEMO", null),
    events: [await ledger.events("good"), await ledger.events("false")],
    gates: await ledger.gates("DEMO", 9),
    waiting: await ledger.unpublished("DEMO", 9),
    outcomes: await outcomes.outcomes("DEMO", "vcp-1"),
  };
}

/** `make` gives an empty record. */
export function correctionLedgerContract(name: string, make: () => Promise<Stores>): void {
  describe(`corrections of the ScanLedger: ${name}`, () => {
    let stores: Stores;
    beforeEach(async () => {
      stores = await make();
    });

    versionRules(() => stores);
    correctionRules(() => stores);
    withdrawalRules(() => stores);
  });
}

function versionRules(stores: () => Stores): void {
  it("[LD19] keeps each signal as it stood after each session, and finds the newest before a day", async ({
    expect,
  }) => {
    const { ledger } = stores();
    await liveWrongly(stores());
    await ledger.save({
      ...scanOf(FRIDAY, [makeSignal({ exchange: "KRX", id: "k" })], 1),
      run: makeRun({ exchange: "KRX", id: "k" }),
    });
    expect(await ledger.versionsBefore("DEMO", FRIDAY)).toEqual([]);
    expect(await ledger.versionsBefore("DEMO", MONDAY)).toEqual([{ day: FRIDAY, signal: GOOD }]);
    expect(await ledger.versionsBefore("DEMO", TUESDAY)).toEqual([
      { day: MONDAY, signal: FALSE },
      { day: MONDAY, signal: FAILED },
    ]);
    expect(await ledger.versionsBefore("DEMO", null)).toEqual(await ledger.versionsBefore("DEMO", TUESDAY));
    expect(await ledger.reach("DEMO")).toBe(0);
  });

  it("[LD19] a scan of the same session again replaces its versions, and moves in a session make none", async ({
    expect,
  }) => {
    const { ledger } = stores();
    await ledger.save(scanOf(FRIDAY, [GOOD], 1));
    await ledger.save({ ...scanOf(FRIDAY, [{ ...GOOD, score: 12 }], 1) });
    const moved = { exchange: "DEMO", runId: "run-1", at: 9, events: [], outbox: [], alerts: [] } as const;
    await ledger.saveMoves({ ...moved, signals: [makeSignal({ id: "good", score: 99 })] });
    expect(await ledger.versionsBefore("DEMO", null)).toEqual([
      { day: FRIDAY, signal: { ...GOOD, score: 12 } },
    ]);
  });

  it("[LD22] lists the sessions that a scan has ever judged, also one whose gate a correction dropped", async ({
    expect,
  }) => {
    const { ledger } = stores();
    await liveWrongly(stores());
    expect(await ledger.judgedSince("DEMO", FRIDAY)).toEqual([FRIDAY, MONDAY]);
    expect(await ledger.judgedSince("DEMO", MONDAY)).toEqual([MONDAY]);
    expect(await ledger.gateBefore("DEMO", TUESDAY)).toEqual(makeGate({ day: MONDAY }));
    expect(await ledger.gateBefore("DEMO", FRIDAY)).toBeNull();
    await ledger.saveCorrection(correction({ gates: [], run: makeRun({ id: "run-c", asOf: FRIDAY }) }));
    expect(await ledger.judgedSince("DEMO", FRIDAY)).toEqual([FRIDAY, MONDAY]);
    expect(await ledger.gateBefore("DEMO", TUESDAY)).toEqual(makeGate({ day: FRIDAY }));
    expect(await ledger.judgedSince("KRX", FRIDAY)).toEqual([]);
  });
}

function correctionRules(stores: () => Stores): void {
  it("[LD20] puts its versions, gates and signals in place of the old ones, and leaves the log with what it took back", async ({
    expect,
  }) => {
    const { ledger } = stores();
    await liveWrongly(stores());
    await ledger.saveCorrection(correction());
    expect((await ledger.openSignals("DEMO")).map(({ signal, runId }) => [signal, runId])).toEqual([
      [AGAIN, "run-c"],
    ]);
    expect(await ledger.versionsBefore("DEMO", null)).toEqual([{ day: MONDAY, signal: AGAIN }]);
    expect((await ledger.gates("DEMO", 9)).map(({ day, status }) => [day, status])).toEqual([
      [MONDAY, "RED"],
      [FRIDAY, "GREEN"],
    ]);
    expect((await ledger.events("good")).map(({ seq, supersededBy }) => [seq, supersededBy])).toEqual([
      [1, undefined],
      [2, "run-c"],
      [3, undefined],
    ]);
    expect((await ledger.eventsSince(["good", "false"], MONDAY)).map(({ seq }) => seq)).toEqual([3]);
    expect(await ledger.eventCounts(["good", "false"])).toEqual(
      new Map([
        ["good", 3],
        ["false", 1],
      ]),
    );
    expect(await ledger.run("run-c")).toEqual(correction().run);
    expect((await ledger.unpublished("DEMO", 9)).map(({ id }) => id)).toEqual(["run-c:1"]);
  });

  it("[LD20] saved twice leaves what it leaves once", async ({ expect }) => {
    await liveWrongly(stores());
    await stores().ledger.saveCorrection(correction());
    const once = await recordOf(stores());
    await stores().ledger.saveCorrection(correction());
    expect(await recordOf(stores())).toEqual(once);
  });

  it("[LD20] is saved whole or not at all", async ({ expect }) => {
    await liveWrongly(stores());
    const before = await recordOf(stores());
    const foreign = correction({ withdrawn: [makeSignal({ exchange: "KRX", id: "k", state: "EXPIRED" })] });
    await expect(stores().ledger.saveCorrection(foreign)).rejects.toThrow("stands in a run of DEMO");
    expect(await recordOf(stores())).toEqual(before);
  });

  it("[LD20] drops the outcomes of the signals that it names, with the grade that they were kept with", async ({
    expect,
  }) => {
    const { ledger, outcomes } = stores();
    await liveWrongly(stores());
    const rows = [makeOutcome({ signalId: "good" }), makeOutcome({ signalId: "other", grade: "B" })];
    const save = { exchange: "DEMO", asOf: MONDAY, paramsVersion: "vcp-1" } as const;
    await outcomes.save({ ...save, outcomes: rows });
    await ledger.saveCorrection(correction());
    await outcomes.save({ ...save, outcomes: rows.map((row) => ({ ...row, grade: "C" })) });
    const kept = await outcomes.outcomes("DEMO", "vcp-1");
    expect(kept.map(({ signalId, grade }) => [signalId, grade])).toEqual([
      ["good", "C"],
      ["other", "B"],
    ]);
  });

  it("[OS2] counts no event that was taken back", async ({ expect }) => {
    const { ledger, outcomes } = stores();
    const triggered = makeEvent({ signalId: "good", seq: 2, day: MONDAY, reason: "triggered" });
    await ledger.save(scanOf(FRIDAY, [GOOD], 1));
    await ledger.save({
      ...scanOf(MONDAY, [{ ...AGAIN, state: "TRIGGERED", triggeredOn: MONDAY }], 2),
      events: [triggered],
    });
    expect((await outcomes.triggeredSince("DEMO", FRIDAY)).map(({ foreknown }) => foreknown)).toEqual([true]);
    const same: readonly Signal[] = [{ ...AGAIN, state: "CONFIRMED", triggeredOn: MONDAY }];
    await ledger.saveCorrection(correction({ signals: same, withdrawn: [], events: [] }));
    expect((await outcomes.triggeredSince("DEMO", FRIDAY)).map(({ foreknown }) => foreknown)).toEqual([
      false,
    ]);
  });
}

function withdrawalRules(stores: () => Stores): void {
  it("[LD21] leaves a signal that it took back in no list, and its page says so", async ({ expect }) => {
    const { ledger, outcomes } = stores();
    await liveWrongly(stores());
    const born = (await ledger.signal("false"))?.createdAt;
    await ledger.saveCorrection(correction({ withdrawn: [withdrawnAt(FALSE.id)] }));
    expect((await ledger.endedSince("DEMO", FRIDAY)).map(({ signal }) => signal.id)).toEqual([]);
    expect(await ledger.signals({ ...ANY, state: "EXPIRED" }, null, 9)).toEqual([]);
    expect(await ledger.countSignals({ ...ANY, state: "EXPIRED" })).toBe(0);
    expect(await outcomes.triggeredSince("DEMO", FRIDAY)).toEqual([]);
    expect(await ledger.withdrawn("KRX")).toEqual([]);
    const [taken] = await ledger.withdrawn("DEMO");
    expect([taken?.signal.id, taken?.createdAt]).toEqual(["false", born]);
    expect((await ledger.signal("false"))?.signal).toMatchObject({ state: "EXPIRED", reason: "withdrawn" });
    expect(await ledger.events("false")).toMatchObject([{ seq: 1, supersededBy: "run-c" }]);
  });

  it("[LD21] is an ordinary signal when it is born again, with the time of its first writing", async ({
    expect,
  }) => {
    const { ledger } = stores();
    await liveWrongly(stores());
    const born = (await ledger.signal("false"))?.createdAt;
    await ledger.saveCorrection(correction());
    const reborn = makeSignal({ id: "false", bornOn: TUESDAY, appliedOn: TUESDAY });
    await ledger.save({ ...scanOf(TUESDAY, [reborn], 2) });
    expect(await ledger.withdrawn("DEMO")).toEqual([]);
    const [row] = (await ledger.openSignals("DEMO")).filter(({ signal }) => signal.id === "false");
    expect([row?.signal, row?.createdAt]).toEqual([reborn, born]);
  });
}

/** As a correction takes it back, with a trigger that nobody may measure. */
function withdrawnAt(id: SignalId): Signal {
  return { ...FALSE, id, state: "EXPIRED", reason: "withdrawn", endedOn: MONDAY, triggeredOn: MONDAY };
}
