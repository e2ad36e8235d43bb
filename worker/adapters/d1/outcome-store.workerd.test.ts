import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { it } from "vitest";
import { makeOutcome } from "../../app/ports/outcome-store.contract.ts";
import { makeSave } from "../../app/ports/scan-ledger.contract.ts";
import { AssertionError } from "../../core/assert.ts";
import { dayOf, makeEvent, makeSignal } from "../../testing/builders/signal-builder.ts";
import { D1OutcomeStore } from "./outcome-store.ts";
import { D1ScanLedger } from "./scan-ledger.ts";
import { signalRow } from "./signal-rows.ts";

it("[DB8] finds signals that triggered before their session of entry had a column", async ({ expect }) => {
  await reset();
  const [first, ...rest] = env.TEST_MIGRATIONS;
  await applyD1Migrations(env.DB, first ? [first] : []);
  const above = { bornOn: dayOf("2025-05-12"), triggeredOn: dayOf("2025-05-09") };
  const known = { bornOn: dayOf("2025-05-12"), triggeredOn: dayOf("2025-05-15") };
  for (const signal of [
    makeSignal({ id: "above", state: "CONFIRMED", ...above }),
    makeSignal({ id: "known", state: "SQUAT", ...known }),
    makeSignal({ id: "waiting" }),
  ]) {
    const { enteredOn: _, withdrawnBy: __, ...row } = signalRow(signal, { runId: "run-1", at: 1 });
    const entries = Object.entries(row);
    const names = entries.map(([name]) => name.replaceAll(/[A-Z]/gu, (big) => `_${big.toLowerCase()}`));
    const sql = `insert into signal (${names.join(", ")}) values (${names.map(() => "?").join(", ")})`;
    await env.DB.prepare(sql)
      .bind(...entries.map(([, value]) => value))
      .run();
  }
  await applyD1Migrations(env.DB, rest);
  const found = await new D1OutcomeStore(env.DB).triggeredSince("DEMO", dayOf("2025-05-01"));
  expect(found.map(({ signal, enteredOn }) => [signal.id, enteredOn])).toEqual([
    ["above", dayOf("2025-05-12")],
    ["known", dayOf("2025-05-15")],
  ]);
});

it("[DB9] saves a year of outcomes at once, and reads them in order without a sort", async ({ expect }) => {
  await reset();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  const outcomes = Array.from({ length: 4_000 }, (_, k) =>
    makeOutcome({ signalId: `signal-${String(k).padStart(5, "0")}` }),
  );
  const seen: string[] = [];
  const record = (sql: string): D1PreparedStatement => {
    seen.push(sql);
    return env.DB.prepare(sql);
  };
  const batch = async (statements: D1PreparedStatement[]): Promise<D1Result[]> => env.DB.batch(statements);
  const spy = new Proxy(env.DB, {
    get: (_, name) => (name === "prepare" ? record : name === "batch" ? batch : undefined),
  });
  const store = new D1OutcomeStore(spy);
  await store.save({ exchange: "DEMO", asOf: dayOf("2025-05-16"), paramsVersion: "vcp-1", outcomes });
  expect(seen).toHaveLength(2);
  expect(await store.outcomes("DEMO", "vcp-1")).toEqual(outcomes);
  const plan = await env.DB.prepare(`explain query plan ${seen.at(-1)}`)
    .bind(1, 1)
    .all<{ detail: string }>();
  const steps = plan.results.map(({ detail }) => detail).join("\n");
  expect(steps).toContain("INDEX outcome_read");
  expect(steps).not.toContain("TEMP B-TREE");
});

it("[DB5] reports a damaged outcome, and refuses one of another exchange", async ({ expect }) => {
  await reset();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  const store = new D1OutcomeStore(env.DB);
  const save = { exchange: "DEMO", asOf: dayOf("2025-05-16"), paramsVersion: "vcp-1" } as const;
  await expect(store.save({ ...save, outcomes: [makeOutcome({ exchange: "KRX" })] })).rejects.toBeInstanceOf(
    AssertionError,
  );
  await store.save({ ...save, outcomes: [makeOutcome()] });
  await env.DB.exec("update outcome set touch = 'moon'");
  await expect(store.outcomes("DEMO", "vcp-1")).rejects.toMatchObject({ name: "NeighbourError" });
  await new D1ScanLedger(env.DB).save(makeSave({ signals: [makeSignal()], events: [makeEvent()] }));
  expect(await store.triggeredSince("DEMO", dayOf("2020-01-01"))).toEqual([]);
});
