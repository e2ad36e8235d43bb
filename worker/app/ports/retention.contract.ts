/** What every {@link Retention} must do: delete what is beyond its bounds, in bounded steps, and nothing else. */
import { beforeEach, describe, it } from "vitest";
import { dayOf, makeEvent, makeGate, makeRun, makeSignal } from "../../testing/builders/signal-builder.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { makeOutcome } from "./outcome-store.contract.ts";
import type { OutcomeStore } from "./outcome-store.ts";
import type { OwnerAction, OwnerLog } from "./owner-log.ts";
import type { Pruned, RecordBounds, Retention, RetentionBounds } from "./retention.ts";
import { makeMessage, makeSave } from "./scan-ledger.contract.ts";
import type { RunLedger } from "./correction-ledger.ts";

export interface RetainedStores {
  readonly ledger: RunLedger;
  readonly outcomes: OutcomeStore;
  readonly ownerLog: OwnerLog;
  readonly retention: Retention;
}

const DAY_MS = 86_400_000;
const FIRST = dayOf("2025-05-12");
const BEFORE = dayOf("2025-05-09");
const RECORD: RecordBounds = { firstSession: FIRST, runsKept: 100 };
export const NOTHING: Pruned = {
  messages: 0,
  actions: 0,
  runs: 0,
  gates: 0,
  signals: 0,
  events: 0,
  outcomes: 0,
  versions: 0,
};

export function bounds(overrides: Partial<RetentionBounds> = {}): RetentionBounds {
  return {
    publishedBefore: 0,
    messagesKept: 256,
    actionsBefore: 0,
    versionsBefore: null,
    record: null,
    ...overrides,
  };
}

/** `make` gives empty stores and the retention over them. */
export function retentionContract(name: string, make: () => Promise<RetainedStores>): void {
  describe(`Retention: ${name}`, () => {
    let stores: RetainedStores;
    beforeEach(async () => {
      stores = await make();
    });

    messageRules(() => stores);
    ownerLogRules(() => stores);
    recordRules(() => stores);
    stepRules(() => stores);
  });
}

function messageRules(stores: () => RetainedStores): void {
  async function saved(
    ids: readonly string[],
    exchange: Exchange = "DEMO",
    topic = "signal:vcp",
  ): Promise<void> {
    const run = makeRun({ id: `run-${exchange}-${ids.join()}`, exchange });
    const outbox = ids.map((id) => makeMessage({ id, exchange, topic }));
    await stores().ledger.save(makeSave({ run, signals: [], events: [], outbox }));
  }

  it("[RN1] deletes messages that were published before the time, and never a waiting one", async ({
    expect,
  }) => {
    const { ledger, retention } = stores();
    await saved(["old", "kept", "waiting"]);
    await saved(["of-krx"], "KRX");
    await ledger.markPublished(["old", "of-krx"], 1_000);
    await ledger.markPublished(["kept"], 2_000);
    const late = bounds({ publishedBefore: 2_000 });
    expect((await retention.prune("DEMO", late, 9)).deleted).toEqual({ ...NOTHING, messages: 1 });
    expect((await retention.prune("DEMO", late, 9)).deleted).toEqual(NOTHING);
    expect((await ledger.unpublished("DEMO", 9)).map(({ id }) => id)).toEqual(["waiting"]);
    expect((await retention.prune("KRX", late, 9)).deleted.messages).toBe(1);
  });

  it("[RN1] keeps the newest published messages of each topic", async ({ expect }) => {
    const { ledger, retention } = stores();
    const ids = Array.from({ length: 7 }, (_, n) => `m${n}`);
    await saved(ids);
    await saved(["g0", "g1"], "DEMO", "market_gate");
    await ledger.markPublished(["g0", "g1", ...ids.slice(0, 6)], 1_000);
    const few = bounds({ messagesKept: 2 });
    expect((await retention.prune("DEMO", few, 9)).deleted).toEqual({ ...NOTHING, messages: 4 });
    expect((await retention.prune("DEMO", few, 9)).deleted).toEqual(NOTHING);
    expect((await ledger.unpublished("DEMO", 9)).map(({ id }) => id)).toEqual(["m6"]);
  });
}

function ownerLogRules(stores: () => RetainedStores): void {
  const AT = Date.UTC(2025, 4, 19, 1);
  const action = (at: number, requestId: string): OwnerAction => ({
    at,
    method: "POST",
    path: "/api/kr/scan?exchange=KRX",
    requestId,
    network: "192.0.2.1",
  });

  it("[OL2] forgets what is older than 400 days, and gives no position twice", async ({ expect }) => {
    const { ownerLog: log, retention } = stores();
    const old = await log.begin(action(AT, "old"));
    const kept = await log.begin(action(AT + 1, "kept"));
    expect(await retention.prune("KRX", bounds({ actionsBefore: AT + 1 }), 9)).toEqual({
      deleted: { ...NOTHING, actions: 1 },
      more: false,
    });
    const next = await log.begin(action(AT + 1 + 400 * DAY_MS, "next"));
    expect((await log.newest(10)).map(({ requestId }) => requestId)).toEqual(["next", "kept"]);
    expect([old < kept, kept < next]).toEqual([true, true]);
  });
}

/** A scan of a session with one signal, its two events, its outcome and its gate. */
async function scanned(
  { ledger, outcomes }: RetainedStores,
  id: string,
  session: typeof FIRST,
  endedOn: typeof FIRST | null,
): Promise<void> {
  const state = endedOn === null ? ("CONFIRMED" as const) : ("FAILED" as const);
  const triggered = { triggeredOn: dayOf("2025-05-02"), bornOn: dayOf("2025-05-01"), sinceTrigger: 1 };
  await ledger.save(
    makeSave({
      run: makeRun({
        id: `run-${id}`,
        asOf: session,
        startedAt: session * DAY_MS,
        finishedAt: session * DAY_MS + 1,
      }),
      signals: [makeSignal({ id, state, endedOn, ...triggered })],
      events: [makeEvent({ signalId: id }), makeEvent({ signalId: id, seq: 2 })],
      gate: makeGate({ day: session }),
      outbox: [],
      alerts: [],
    }),
  );
  await outcomes.save({
    exchange: "DEMO",
    asOf: session,
    paramsVersion: "vcp-1",
    outcomes: [makeOutcome({ signalId: id })],
  });
}

async function eventsOf({ ledger }: RetainedStores, ids: readonly string[]): Promise<readonly number[]> {
  return Promise.all(ids.map(async (id) => (await ledger.events(id)).length));
}

function recordRules(stores: () => RetainedStores): void {
  it("[RN2] deletes runs and gates of earlier sessions, and signals that ended before with all their rows", async ({
    expect,
  }) => {
    const { ledger, outcomes, retention } = stores();
    await scanned(stores(), "gone", BEFORE, BEFORE);
    await scanned(stores(), "kept", FIRST, FIRST);
    expect(await retention.prune("DEMO", bounds({ record: RECORD }), 9)).toEqual({
      deleted: { ...NOTHING, runs: 1, gates: 1, signals: 1, events: 2, outcomes: 1, versions: 1 },
      more: false,
    });
    expect([await ledger.signal("gone"), (await ledger.signal("kept"))?.signal.id]).toEqual([null, "kept"]);
    expect(await eventsOf(stores(), ["gone", "kept"])).toEqual([0, 2]);
    expect((await outcomes.outcomes("DEMO", "vcp-1")).map(({ signalId }) => signalId)).toEqual(["kept"]);
    expect((await ledger.runs("DEMO", 9)).map(({ id }) => id)).toEqual(["run-kept"]);
    expect((await ledger.gates("DEMO", 9)).map(({ day }) => day)).toEqual([FIRST]);
    expect((await retention.prune("DEMO", bounds({ record: RECORD }), 9)).deleted).toEqual(NOTHING);
  });

  it("[RN3] never deletes an open signal, its events or its outcomes, nor the last finished run", async ({
    expect,
  }) => {
    const { ledger, outcomes, retention } = stores();
    await scanned(stores(), "open", BEFORE, null);
    await ledger.startRun(makeRun({ id: "running", status: "running", asOf: null, startedAt: 1 }));
    const far = { firstSession: dayOf("2030-01-02"), runsKept: 1 };
    await retention.prune("DEMO", bounds({ record: far }), 9);
    expect((await ledger.openSignals("DEMO")).map(({ signal }) => signal.id)).toEqual(["open"]);
    expect(await eventsOf(stores(), ["open"])).toEqual([2]);
    expect(await outcomes.outcomes("DEMO", "vcp-1")).toHaveLength(1);
    const left = (await ledger.runs("DEMO", 9)).map(({ id }) => id);
    expect(left.toSorted()).toEqual(["run-open", "running"]);
  });

  it("[RN3] keeps the whole record without a first session, and another exchange's always", async ({
    expect,
  }) => {
    const { ledger, retention } = stores();
    await scanned(stores(), "gone", BEFORE, BEFORE);
    expect(await retention.prune("DEMO", bounds(), 9)).toEqual({ deleted: NOTHING, more: false });
    await retention.prune("KRX", bounds({ record: { ...RECORD, firstSession: dayOf("2030-01-02") } }), 9);
    expect(await ledger.signal("gone")).not.toBeNull();
    expect(await eventsOf(stores(), ["gone"])).toEqual([2]);
    expect([await ledger.runs("DEMO", 9), await ledger.gates("DEMO", 9)].map(({ length }) => length)).toEqual(
      [1, 1],
    );
  });

  it("[RN2] keeps no more than the newest runs, also when they fail again and again", async ({ expect }) => {
    const { ledger, retention } = stores();
    await scanned(stores(), "kept", FIRST, null);
    const at = FIRST * DAY_MS;
    for (let n = 1; n <= 6; n++) {
      await ledger.startRun(makeRun({ id: `failed-${n}`, status: "failed", asOf: null, startedAt: at + n }));
    }
    const two = bounds({ record: { ...RECORD, runsKept: 2 } });
    expect((await retention.prune("DEMO", two, 9)).deleted).toEqual({ ...NOTHING, runs: 4 });
    const left = (await ledger.runs("DEMO", 9)).map(({ id }) => id);
    expect(left).toEqual(["failed-6", "failed-5", "run-kept"]);
  });
}

function stepRules(stores: () => RetainedStores): void {
  it("[RN4] deletes a bounded number of rows a step, a signal whole, until nothing is left", async ({
    expect,
  }) => {
    const { ledger, retention } = stores();
    const ids = Array.from({ length: 7 }, (_, n) => `s${n}`);
    for (const [n, id] of ids.entries()) {
      await scanned(stores(), id, dayOf(`2025-04-${21 + n}`), dayOf(`2025-04-${21 + n}`));
    }
    await scanned(stores(), "kept", FIRST, null);
    const steps: Pruned[] = [];
    for (let more = true; more && steps.length < 20;) {
      const step = await retention.prune("DEMO", bounds({ record: RECORD }), 4);
      steps.push(step.deleted);
      more = step.more;
      const events = await eventsOf(stores(), ids);
      const signals = await Promise.all(ids.map(async (id) => (await ledger.signal(id)) !== null));
      expect(events).toEqual(signals.map((stands) => (stands ? 2 : 0)));
    }
    expect(Math.max(...steps.flatMap((step) => Object.values(step)))).toBe(4);
    const sum = (kind: keyof Pruned): number => steps.reduce((rows, step) => rows + step[kind], 0);
    expect([sum("signals"), sum("events"), sum("outcomes"), sum("runs"), sum("gates")]).toEqual([
      7, 14, 7, 7, 7,
    ]);
    expect((await ledger.runs("DEMO", 99)).map(({ id }) => id)).toEqual(["run-kept"]);
  });

  it("[RN4] breaks no walk through the pages of a list: what stands is shown once", async ({ expect }) => {
    const { ledger, retention } = stores();
    for (let n = 0; n < 6; n++) {
      const endedOn = n % 2 === 0 ? BEFORE : FIRST;
      const signal = makeSignal({ id: `s${n}`, state: "FAILED", endedOn, score: 90 - n });
      await ledger.save(
        makeSave({ run: makeRun({ id: `run-${n}` }), signals: [signal], events: [], outbox: [] }),
      );
    }
    const filter = {
      exchange: "DEMO",
      state: "FAILED",
      market: null,
      grade: null,
      minScore: null,
      ticker: null,
    } as const;
    const ids = async (
      after: Parameters<RunLedger["signals"]>[1],
      limit: number,
    ): Promise<readonly string[]> =>
      (await ledger.signals(filter, after, limit)).map(({ signal }) => signal.id);
    expect(await ids(null, 3)).toEqual(["s0", "s1", "s2"]);
    await retention.prune("DEMO", bounds({ record: RECORD }), 9);
    // The row that the cursor names has left.
    expect(await ids({ score: 88, id: "s2" }, 9)).toEqual(["s3", "s5"]);
    expect(await ids(null, 9)).toEqual(["s1", "s3", "s5"]);
    expect(await ledger.countSignals(filter)).toBe(3);
  });
}
