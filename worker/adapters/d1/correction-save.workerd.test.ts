import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, it } from "vitest";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { makeEvent, makeGate, makeRun, makeSignal } from "../../testing/builders/signal-builder.ts";
import { correctionStatements } from "./correction-save.ts";
import { D1ScanLedger } from "./scan-ledger.ts";

beforeEach(async () => {
  await reset();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
});

it("[DB13] saves a correction of 20 sessions with 150 signals each at once, and reads its versions back", async ({
  expect,
}) => {
  const days = Array.from({ length: 20 }, (_, n) => tradingDayOf(20_000 + n));
  const from = tradingDayOf(20_000);
  const signals = Array.from({ length: 150 }, (_, n) => makeSignal({ id: `s${1_000 + n}`, bornOn: from }));
  const versions = days.flatMap((day) =>
    signals.map((signal) => ({ day, signal: { ...signal, score: day / 1_000 } })),
  );
  const save = {
    run: makeRun({ id: "run-c", kind: "correction", judgedFrom: from }),
    from,
    signals,
    withdrawn: [],
    superseded: signals.map(({ id }) => ({ signalId: id, seq: 1 })),
    events: signals.map(({ id }) => makeEvent({ signalId: id, seq: 2, day: from })),
    versions,
    gates: days.map((day) => makeGate({ day })),
    reentered: signals.map(({ id }) => id),
    outbox: [],
    alerts: [],
  } as const;
  const ledger = new D1ScanLedger(env.DB);
  await ledger.saveCorrection(save);
  expect(correctionStatements(env.DB, save).length).toBeLessThan(20);
  const newest = await ledger.versionsBefore("DEMO", tradingDayOf(20_010));
  expect(newest.map(({ day, signal }) => [day, signal.id, signal.score])).toEqual(
    signals.map(({ id }) => [20_009, id, 20.009]),
  );
  expect((await ledger.gates("DEMO", 99)).length).toBe(20);
  const plan = await env.DB.prepare(
    "explain query plan delete from signal_version where exchange = 'DEMO' and day >= 20000",
  ).all<{ detail: string }>();
  expect(plan.results.map(({ detail }) => detail).join()).toContain("signal_version_day");
});
