import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, it } from "vitest";
import { makeMessage, makeSave } from "../../app/ports/scan-ledger.contract.ts";
import type { ScanLedger, SignalCursor, SignalFilter } from "../../app/ports/scan-ledger.ts";
import { AssertionError } from "../../core/assert.ts";
import { dayOf, makeRun, makeSignal } from "../../testing/builders/signal-builder.ts";
import { D1Retention } from "./retention.ts";
import { D1ScanLedger } from "./scan-ledger.ts";
import { D1Settings } from "./settings.ts";
import { NeighbourError } from "../../app/ports/neighbour-error.ts";
import { attempt } from "./store-error.ts";

beforeEach(async () => {
  await reset();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
});

const FILTER: SignalFilter = {
  exchange: "DEMO",
  state: null,
  market: null,
  grade: null,
  minScore: null,
  ticker: null,
};

it("[DB4] names what failed and keeps the cause", async ({ expect }) => {
  await env.DB.exec("drop table signal");
  const failure = new D1ScanLedger(env.DB).openSignals("DEMO");
  await expect(failure).rejects.toThrow(/failed to read the open signals: .*no such table/u);
  await expect(failure).rejects.toMatchObject({
    name: "NeighbourError",
    retryable: false,
    cause: expect.any(Error),
  });
});

it("[DB4] refuses to start a run twice, for good", async ({ expect }) => {
  const ledger = new D1ScanLedger(env.DB);
  await ledger.startRun(makeRun({ status: "running" }));
  await expect(ledger.startRun(makeRun({ status: "running" }))).rejects.toMatchObject({ retryable: false });
});

it("[DB10] reads a signal that was stored before its day of measuring was kept", async ({ expect }) => {
  const ledger = new D1ScanLedger(env.DB);
  await ledger.startRun(makeRun({ status: "running" }));
  await ledger.save(makeSave({ signals: [makeSignal()] }));
  const stored = await ledger.signal("signal-1");
  expect(stored?.signal.measuredOn).toBe(dayOf("2025-05-16"));
  await env.DB.prepare("update signal set detail = json_remove(detail, '$.measuredOn')").run();
  expect(await ledger.signal("signal-1")).toEqual({ ...stored, signal: makeSignal({ measuredOn: null }) });
});

const texts: readonly (readonly [text: string, retryable: boolean])[] = [
  ["D1_ERROR: Network connection lost.", true],
  ["D1_ERROR: Internal error in D1 DB storage caused object to be reset.", true],
  ["D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.", true],
  ["D1_ERROR: D1 DB reset because its code was updated.", true],
  ["D1_ERROR: D1 DB is overloaded. Requests queued for too long.", true],
  ["D1_ERROR: UNIQUE constraint failed: scan_run.id: SQLITE_CONSTRAINT", false],
  ["D1_ERROR: Exceeded maximum DB size.", false],
];
for (const [text, retryable] of texts) {
  it(`[DB4] judges "${text}", also deep in the causes`, async ({ expect }) => {
    const cause = new Error("Failed query: select 1", { cause: new Error(text) });
    const failure = attempt("test", () => Promise.reject(cause));
    await expect(failure).rejects.toMatchObject({ retryable, cause, message: `D1 failed to test: ${text}` });
    await expect(failure).rejects.toBeInstanceOf(NeighbourError);
  });
}

it("[DB4] leaves a broken invariant what it is", async ({ expect }) => {
  const ledger = new D1ScanLedger(env.DB);
  const open = makeSignal({ endedOn: dayOf("2025-05-16") });
  await expect(ledger.save(makeSave({ signals: [open] }))).rejects.toBeInstanceOf(AssertionError);
  const running = makeRun({ status: "running" });
  await expect(ledger.save(makeSave({ run: running }))).rejects.toBeInstanceOf(AssertionError);
});

const damages: readonly (readonly [sql: string, read: (ledger: ScanLedger) => Promise<unknown>])[] = [
  ["update signal set detail = 'no JSON'", (ledger) => ledger.openSignals("DEMO")],
  ["update signal set detail = json_set(detail, '$.state', 'BOUGHT')", (ledger) => ledger.signal("signal-1")],
  [
    "update signal set detail = json_remove(detail, '$.base.pivot')",
    (ledger) => ledger.signals(FILTER, null, 9),
  ],
  ["update signal_event set to_state = 'x'", (ledger) => ledger.events("signal-1")],
  [
    "update scan_run set detail = json_set(detail, '$.rejects.EL1', 'many')",
    (ledger) => ledger.runs("DEMO", 9),
  ],
  ["update market_gate set detail = '{}'", (ledger) => ledger.gates("DEMO", 9)],
];
for (const [sql, read] of damages) {
  it(`[DB5] reports the row after "${sql}"`, async ({ expect }) => {
    const ledger = new D1ScanLedger(env.DB);
    await ledger.save(makeSave());
    await env.DB.exec(sql);
    await expect(read(ledger)).rejects.toMatchObject({ name: "NeighbourError", retryable: false });
  });
}

it("[DB5] reports an active exchange that there is not", async ({ expect }) => {
  const settings = new D1Settings(env.DB);
  await settings.setActiveExchange("KRX");
  await env.DB.exec("update setting set value = 'NYSE'");
  await expect(settings.activeExchange()).rejects.toBeInstanceOf(NeighbourError);
});

async function kept(): Promise<readonly string[]> {
  return (await env.DB.prepare("select id from outbox order by position").raw<[string]>()).flat();
}

it("[DB6] drops published messages after seven days, and never a waiting one", async ({ expect }) => {
  const ledger = new D1ScanLedger(env.DB);
  const day = 86_400_000;
  await ledger.save(makeSave({ outbox: ["a", "b", "c"].map((id) => makeMessage({ id })) }));
  await ledger.markPublished(["a"], 10 * day);
  await ledger.markPublished(["b"], 17 * day);
  expect(await kept()).toEqual(["a", "b", "c"]);
  const bounds = {
    publishedBefore: 10 * day + 1,
    messagesKept: 256,
    actionsBefore: 0,
    versionsBefore: null,
    record: null,
  };
  await new D1Retention(env.DB).prune("DEMO", bounds, 500);
  expect(await kept()).toEqual(["b", "c"]);
});

interface Read {
  readonly what: string;
  readonly index: string;
  readonly read: (ledger: ScanLedger) => Promise<unknown>;
}

const AFTER: SignalCursor = { score: 70, id: "a" };

const reads: readonly Read[] = [
  { what: "the open signals", index: "signal_open", read: (ledger) => ledger.openSignals("DEMO") },
  { what: "a page", index: "signal_open", read: (ledger) => ledger.signals(FILTER, AFTER, 9) },
  {
    what: "a page of one state",
    index: "signal_state",
    read: (ledger) => ledger.signals({ ...FILTER, state: "EXPIRED" }, AFTER, 9),
  },
  { what: "the count", index: "signal_open", read: (ledger) => ledger.countSignals(FILTER) },
  { what: "the waiting messages", index: "outbox_waiting", read: (ledger) => ledger.unpublished("DEMO", 9) },
  { what: "the newest runs", index: "scan_run_newest", read: (ledger) => ledger.runs("DEMO", 9) },
];
for (const { what, index, read } of reads) {
  it(`[DB7] reads ${what} through ${index} without a sort`, async ({ expect }) => {
    const seen: string[] = [];
    const spy = new Proxy(env.DB, {
      get: (d1, name) =>
        name === "prepare"
          ? (sql: string): D1PreparedStatement => {
              seen.push(sql);
              return d1.prepare(sql);
            }
          : undefined,
    });
    await read(new D1ScanLedger(spy));
    const [sql = ""] = seen;
    const unknowns = Array.from(sql.matchAll(/\?/gu), () => 1);
    const { results } = await env.DB.prepare(`explain query plan ${sql}`)
      .bind(...unknowns)
      .all<{ detail: string }>();
    const plan = results.map((step) => step.detail).join("\n");
    expect(plan).toContain(`INDEX ${index}`);
    expect(plan).not.toContain("TEMP B-TREE");
  });
}
