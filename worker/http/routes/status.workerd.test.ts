/** `/api/kr/status` over memory: what the book states, as the page gets it. */
import * as v from "valibot";
import { describe, it } from "vitest";
import { columnsOf } from "../../core/bars/columns.ts";
import { HealthBody } from "../../protocol/rest/health.ts";
import { MarketStatusBody } from "../../protocol/rest/market-status.ts";
import { ScanStatus } from "../../protocol/rest/scan-run.ts";
import { dayOf, makeRun } from "../../testing/builders/signal-builder.ts";
import { makeMemoryPorts, NOW } from "../../testing/memory/memory-ports.ts";
import { ask } from "../../testing/stage/ask.ts";
import { rowOn } from "../../testing/stage/book-store.ts";
import { makeApp } from "../app.ts";

const THURSDAY = dayOf("2025-05-15");
const FRIDAY = dayOf("2025-05-16");

function stage() {
  const ports = makeMemoryPorts();
  const book = ports.books.KRX;
  book.columns.set("005930", columnsOf([rowOn(THURSDAY)]));
  book.days = {
    plan: { evening: true, morning: true },
    statedDays: [{ day: dayOf("2025-06-03"), isSession: false }],
    differences: [
      { day: THURSDAY, rows: 2_700, fields: { volume: 12, close: 1 }, added: 3, unconfirmed: 2, at: NOW },
    ],
    sources: [
      {
        id: "krx",
        isNamed: true,
        missing: [],
        denials: [
          { why: "service_not_approved", subject: "apply\nat x", service: "s", at: null, until: NOW + 1_000 },
        ],
        servedAt: NOW - 60_000,
        callsToday: 6,
        callsPerDay: 10_000,
        token: null,
      },
      {
        id: "kis",
        isNamed: false,
        missing: ["KIS_APP_SECRET"],
        denials: [],
        servedAt: null,
        callsToday: 0,
        callsPerDay: null,
        token: { issuedAt: NOW - 5_000, until: NOW + 5_000 },
      },
    ],
    steps: [
      { kind: "evening_snapshot", day: FRIDAY, status: "failed", text: "KIS was away\n at x", at: NOW },
    ],
    newestFinal: THURSDAY,
    newestProvisional: null,
    daysOff: [dayOf("2025-05-01")],
    next: { kind: "official_day", day: FRIDAY, at: NOW + 9_000 },
  };
  ports.ledger.journal = [makeRun({ exchange: "KRX", asOf: THURSDAY })];
  return { ports, book, app: makeApp(ports) };
}

describe("/api/kr/status", () => {
  it("[RT33] [RT11a] has sources, steps, what is missing and what comes next", async ({ expect }) => {
    const { app } = stage();
    const { status, json } = await ask(app, "/api/kr/status?exchange=KRX");
    const body = v.parse(MarketStatusBody, json);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      exchange: "KRX",
      overdue: true,
      plan: { evening: true, morning: true },
      newest_final: "2025-05-15",
      newest_provisional: null,
      days_off: ["2025-05-01"],
      stated_days: [{ day: "2025-06-03", session: false }],
      differences: [
        {
          session: "2025-05-15",
          rows: 2_700,
          fields: [
            { field: "close", stocks: 1 },
            { field: "volume", stocks: 12 },
          ],
          added: 3,
          unconfirmed: 2,
          at: "2025-05-19T10:00:00.000+09:00",
        },
      ],
      backfill: { status: "none" },
      next: { kind: "official_day", session: "2025-05-16", at: "2025-05-19T10:00:09.000+09:00" },
      outbox: { waiting: 0 },
      runs: [{ as_of: "2025-05-15" }],
    });
    expect(body.sources).toMatchObject([
      {
        id: "krx",
        named: true,
        denials: [{ subject: "apply", service: "s", at: null }],
        calls_today: 6,
        calls_per_day: 10_000,
        served_at: "2025-05-19T09:59:00.000+09:00",
      },
      { id: "kis", named: false, missing_secrets: ["KIS_APP_SECRET"], calls_per_day: null },
    ]);
    const step = {
      kind: "evening_snapshot",
      session: "2025-05-16",
      status: "failed",
      text: "KIS was away",
      at: "2025-05-19T10:00:00.000+09:00",
    };
    expect(body.steps).toEqual([step]);
    expect(body.missing).toEqual({
      session: "2025-05-16",
      due_at: "2025-05-16T15:45:00.000+09:00",
      has_rows: false,
      outcome: step,
      reason: null,
      next: { kind: "official_day", session: "2025-05-16", at: "2025-05-20T08:05:00.000+09:00" },
    });
    const scan = v.parse(ScanStatus, (await ask(app, "/api/kr/scan/status?exchange=KRX")).json);
    expect([scan.missing, scan.overdue, scan.last_done?.as_of]).toEqual([body.missing, true, "2025-05-15"]);
    const health = v.parse(HealthBody, (await ask(app, "/api/health?exchange=KRX")).json);
    expect(health.overdue).toBe(true);
  });

  it("[RT11a] has the past while it comes or waits, and not once it is there", async ({ expect }) => {
    const { app, book } = stage();
    const past = {
      sessions: 120,
      wanted: 400,
      fetched: 120,
      next: THURSDAY,
      holidays: [],
      counts: "sessions" as const,
      inPart: [],
      startedAt: NOW,
      leftMs: 61_200,
      reason: null,
    };
    const seen = async (): Promise<unknown> =>
      v.parse(ScanStatus, (await ask(app, "/api/kr/scan/status?exchange=KRX")).json).backfill;
    expect(await seen()).toBeNull();
    book.past = { ...past, status: "running" };
    expect(await seen()).toMatchObject({ status: "running", sessions: 120, wanted: 400, seconds_left: 62 });
    book.past = { ...past, status: "waiting", leftMs: null, reason: "denied, krx: bad_key" };
    expect(await seen()).toMatchObject({ status: "waiting", reason: "denied, krx: bad_key" });
    book.past = { ...past, status: "done" };
    expect(await seen()).toBeNull();
  });

  it("[RT11a] the demo has the past of the market that comes, where its keys are set", async ({ expect }) => {
    const { book, ports } = stage();
    const coming = async (awaited: { readonly awaited?: "KRX" }): Promise<unknown> =>
      v.parse(ScanStatus, (await ask(makeApp({ ...ports, ...awaited }), "/api/kr/scan/status")).json).coming;
    book.past = {
      sessions: 120,
      wanted: 400,
      fetched: 120,
      next: THURSDAY,
      holidays: [],
      counts: "sessions",
      inPart: [],
      startedAt: NOW,
      leftMs: 61_200,
      reason: null,
      status: "running",
    };
    expect(await coming({})).toBeNull();
    expect(await coming({ awaited: "KRX" })).toMatchObject({ exchange: "KRX", backfill: { sessions: 120 } });
    ports.books.KRX.marketStatus = () => Promise.reject(new Error("away"));
    expect(await coming({ awaited: "KRX" })).toBeNull();
    expect(ports.log.lines.map(({ event }) => event)).toContain("coming_past_unknown");
  });

  it("[RT33] has nothing of vendors on the demo, and names the neighbour that does not answer", async ({
    expect,
  }) => {
    const { app, ports } = stage();
    const demo = v.parse(MarketStatusBody, (await ask(app, "/api/kr/status")).json);
    expect(demo).toMatchObject({ exchange: "DEMO", sources: [], steps: [], next: null, missing: null });
    ports.books.KRX.marketStatus = () => Promise.reject(new Error("away"));
    const { status, json } = await ask(app, "/api/kr/status?exchange=KRX");
    expect([status, json]).toEqual([503, expect.objectContaining({ neighbour: "MarketBook" })]);
  });
});
