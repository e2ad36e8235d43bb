/** What every {@link ScanLedger} must do with one scan: keep it whole, once, and give it back. The lists: signal-list.contract.ts. */
import { beforeEach, describe, it } from "vitest";
import { dayOf, makeEvent, makeGate, makeRun, makeSignal } from "../../testing/builders/signal-builder.ts";
import type { OutboxMessage, ScanLedger, ScanSave } from "./scan-ledger.ts";

export function makeMessage(overrides: Partial<OutboxMessage> = {}): OutboxMessage {
  return {
    id: "message-1",
    exchange: "DEMO",
    topic: "signal:vcp",
    body: '{"type":"signal_update"}',
    ...overrides,
  };
}

/** One signal with its birth, the gate and one message. */
export function makeSave(overrides: Partial<ScanSave> = {}): ScanSave {
  return {
    run: makeRun(),
    signals: [makeSignal()],
    events: [makeEvent()],
    gate: makeGate(),
    outbox: [makeMessage()],
    alerts: [],
    ...overrides,
  };
}

/** `make` gives an empty ledger. */
export function scanLedgerContract(name: string, make: () => Promise<ScanLedger>): void {
  describe(`ScanLedger: ${name}`, () => {
    let ledger: ScanLedger;
    beforeEach(async () => {
      ledger = await make();
    });

    runRules(() => ledger);
    saveRules(() => ledger);
    historyRules(() => ledger);
    gateRules(() => ledger);
    outboxRules(() => ledger);
  });
}

function runRules(ledger: () => ScanLedger): void {
  it("[LD1] gives a run back as it was started, and null for a run nobody started", async ({ expect }) => {
    const run = makeRun({
      status: "running",
      asOf: null,
      request: { market: "KOSDAQ", topN: 0, minScore: 62.5, accept: ["jump"] },
    });
    await ledger().startRun(run);
    expect(await ledger().run("run-1")).toEqual(run);
    expect(await ledger().run("run-2")).toBeNull();
  });

  it("[LD1] lists the runs of one exchange, newest first", async ({ expect }) => {
    for (const [id, startedAt] of [
      ["a", 100],
      ["b", 300],
      ["c", 200],
    ] as const) {
      await ledger().startRun(makeRun({ id, startedAt, status: "running" }));
    }
    await ledger().startRun(makeRun({ id: "k", startedAt: 400, status: "running", exchange: "KRX" }));
    expect((await ledger().runs("DEMO", 2)).map((run) => run.id)).toEqual(["b", "c"]);
  });

  it("[LD18] finds the newest run of a status, however many runs of others came after it", async ({
    expect,
  }) => {
    for (const [id, startedAt, status] of [
      ["old", 100, "done"],
      ["done", 300, "done"],
      ["skipped", 400, "skipped"],
    ] as const) {
      await ledger().startRun(makeRun({ id, startedAt, status }));
    }
    await ledger().startRun(makeRun({ id: "krx", startedAt: 500, exchange: "KRX" }));
    for (let n = 0; n < 60; n++) {
      await ledger().startRun(makeRun({ id: `failed-${n}`, startedAt: 600 + n, status: "failed" }));
    }
    const last = async (...statuses: Parameters<ScanLedger["lastRun"]>[1]): Promise<string | null> =>
      (await ledger().lastRun("DEMO", statuses))?.id ?? null;
    expect([await last("done"), await last("done", "skipped"), await last("running"), await last()]).toEqual([
      "done",
      "skipped",
      null,
      null,
    ]);
  });

  it("[LD2] ends a running run with its reason, and no other", async ({ expect }) => {
    await ledger().startRun(makeRun({ status: "running" }));
    await ledger().startRun(makeRun({ id: "run-2", status: "running" }));
    await ledger().endRun("run-1", "failed", "out of reach", 500);
    await ledger().endRun("run-1", "skipped", "no new session", 600);
    expect(await ledger().run("run-1")).toMatchObject({
      status: "failed",
      reason: "out of reach",
      finishedAt: 500,
    });
    expect(await ledger().run("run-2")).toMatchObject({ status: "running", reason: null, finishedAt: null });
  });

  it("[LD2] leaves a run alone that was saved", async ({ expect }) => {
    await ledger().startRun(makeRun({ status: "running" }));
    await ledger().save(makeSave());
    await ledger().endRun("run-1", "failed", "the answer was lost", 500);
    expect(await ledger().run("run-1")).toEqual(makeRun());
  });
}

function saveRules(ledger: () => ScanLedger): void {
  it("[LD3] gives back everything that was saved, to the last digit", async ({ expect }) => {
    const signal = makeSignal({
      score: 71.333_333_333_333_33,
      rs: null,
      market: null,
      prev: "SQUAT",
      state: "SUSPENDED",
      flags: ["young", "wide"],
      name: '한글 "따옴표" \\ 🚀 O\'Neil',
    });
    const event = makeEvent({ values: { a: 0.1 + 0.2, b: "x'\"y", c: true, d: null } });
    const save = makeSave({ signals: [signal], events: [event] });
    await ledger().startRun(makeRun({ status: "running" }));
    await ledger().save(save);
    const at = 1_747_380_001_500;
    expect(await ledger().signal("signal-1")).toEqual({
      signal,
      createdAt: at,
      updatedAt: at,
      runId: "run-1",
    });
    expect(await ledger().events("signal-1")).toEqual([{ ...event, at, runId: "run-1" }]);
    expect(await ledger().run("run-1")).toEqual(save.run);
    expect(await ledger().gates("DEMO", 9)).toEqual([save.gate]);
    expect(await ledger().unpublished("DEMO", 9)).toEqual(save.outbox);
    expect(await ledger().signal("signal-2")).toBeNull();
  });

  it("[LD4] saves all of a scan or nothing", async ({ expect }) => {
    await ledger().startRun(makeRun({ status: "running" }));
    const unreadable = makeSignal({ id: "signal-2", close: Number.NaN });
    await expect(ledger().save(makeSave({ signals: [makeSignal(), unreadable] }))).rejects.toThrow(
      "signal-2",
    );
    expect(await ledger().signal("signal-1")).toBeNull();
    expect(await ledger().events("signal-1")).toEqual([]);
    expect(await ledger().gates("DEMO", 9)).toEqual([]);
    expect(await ledger().unpublished("DEMO", 9)).toEqual([]);
    expect(await ledger().run("run-1")).toMatchObject({ status: "running" });
  });

  it("[LD4] refuses a signal of another exchange than the run's", async ({ expect }) => {
    const foreign = makeSignal({ exchange: "KRX", ticker: "005930" });
    await expect(ledger().save(makeSave({ signals: [foreign] }))).rejects.toThrow("KRX");
    expect(await ledger().run("run-1")).toBeNull();
  });

  it("[LD5] takes the same scan twice and keeps it once", async ({ expect }) => {
    await ledger().save(makeSave());
    await ledger().save(makeSave());
    expect(await ledger().openSignals("DEMO")).toHaveLength(1);
    expect(await ledger().events("signal-1")).toHaveLength(1);
    expect(await ledger().unpublished("DEMO", 9)).toHaveLength(1);
    expect(await ledger().runs("DEMO", 9)).toHaveLength(1);
  });

  it("[LD6] saves a scan that found nothing", async ({ expect }) => {
    await ledger().save(makeSave({ signals: [], events: [], outbox: [] }));
    expect(await ledger().run("run-1")).toMatchObject({ status: "done" });
    expect(await ledger().gates("DEMO", 9)).toHaveLength(1);
  });
}

function historyRules(ledger: () => ScanLedger): void {
  it("[LD7] keeps the time of birth and moves the time of the last writing", async ({ expect }) => {
    await ledger().save(makeSave({ run: makeRun({ finishedAt: 1_000 }) }));
    const moved = makeSignal({ state: "TRIGGERED", score: 81 });
    await ledger().save(makeSave({ run: makeRun({ id: "run-2", finishedAt: 2_000 }), signals: [moved] }));
    expect(await ledger().signal("signal-1")).toEqual({
      signal: moved,
      createdAt: 1_000,
      updatedAt: 2_000,
      runId: "run-2",
    });
  });

  it("[LD8] never edits an event, and lists them oldest first", async ({ expect }) => {
    await ledger().save(
      makeSave({ events: [makeEvent({ seq: 2, reason: "revised" }), makeEvent({ seq: 1 })] }),
    );
    const edited = makeEvent({ seq: 1, reason: "edited", to: "FAILED" });
    const added = makeEvent({ seq: 10, reason: "breakout" });
    await ledger().save(makeSave({ run: makeRun({ id: "run-2" }), events: [edited, added] }));
    const listed = (await ledger().events("signal-1")).map(({ seq, reason, runId }) => [seq, reason, runId]);
    expect(listed).toEqual([
      [1, "new", "run-1"],
      [2, "revised", "run-1"],
      [10, "breakout", "run-2"],
    ]);
  });

  it("[LD9] counts the events of each signal asked for, also of hundreds at once", async ({ expect }) => {
    const events = [makeEvent(), makeEvent({ seq: 2 }), makeEvent({ signalId: "signal-2" })];
    await ledger().save(makeSave({ events }));
    const ids = ["signal-1", "signal-2", ...Array.from({ length: 500 }, (_, i) => `none-${i}`)];
    const counts = await ledger().eventCounts(ids);
    expect(counts.size).toBe(502);
    expect([counts.get("signal-1"), counts.get("signal-2"), counts.get("none-7")]).toEqual([2, 1, 0]);
    expect((await ledger().eventCounts([])).size).toBe(0);
  });
}

function gateRules(ledger: () => ScanLedger): void {
  it("[LD10] keeps one gate a day, that of the last run, and lists the newest day first", async ({
    expect,
  }) => {
    const days = ["2025-05-15", "2025-05-16", "2025-05-14"].map(dayOf);
    for (const [i, day] of days.entries()) {
      await ledger().save(makeSave({ run: makeRun({ id: `run-${i}` }), gate: makeGate({ day }) }));
    }
    const later = makeGate({ day: dayOf("2025-05-16"), status: "UNKNOWN", level: null });
    await ledger().save(makeSave({ run: makeRun({ id: "run-9" }), gate: later }));
    const gates = await ledger().gates("DEMO", 2);
    expect(gates).toEqual([later, makeGate({ day: dayOf("2025-05-15") })]);
    expect(await ledger().gates("KRX", 2)).toEqual([]);
  });
}

function outboxRules(ledger: () => ScanLedger): void {
  it("[LD11] hands out waiting messages in the order of saving", async ({ expect }) => {
    const first = ["z", "y", "x"].map((id) => makeMessage({ id }));
    await ledger().save(makeSave({ outbox: first }));
    await ledger().save(makeSave({ run: makeRun({ id: "run-2" }), outbox: [makeMessage({ id: "a" })] }));
    const waiting = await ledger().unpublished("DEMO", 9);
    expect(waiting.map((message) => message.id)).toEqual(["z", "y", "x", "a"]);
    expect((await ledger().unpublished("DEMO", 2)).map((message) => message.id)).toEqual(["z", "y"]);
    expect(await ledger().unpublished("KRX", 9)).toEqual([]);
  });

  it("[LD12] hands out no message again that was published, also when its scan is saved again", async ({
    expect,
  }) => {
    const save = makeSave({ outbox: [makeMessage({ id: "a" }), makeMessage({ id: "b" })] });
    await ledger().save(save);
    await ledger().markPublished(["a"], 1_747_380_002_000);
    await ledger().save(save);
    expect((await ledger().unpublished("DEMO", 9)).map((message) => message.id)).toEqual(["b"]);
  });

  it("[LD13] states how many messages wait and since when", async ({ expect }) => {
    expect(await ledger().outboxAge("DEMO")).toEqual({ waiting: 0, oldest: null });
    await ledger().save(
      makeSave({ run: makeRun({ finishedAt: 1_000 }), outbox: [makeMessage({ id: "a" })] }),
    );
    const second = makeRun({ id: "run-2", startedAt: 2_000, finishedAt: null });
    await ledger().save(makeSave({ run: second, outbox: [makeMessage({ id: "b" })] }));
    expect(await ledger().outboxAge("DEMO")).toEqual({ waiting: 2, oldest: 1_000 });
    await ledger().markPublished(["a"], 3_000);
    expect(await ledger().outboxAge("DEMO")).toEqual({ waiting: 1, oldest: 2_000 });
    expect(await ledger().outboxAge("KRX")).toEqual({ waiting: 0, oldest: null });
  });
}
