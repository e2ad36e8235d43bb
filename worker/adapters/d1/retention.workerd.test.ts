import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, it } from "vitest";
import { makeSave } from "../../app/ports/scan-ledger.contract.ts";
import { dayOf, makeEvent, makeRun, makeSignal } from "../../testing/builders/signal-builder.ts";
import { D1Retention } from "./retention.ts";
import { D1ScanLedger } from "./scan-ledger.ts";

beforeEach(async () => {
  await reset();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
});

const FIRST = dayOf("2025-05-12");
const BOUNDS = {
  publishedBefore: 1,
  messagesKept: 256,
  actionsBefore: 1,
  versionsBefore: null,
  record: { firstSession: FIRST, runsKept: 100 },
};

it("[DB11] finds what has passed its time through an index in every table", async ({ expect }) => {
  const seen: string[] = [];
  const spy = new Proxy(env.DB, {
    get: (d1, name) =>
      name === "prepare"
        ? (sql: string): D1PreparedStatement => {
            seen.push(sql);
            return d1.prepare(sql);
          }
        : d1.batch.bind(d1),
  });
  await new D1Retention(spy).prune("DEMO", BOUNDS, 500);
  expect(seen).toHaveLength(11);
  for (const sql of seen) {
    const unknowns = Array.from(new Set(sql.match(/\?\d/gu)), () => 1);
    const { results } = await env.DB.prepare(`explain query plan ${sql}`)
      .bind(...unknowns)
      .all<{ detail: string }>();
    const plan = results.map(({ detail }) => detail);
    expect(plan.filter((step) => /^SCAN (?!json_each|\(subquery)/u.test(step))).toEqual([]);
  }
});

it("[DB11] leaves a signal whole that was opened again after it was read", async ({ expect }) => {
  const ledger = new D1ScanLedger(env.DB);
  const ended = makeSignal({ state: "FAILED", endedOn: dayOf("2025-05-09") });
  await ledger.save(makeSave({ signals: [ended], events: [makeEvent()], outbox: [] }));
  const reopening = new Proxy(env.DB, {
    get: (d1, name) =>
      name === "batch"
        ? async (statements: D1PreparedStatement[]): Promise<unknown> => {
            const run = makeRun({ id: "run-2" });
            await ledger.save(makeSave({ run, signals: [makeSignal()], events: [], outbox: [] }));
            return d1.batch(statements);
          }
        : d1.prepare.bind(d1),
  });
  const { deleted } = await new D1Retention(reopening).prune("DEMO", BOUNDS, 500);
  expect([deleted.signals, deleted.events]).toEqual([0, 0]);
  expect(await ledger.events(ended.id)).toHaveLength(1);
});
