import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, it } from "vitest";
import { makeMessage, makeSave } from "../../app/ports/scan-ledger.contract.ts";
import type { ScanSave } from "../../app/ports/scan-ledger.ts";
import { makeRandom } from "../../testing/chance/random.ts";
import { makeAlert } from "../../testing/builders/alert-builder.ts";
import { makeEvent, makeRun, makeSignal } from "../../testing/builders/signal-builder.ts";
import { D1ScanLedger } from "./scan-ledger.ts";
import { saveStatements } from "./scan-save.ts";
import { NeighbourError } from "../../app/ports/neighbour-error.ts";

beforeEach(async () => {
  await reset();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
});

/** A scan that moved `count` signals, with three events each. */
function bigSave(count: number): ScanSave {
  const random = makeRandom(11);
  const signals = Array.from({ length: count }, (_, i) => makeSignal({ id: `s${i}`, score: 100 * random() }));
  const events = signals.flatMap(({ id }) => [1, 2, 3].map((seq) => makeEvent({ signalId: id, seq })));
  const outbox = Array.from({ length: 20 }, (_, i) => makeMessage({ id: `m${i}`, body: "x".repeat(60_000) }));
  return makeSave({ signals, events, outbox });
}

it("[DB1] saves an ordinary scan in eleven statements, an empty one in four", ({ expect }) => {
  expect(saveStatements(env.DB, { ...bigSave(300), alerts: [makeAlert({ exchange: "DEMO" })] })).toHaveLength(
    11,
  );
  expect(saveStatements(env.DB, makeSave({ signals: [], events: [], outbox: [] }))).toHaveLength(4);
});

it("[DB1] splits what does not fit one variable, counted in bytes", async ({ expect }) => {
  // 600,000 syllables are 1.8 MB in UTF-8.
  const outbox = [1, 2, 3].map((i) => makeMessage({ id: `m${i}`, body: "가".repeat(200_000) }));
  const save = makeSave({ outbox });
  expect(saveStatements(env.DB, save)).toHaveLength(9);
  const ledger = new D1ScanLedger(env.DB);
  await ledger.save(save);
  expect(await ledger.unpublished("DEMO", 9)).toEqual(outbox);
});

it("[DB1] refuses a row that fits no variable", ({ expect }) => {
  const outbox = [makeMessage({ body: "x".repeat(1_500_000) })];
  expect(() => saveStatements(env.DB, makeSave({ outbox }))).toThrow("does not fit");
});

it("[DB2] leaves nothing when the last statement fails", async ({ expect }) => {
  await env.DB.exec(
    "create trigger full before insert on outbox begin select raise(abort, 'outbox is full'); end",
  );
  const ledger = new D1ScanLedger(env.DB);
  await ledger.startRun(makeRun({ status: "running" }));

  const failure = ledger.save(makeSave());
  await expect(failure).rejects.toThrow("outbox is full");
  await expect(failure).rejects.toBeInstanceOf(NeighbourError);

  expect(await ledger.run("run-1")).toEqual(makeRun({ status: "running" }));
  expect(await ledger.openSignals("DEMO")).toEqual([]);
  expect(await ledger.events("signal-1")).toEqual([]);
  expect(await ledger.gates("DEMO", 9)).toEqual([]);
});

it("[DB2] leaves the earlier scan when a later one fails", async ({ expect }) => {
  const ledger = new D1ScanLedger(env.DB);
  await ledger.save(makeSave());
  await env.DB.exec(
    "create trigger full before insert on market_gate begin select raise(abort, 'full'); end",
  );
  const later = makeSave({
    run: makeRun({ id: "run-2" }),
    signals: [makeSignal({ score: 1 })],
    events: [makeEvent({ seq: 2 })],
    outbox: [makeMessage({ id: "message-2" })],
  });
  await expect(ledger.save(later)).rejects.toThrow("full");
  expect(await ledger.signal("signal-1")).toMatchObject({ signal: { score: 79 }, runId: "run-1" });
  expect(await ledger.events("signal-1")).toHaveLength(1);
  expect(await ledger.unpublished("DEMO", 9)).toHaveLength(1);
  expect(await ledger.run("run-2")).toBeNull();
});

it("[DB3] saves 3,000 signals with 9,000 events, and every score to its last digit", async ({ expect }) => {
  const save = bigSave(3_000);
  const ledger = new D1ScanLedger(env.DB);
  await ledger.save(save);

  const stored = await ledger.openSignals("DEMO");
  const expected = save.signals.toSorted((a, b) => b.score - a.score);
  expect(stored.map(({ signal }) => signal)).toEqual(expected);
  const counts = await ledger.eventCounts(save.signals.map(({ id }) => id));
  expect(new Set(counts.values())).toEqual(new Set([3]));

  // Pages compare the score column with a score that was read from the JSON: both must be the same double.
  const column = await env.DB.prepare("select score from signal order by score desc").raw<[number]>();
  expect(column.flat()).toEqual(expected.map(({ score }) => score));
});
