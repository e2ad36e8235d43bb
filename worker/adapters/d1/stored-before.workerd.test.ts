/** DB10, LCI6: the rows of an installation that the law before has written, in every state of a life. */
import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import * as v from "valibot";
import { beforeEach, it } from "vitest";
import { SIGNAL_STATES } from "../../core/vcp/signal-state.ts";
import { isOpen } from "../../core/lifecycle/signal.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { encodeSignalDetail, SignalDetail } from "../../protocol/rest/signal.ts";
import { named } from "../../testing/builders/bare.ts";
import type { Instrument } from "../../core/instrument/instrument.ts";
import { RUN_BEFORE, STORED_BEFORE } from "../../testing/builders/stored-before.ts";
import { D1InstrumentStore } from "./instrument-store.ts";
import { D1ScanLedger } from "./scan-ledger.ts";

beforeEach(async () => {
  await reset();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
});

/** The stored signal in another state, its fields set by the database itself. */
async function store(state: (typeof SIGNAL_STATES)[number]): Promise<string> {
  const id = `900010.20250313.20250521-${state}`;
  const ended = isOpen(state) ? null : 20_253;
  const prev = state === "SUSPENDED" ? '"READY"' : "null";
  const reason = state === "EXPIRED" ? "left_scan:CT7dry" : "new";
  await env.DB.prepare(
    `insert into signal (id, exchange, ticker, market, state, grade, score, born_on, ended_on, applied_on, high_day, pivot_day,
       entered_on, created_at, updated_at, run_id, withdrawn_by, detail)
     values (?1, 'KRX', '900010', '', ?2, 'B', 68.2, 20252, ?3, 20252, 20160, 20229, null, 1749800000000, 1749800000000, 'krx-1',
       null, json_set(?4, '$.id', ?1, '$.state', ?2, '$.endedOn', ?3, '$.prev', json(?5), '$.reason', ?6))`,
  )
    .bind(id, state, ended, STORED_BEFORE, prev, reason)
    .run();
  await env.DB.prepare(
    "insert into signal_version (signal_id, day, exchange, run_id, detail) select id, 20252, exchange, run_id, detail from signal where id = ?",
  )
    .bind(id)
    .run();
  return id;
}

it.for(SIGNAL_STATES)(
  "[DB10] [LCI6] reads a signal of the law before, and its version: %s",
  async (state, { expect }) => {
    const ledger = new D1ScanLedger(env.DB);
    const id = await store(state);
    const stored = await ledger.signal(id);
    expect(stored?.signal).toMatchObject({
      id,
      state,
      paramsVersion: "vcp-3",
      flags: ["prov", "shakeout", "wide", "rs_line_leads"],
      scoreTerms: { trendPassed: 12.25, penaltyVShape: 0, leadershipRs: null },
      base: { pivot: 59_200, footprint: "14W 25/6 3T", noise: null, touched: null },
    });
    const open = await ledger.openSignals("KRX");
    expect(open.map(({ signal }) => signal.id)).toEqual(isOpen(state) ? [id] : []);
    const [version] = await ledger.versionsBefore("KRX", null);
    expect(version).toEqual({ day: 20_252, signal: stored?.signal });
    // What is read can be shown, and written again.
    const detail = stored && encodeSignalDetail(stored);
    expect(v.parse(SignalDetail, JSON.parse(JSON.stringify(detail)))).toMatchObject({
      params_version: "vcp-3",
      touched_on: null,
    });
  },
);

it("[DB10] reads a signal that was stored before its day of measuring was kept, of the law before", async ({
  expect,
}) => {
  const id = await store("READY");
  await env.DB.prepare("update signal set detail = json_remove(detail, '$.measuredOn')").run();
  expect((await new D1ScanLedger(env.DB).signal(id))?.signal.measuredOn).toBeNull();
});

it("[DB10] reads a run with rules that are gone", async ({ expect }) => {
  await env.DB.prepare(
    `insert into scan_run (id, exchange, kind, status, as_of, params_version, started_at, finished_at, saved, reason, detail)
     values ('krx-1', 'KRX', 'cron', 'done', 20252, 'vcp-3', 5, 6, 1, null, ?)`,
  )
    .bind(RUN_BEFORE)
    .run();
  const [run] = await new D1ScanLedger(env.DB).runs("KRX", 5);
  expect(run).toMatchObject({
    asOf: tradingDayOf(20_252),
    paramsVersion: "vcp-3",
    rejects: { SC_template: 50, no_legs: 14, CT1r: 9, CT7dry: 3 },
  });
});

it("[DB15] reads an instrument that was stored before English names were kept, and gives it one", async ({
  expect,
}) => {
  await reset();
  const before = env.TEST_MIGRATIONS.filter(({ name }) => name < "0004");
  expect(before.length).toBe(4);
  await applyD1Migrations(env.DB, before);
  await env.DB.prepare(
    `insert into instrument (exchange, ticker, name, market, kind, notice, industry, listed_on, listed_shares, updated_at)
     values ('KRX', '005930', '삼성전자', 'KOSPI', 'common', null, null, 1987, 5919637922, 1)`,
  ).run();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  const master = new D1InstrumentStore(env.DB);
  const stored = await master.get("KRX", "005930");
  expect(stored).toMatchObject({ name: "삼성전자", nameEn: null, listedShares: 5_919_637_922 });
  await master.put("KRX", stored === null ? [] : [{ ...stored, nameEn: "Samsung Electronics" }], 2);
  expect(await master.get("KRX", "005930")).toEqual({ ...stored, nameEn: "Samsung Electronics" });
});

it("[DB16] shows the English name that the master has now, also on signals of before", async ({ expect }) => {
  const id = await store("READY");
  const ledger = new D1ScanLedger(env.DB);
  const filter = {
    exchange: "KRX",
    state: null,
    market: null,
    grade: null,
    minScore: null,
    ticker: null,
  } as const;
  const names = async (): Promise<readonly unknown[]> => [
    (await ledger.signal(id))?.nameEn ?? null,
    ...(await ledger.openSignals("KRX")).map(({ nameEn }) => nameEn ?? null),
    ...(await ledger.signals(filter, null, 9)).map(({ nameEn }) => nameEn ?? null),
  ];
  expect(await names()).toEqual([null, null, null]);
  const share = named<Instrument>({
    ticker: "900010",
    name: "가",
    nameEn: null,
    market: "KOSPI",
    kind: "common",
    notice: null,
    industry: null,
    listedOn: null,
    listedShares: null,
  });
  const master = new D1InstrumentStore(env.DB);
  await master.put("DEMO", [{ ...share, nameEn: "Of another exchange" }], 1);
  await master.put("KRX", [share], 1);
  expect(await names()).toEqual([null, null, null]);
  await master.put("KRX", [{ ...share, nameEn: "Samsung Electronics" }], 2);
  expect(await names()).toEqual(["Samsung Electronics", "Samsung Electronics", "Samsung Electronics"]);
});
