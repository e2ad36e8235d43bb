/** What every {@link Retention} must do with the versions of signals, and with an exchange that is emptied. */
import { beforeEach, describe, it } from "vitest";
import { dayOf, makeEvent, makeGate, makeRun, makeSignal } from "../../testing/builders/signal-builder.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { makeOutcome } from "./outcome-store.contract.ts";
import { bounds, NOTHING, type RetainedStores } from "./retention.contract.ts";
import { makeMessage, makeSave } from "./scan-ledger.contract.ts";

const FIRST = dayOf("2025-05-12");

/** `make` gives empty stores and the retention over them. */
export function retentionVersionsContract(name: string, make: () => Promise<RetainedStores>): void {
  describe(`versions and emptying of the Retention: ${name}`, () => {
    let stores: RetainedStores;
    beforeEach(async () => {
      stores = await make();
    });

    versionRules(() => stores);
    emptyRules(() => stores);
  });
}

function versionRules(stores: () => RetainedStores): void {
  it("[RN5] keeps what the evening before a day needs, and drops what only earlier ones do", async ({
    expect,
  }) => {
    const { ledger, retention } = stores();
    const [first, second, third] = [dayOf("2025-05-12"), dayOf("2025-05-13"), dayOf("2025-05-14")];
    for (const [n, day] of [first, second, third, dayOf("2025-05-15")].entries()) {
      const gone = makeSignal({ id: "gone", bornOn: first, appliedOn: second, state: "EXPIRED" });
      const signals = [
        makeSignal({ id: "open", score: 10 + n }),
        ...(n === 0 ? [makeSignal({ id: "rare" }), makeSignal({ id: "gone" })] : []),
        ...(n === 1 ? [gone] : []),
      ];
      const run = makeRun({ id: `run-${n}`, asOf: day });
      await ledger.save(makeSave({ run, signals, events: [], outbox: [], gate: makeGate({ day }) }));
    }
    const before = await ledger.versionsBefore("DEMO", third);
    const late = bounds({ versionsBefore: third });
    expect((await retention.prune("KRX", late, 9)).deleted).toEqual(NOTHING);
    expect(await retention.prune("DEMO", late, 1)).toMatchObject({ deleted: { versions: 1 }, more: true });
    expect((await retention.prune("DEMO", late, 9)).deleted).toEqual({ ...NOTHING, versions: 2 });
    expect((await retention.prune("DEMO", late, 9)).deleted).toEqual(NOTHING);
    expect(await ledger.versionsBefore("DEMO", third)).toEqual(
      before.filter(({ signal }) => signal.id !== "gone"),
    );
    expect(await ledger.reach("DEMO")).toBe(third);
  });
}

function emptyRules(stores: () => RetainedStores): void {
  it("[RN6] empties one exchange whole, and touches nothing of another", async ({ expect }) => {
    const { ledger, outcomes, retention } = stores();
    const record = async (exchange: Exchange): Promise<readonly unknown[]> => [
      await ledger.runs(exchange, 9),
      await ledger.openSignals(exchange),
      await ledger.versionsBefore(exchange, null),
      await ledger.gates(exchange, 9),
      await ledger.unpublished(exchange, 9),
      await ledger.reach(exchange),
      await outcomes.outcomes(exchange, "vcp-1"),
      await outcomes.measured(exchange),
      await ledger.events(`of-${exchange}`),
    ];
    for (const exchange of ["KRX", "DEMO"] as const) {
      const id = `of-${exchange}`;
      const save = makeSave({
        run: makeRun({ id: `run-${exchange}`, exchange }),
        signals: [makeSignal({ id, exchange })],
        events: [makeEvent({ signalId: id })],
        outbox: [makeMessage({ id: `m-${exchange}`, exchange })],
      });
      await ledger.save(save);
      const row = makeOutcome({ signalId: id, exchange });
      await outcomes.save({ exchange, asOf: FIRST, paramsVersion: "vcp-1", outcomes: [row] });
    }
    const kept = await record("KRX");
    await retention.empty("DEMO");
    expect(await record("DEMO")).toEqual([[], [], [], [], [], null, [], null, []]);
    expect(await record("KRX")).toEqual(kept);
    await retention.empty("DEMO");
    expect(await record("KRX")).toEqual(kept);
  });
}
