/** What every {@link OutcomeStore} must do: find what to measure, and keep each row once. */
import { beforeEach, describe, it } from "vitest";
import type { Signal, SignalEvent } from "../../core/lifecycle/signal.ts";
import { dayOf, makeEvent, makeGate, makeRun, makeSignal } from "../../testing/builders/signal-builder.ts";
import type { OutcomeSave, OutcomeStore, SignalOutcome } from "./outcome-store.ts";
import { makeSave } from "./scan-ledger.contract.ts";
import { type Bare, named } from "../../testing/builders/bare.ts";
import type { RunLedger } from "./correction-ledger.ts";
import type { EndedFilter } from "./scan-ledger.ts";

export interface Stores {
  readonly ledger: RunLedger;
  readonly outcomes: OutcomeStore;
}

export function makeOutcome(overrides: Bare<Partial<SignalOutcome>> = {}): SignalOutcome {
  return named<SignalOutcome>({
    signalId: "signal-1",
    exchange: "DEMO",
    ticker: "D00001",
    horizon: 5,
    enteredOn: dayOf("2025-05-15"),
    grade: "A",
    contractions: 2,
    gate: "GREEN",
    paramsVersion: "vcp-1",
    fill: "filled",
    entry: 50_100,
    stop: 46_100,
    result: {
      change: 0.1 / 3,
      r: 0.4,
      best: 0.05,
      worst: -0.01,
      touch: "none",
      baseline: 0.01,
      peers: 90,
    },
    ...overrides,
  });
}

function saveOf(...outcomes: readonly SignalOutcome[]): OutcomeSave {
  return {
    exchange: outcomes[0]?.exchange ?? "DEMO",
    asOf: dayOf("2025-05-16"),
    paramsVersion: "vcp-1",
    outcomes,
  };
}

/** `make` gives an empty record and the outcomes over it. */
export function outcomeStoreContract(name: string, make: () => Promise<Stores>): void {
  describe(`OutcomeStore: ${name}`, () => {
    let stores: Stores;
    beforeEach(async () => {
      stores = await make();
    });

    askingRules(() => stores);
    keepingRules(() => stores);
  });
}

const TRIGGER = dayOf("2025-05-15");
const TRIGGERED: Partial<Signal> = {
  state: "CONFIRMED",
  bornOn: dayOf("2025-05-12"),
  triggeredOn: TRIGGER,
  sinceTrigger: 1,
};
const trigger = (signalId: string): SignalEvent =>
  makeEvent({ signalId, seq: 2, day: TRIGGER, from: "READY", to: "TRIGGERED", reason: "triggered" });

function askingRules(stores: () => Stores): void {
  it("[OS1] finds what entered on a day or after it, open and ended, of one exchange", async ({ expect }) => {
    const signals = [
      makeSignal({ id: "b", ...TRIGGERED }),
      makeSignal({ id: "a", ...TRIGGERED, state: "FAILED" }),
      makeSignal({ id: "early", ...TRIGGERED, triggeredOn: dayOf("2025-05-14") }),
      makeSignal({ id: "waiting" }),
    ];
    await stores().ledger.save(makeSave({ signals, events: signals.map(({ id }) => trigger(id)) }));
    const foreign = makeSignal({ id: "k", exchange: "KRX", ...TRIGGERED });
    const run = makeRun({ id: "run-k", exchange: "KRX" });
    await stores().ledger.save(makeSave({ run, signals: [foreign], events: [trigger("k")], outbox: [] }));
    const found = await stores().outcomes.triggeredSince("DEMO", TRIGGER);
    expect(found).toEqual([
      { signal: signals[1], enteredOn: TRIGGER, foreknown: true },
      { signal: signals[0], enteredOn: TRIGGER, foreknown: true },
    ]);
  });

  it("[OS2] knows whose trigger nobody could know before", async ({ expect }) => {
    const bornAbove = makeSignal({ id: "above", ...TRIGGERED, triggeredOn: dayOf("2025-05-09") });
    const revised = makeSignal({ id: "revised", ...TRIGGERED });
    const known = makeSignal({ id: "known", ...TRIGGERED });
    const revision = { from: "READY", to: "READY", reason: "revised" } as const;
    const events = [
      makeEvent({ signalId: "above", to: "CONFIRMED", reason: "new_breakout" }),
      makeEvent({ ...revision, signalId: "revised", seq: 1, day: TRIGGER }),
      trigger("revised"),
      makeEvent({ ...revision, signalId: "known", seq: 1, day: dayOf("2025-05-14") }),
      trigger("known"),
    ];
    await stores().ledger.save(makeSave({ signals: [bornAbove, revised, known], events }));
    const found = await stores().outcomes.triggeredSince("DEMO", dayOf("2025-05-01"));
    expect(found.map(({ signal, enteredOn, foreknown }) => [signal.id, enteredOn, foreknown])).toEqual([
      ["above", dayOf("2025-05-12"), false],
      ["known", TRIGGER, true],
      ["revised", TRIGGER, false],
    ]);
  });

  it("[OS3] lists the colour of the gate by session, oldest first", async ({ expect }) => {
    const gates = [
      makeGate({ day: dayOf("2025-05-16"), status: "RED" }),
      makeGate({ day: dayOf("2025-05-14") }),
      makeGate({ day: dayOf("2025-05-15"), status: "YELLOW" }),
    ];
    for (const [k, gate] of gates.entries()) {
      const run = makeRun({ id: `run-${k}` });
      await stores().ledger.save(makeSave({ run, gate, signals: [], events: [], outbox: [] }));
    }
    expect(await stores().outcomes.gateDays("DEMO", dayOf("2025-05-15"))).toEqual([
      { day: dayOf("2025-05-15"), status: "YELLOW" },
      { day: dayOf("2025-05-16"), status: "RED" },
    ]);
    expect(await stores().outcomes.gateDays("KRX", dayOf("2025-05-01"))).toEqual([]);
  });
}

function keepingRules(stores: () => Stores): void {
  it("[OS4] gives back what was saved, to the last digit, in order, of one exchange and version", async ({
    expect,
  }) => {
    const { outcomes } = stores();
    const rows = [
      makeOutcome(),
      makeOutcome({ horizon: 10, result: null, gate: null }),
      makeOutcome({ horizon: 60, fill: "late", entry: null, stop: null, result: null }),
      makeOutcome({ signalId: "later", enteredOn: dayOf("2025-05-16"), grade: "S" }),
    ];
    const [first, second, third, fourth] = rows;
    if (first && second && third && fourth) {
      await outcomes.save(saveOf(fourth, third, first, second));
    }
    await outcomes.save(saveOf(makeOutcome({ signalId: "other", paramsVersion: "vcp-0" })));
    await outcomes.save(saveOf(makeOutcome({ signalId: "k", exchange: "KRX" })));
    expect(await outcomes.outcomes("DEMO", "vcp-1")).toEqual(rows);
    expect(await outcomes.outcomes("DEMO", "vcp-0")).toHaveLength(1);
    expect(await outcomes.outcomes("KRX", "vcp-1")).toHaveLength(1);
  });

  it("[OS5] replaces a row by signal and horizon, but for the grade of the entry", async ({ expect }) => {
    const { outcomes } = stores();
    await outcomes.save(saveOf(makeOutcome({ result: null }), makeOutcome({ horizon: 10 })));
    await outcomes.save(saveOf(makeOutcome({ grade: "D", gate: "RED" })));
    expect(await outcomes.outcomes("DEMO", "vcp-1")).toEqual([
      makeOutcome({ gate: "RED" }),
      makeOutcome({ horizon: 10 }),
    ]);
  });

  it("[LD23a] an ended signal is listed with the grade of its outcome, and by it", async ({ expect }) => {
    const { ledger, outcomes } = stores();
    const ends = ["a", "b", "c"].map((id) => makeSignal({ id, state: "FAILED", grade: "D" }));
    await ledger.save(makeSave({ signals: ends, events: [], outbox: [] }));
    await outcomes.save(
      saveOf(
        makeOutcome({ signalId: "a", grade: "S" }),
        makeOutcome({ signalId: "a", grade: "S", horizon: 10 }),
        makeOutcome({ signalId: "b", grade: "B" }),
      ),
    );
    const all: EndedFilter = {
      exchange: "DEMO",
      market: null,
      grade: null,
      entryGrade: null,
      ending: null,
      from: null,
      to: null,
      text: null,
    };
    const listed = async (filter: EndedFilter): Promise<readonly (readonly [string, string | null])[]> =>
      (await ledger.ended(filter, null, 9)).map(({ signal, entryGrade }) => [signal.id, entryGrade]);
    expect(await listed(all)).toEqual([
      ["a", "S"],
      ["b", "B"],
      ["c", null],
    ]);
    expect(await listed({ ...all, entryGrade: "S" })).toEqual([["a", "S"]]);
    expect(await listed({ ...all, entryGrade: "A" })).toEqual([]);
    expect(await ledger.countEnded({ ...all, entryGrade: "S" })).toBe(1);
  });

  it("[OS6] remembers how far each exchange is measured, also when there was nothing to save", async ({
    expect,
  }) => {
    const { outcomes } = stores();
    expect(await outcomes.measured("DEMO")).toBeNull();
    await outcomes.save(saveOf());
    await outcomes.save({ ...saveOf(), asOf: dayOf("2025-05-19"), paramsVersion: "vcp-2" });
    expect(await outcomes.measured("DEMO")).toEqual({ asOf: dayOf("2025-05-19"), paramsVersion: "vcp-2" });
    expect(await outcomes.measured("KRX")).toBeNull();
  });
}
