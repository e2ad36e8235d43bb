import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, it } from "vitest";
import { makeSave } from "../../app/ports/scan-ledger.contract.ts";
import type { LoggedAlert, UnreadAlert } from "../../app/ports/alert-log.ts";
import { session } from "../../testing/builders/life-builder.ts";
import { makeAlert } from "../../testing/builders/alert-builder.ts";
import type { AlertEvent } from "../../core/alerts/alert-event.ts";
import { alertStatements } from "./alert-rows.ts";
import { D1AlertLog } from "./alert-log.ts";
import { D1Retention } from "./retention.ts";
import { D1ScanLedger } from "./scan-ledger.ts";

beforeEach(async () => {
  await reset();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
});

const DAY = session(1);
const GATE = {
  id: `KRX:gate:${DAY}`,
  exchange: "KRX",
  day: DAY,
  at: 5,
  kind: "gate",
  from: "GREEN",
  to: "RED",
} as const;
const STALE = { id: "KRX:feed_stale:1", exchange: "KRX", day: DAY, at: 6, kind: "feed_stale" } as const;
const TAKEN = {
  id: "x:withdrawn@run-c",
  exchange: "KRX",
  day: DAY,
  at: 7,
  kind: "withdrawn",
  of: "x",
} as const;

function demoAlert(id: string, at = 1_000): AlertEvent {
  return makeAlert({ id, exchange: "DEMO", at });
}

function demoAlerts(count: number): readonly AlertEvent[] {
  return Array.from({ length: count }, (_, i) => demoAlert(`d${i}`, i));
}

function eventsOf(rows: readonly (LoggedAlert | UnreadAlert)[]): readonly AlertEvent[] {
  return rows.flatMap(({ event }) => event ?? []);
}

it("[DB17] writes what there is to tell with the scan that found it, once and as it was", async ({
  expect,
}) => {
  const [ledger, log] = [new D1ScanLedger(env.DB), new D1AlertLog(env.DB)];
  const alerts = demoAlerts(3);
  await ledger.save(makeSave({ alerts }));
  await ledger.save(makeSave({ alerts: [...alerts, demoAlert("later")] }));
  expect(eventsOf(await log.newest("DEMO", 9)).map(({ id }) => id)).toEqual(["d0", "d1", "d2", "later"]);
  expect(eventsOf(await log.newest("DEMO", 9)).slice(0, 3)).toEqual(alerts);
  const foreign = makeSave({ alerts: [makeAlert({ id: "foreign" })] });
  await expect(ledger.save(foreign)).rejects.toThrow("foreign of KRX stands in a run of DEMO");
});

it("[DB17] is read by position, of one exchange or of all, each event once", async ({ expect }) => {
  const log = new D1AlertLog(env.DB);
  expect([await log.last(), await log.newest("KRX", 1)]).toEqual([0, []]);
  await log.append([]);
  await log.append([...demoAlerts(5), GATE, STALE, TAKEN]);
  await log.append([GATE]);
  const read: (LoggedAlert | UnreadAlert)[] = [];
  for (
    let next = await log.after(0, 3);
    next.length > 0;
    next = await log.after(read.at(-1)?.position ?? 0, 3)
  ) {
    read.push(...next);
  }
  expect(eventsOf(read)).toEqual([...demoAlerts(5), GATE, STALE, TAKEN]);
  expect(eventsOf(await log.after(0, 9, "KRX"))).toEqual([GATE, STALE, TAKEN]);
  expect(eventsOf(await log.newest("KRX", 2))).toEqual([STALE, TAKEN]);
  expect(await log.last()).toBeGreaterThanOrEqual(read.at(-1)?.position ?? Number.POSITIVE_INFINITY);
});

it("[DB17] gives no position twice, also after the exchange was emptied", async ({ expect }) => {
  const log = new D1AlertLog(env.DB);
  await log.append(demoAlerts(4));
  const last = await log.last();
  await new D1Retention(env.DB).empty("DEMO");
  expect(await log.newest("DEMO", 9)).toEqual([]);
  await log.append([demoAlert("new")]);
  expect((await log.after(last, 9)).map(({ position }) => position > last)).toEqual([true]);
});

it("[DB17] keeps the newest positions, and reads no more rows for it than leave", async ({ expect }) => {
  const log = new D1AlertLog(env.DB);
  const write = async (from: number): Promise<number> => {
    const events = Array.from({ length: 10 }, (_, i) => demoAlert(`e${from + i}`));
    const results = await env.DB.batch([...alertStatements(env.DB, events, 15)]);
    return results.at(-1)?.meta.rows_read ?? Number.NaN;
  };
  await write(0);
  await write(10);
  expect(await write(20)).toBeLessThanOrEqual(2 * 10 + 5);
  expect(eventsOf(await log.newest("DEMO", 99)).map(({ id }) => id)).toEqual(
    Array.from({ length: 15 }, (_, i) => `e${i + 15}`),
  );
});

it("[AL26] a row that cannot be read has its place in a page, and none among the newest", async ({
  expect,
}) => {
  const log = new D1AlertLog(env.DB);
  await log.append(demoAlerts(4));
  await env.DB.batch([
    env.DB.prepare("update alert_event set detail = '{' where id = 'd1'"),
    env.DB.prepare("update alert_event set detail = json_set(detail, '$.kind', 'later') where id = 'd2'"),
  ]);
  const page = await log.after(0, 9);
  expect(page.map(({ event }) => event?.id ?? null)).toEqual(["d0", null, null, "d3"]);
  expect(eventsOf(await log.newest("DEMO", 9)).map(({ id }) => id)).toEqual(["d0", "d3"]);
});

it("[AL29] an exchange pushes nothing of another out, and each keeps its own newest", async ({ expect }) => {
  const log = new D1AlertLog(env.DB);
  const write = async (exchange: "KRX" | "DEMO", from: number, count: number): Promise<number> => {
    const events = Array.from({ length: count }, (_, i) =>
      makeAlert({ id: `${exchange}${from + i}`, exchange }),
    );
    const results = await env.DB.batch([...alertStatements(env.DB, events, 15)]);
    return results.slice(-2).reduce((sum, { meta }) => sum + meta.rows_read, 0);
  };
  await write("KRX", 0, 10);
  for (let from = 0; from < 500; from += 10) {
    expect(await write("DEMO", from, 10)).toBeLessThanOrEqual(10 * 10);
  }
  const ids = async (exchange: "KRX" | "DEMO"): Promise<readonly string[]> =>
    eventsOf(await log.newest(exchange, 99)).map(({ id }) => id);
  expect([(await ids("KRX")).length, (await ids("DEMO")).at(0), (await ids("DEMO")).length]).toEqual([
    10,
    "DEMO485",
    15,
  ]);
  await write("KRX", 10, 10);
  expect(await ids("KRX")).toEqual(Array.from({ length: 15 }, (_, i) => `KRX${i + 5}`));
  // What stands already is counted once.
  await write("KRX", 15, 5);
  await write("KRX", 20, 1);
  expect(await ids("KRX")).toEqual(Array.from({ length: 15 }, (_, i) => `KRX${i + 6}`));
});

it("[AL29] counts what the code of before has written, with the next write", async ({ expect }) => {
  const log = new D1AlertLog(env.DB);
  await log.append(demoAlerts(3));
  await env.DB.prepare("update alert_event set nth = 0").run();
  await log.append([demoAlert("later")]);
  const { results } = await env.DB.prepare("select nth from alert_event order by position").all<{
    nth: number;
  }>();
  expect(results.map(({ nth }) => nth)).toEqual([1, 2, 3, 4]);
});
