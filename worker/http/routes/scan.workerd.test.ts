/** Scans over HTTP: what the owner asks, how it ends, and whether one is missing. */
import * as fc from "fast-check";
import * as v from "valibot";
import { describe, it } from "vitest";
import { Problem } from "../../protocol/rest/problem.ts";
import { ScanAnswer } from "../../protocol/rest/scan-report.ts";
import { RunBody, RunDetail, RunsBody, ScanStatus } from "../../protocol/rest/scan-run.ts";
import { columnsOf } from "../../core/bars/columns.ts";
import { ask, asOwner } from "../../testing/stage/ask.ts";
import { makeMemoryPorts, NOW, OWNER_TOKEN } from "../../testing/memory/memory-ports.ts";
import { dayOf, makeRun } from "../../testing/builders/signal-builder.ts";
import { makeVerdict } from "../../testing/builders/verdict-builder.ts";
import { makeApp } from "../app.ts";
import { tickerOf } from "../../core/nominal.ts";
import { isScanOverdue, lastDueScan } from "../../app/scan-schedule.ts";

/** Friday 2025-05-16, 18:20 KST. */
const DUE = Date.UTC(2025, 4, 16, 9, 20);
const MINUTE = 60_000;

describe("POST /api/kr/scan", () => {
  it("[RT10] [RT25b] runs the book of the exchange with the request and answers its results", async ({
    expect,
  }) => {
    const ports = makeMemoryPorts();
    ports.books.DEMO.outcome = { status: "done", run: makeRun({ saved: 4 }), results: [makeVerdict()] };
    const app = makeApp(ports);
    const body = '{"market":"KOSDAQ","top_n":0,"min_score":55.5,"accept":["jump"]}';
    for (const path of ["/api/kr/scan", "/api/kr/scan/vcp"]) {
      const { status, json } = await ask(app, path, asOwner(OWNER_TOKEN, "POST", body));
      const answer = v.parse(ScanAnswer, json);
      expect([status, answer.count, answer.saved, answer.run_id]).toEqual([200, 1, 4, "run-1"]);
      expect(answer.scanned_at).toBe("2025-05-16T16:20:01.500+09:00");
      expect(answer.results[0]?.footprint).toBe("11W 20/8 2T");
    }
    const request = { kind: "manual", market: "KOSDAQ", topN: 0, minScore: 55.5, accept: ["jump"] };
    expect(ports.books.DEMO.requests).toEqual([request, request]);
    expect(ports.ownerLog.entries.map((entry) => entry.path)).toEqual([
      "/api/kr/scan/vcp accept=jump",
      "/api/kr/scan accept=jump",
    ]);
    await ask(app, "/api/kr/scan?exchange=KRX", asOwner(OWNER_TOKEN, "POST"));
    expect(ports.books.KRX.requests).toHaveLength(1);
  });

  it("[RT10] distinguishes a running, an empty and a failed scan", async ({ expect }) => {
    const ports = makeMemoryPorts();
    const app = makeApp(ports);
    const post = async (): Promise<unknown[]> => {
      const { status, json } = await ask(app, "/api/kr/scan", asOwner(OWNER_TOKEN, "POST", "{}"));
      const { type, run_id, detail, reason, figures } = v.parse(Problem, json);
      return [status, type, run_id, detail, ...(figures ? [reason, figures] : [])];
    };
    ports.books.DEMO.outcome = { status: "busy", runId: "run-7" };
    expect(await post()).toEqual([409, "/problems/busy", "run-7", "Run run-7 has not ended."]);
    const skipped = makeRun({ status: "skipped" });
    ports.books.DEMO.outcome = { status: "skipped", run: skipped, reason: { kind: "no_bars" } };
    expect(await post()).toEqual([
      409,
      "/problems/no-bars",
      "run-1",
      expect.stringMatching(/^This exchange has no bars yet\. Import some: npm run import/),
    ]);
    const half = { kind: "partial_day", day: dayOf("2025-05-16"), rows: 2, before: 9 } as const;
    ports.books.DEMO.outcome = { status: "skipped", run: skipped, reason: half };
    expect(await post()).toEqual([
      409,
      "/problems/scan-skipped",
      "run-1",
      expect.stringMatching(
        /^Not scanned: 2025-05-16 has rows of 2 .*scan again\. When the rows are right: .*"accept":\["partial_day"\]/,
      ),
      "partial_day",
      { rows: 2, before: 9 },
    ]);
    const reason = "D1 was away\n    at save (/src/x.ts:1:1)";
    ports.books.DEMO.outcome = { status: "failed", run: makeRun({ status: "failed", reason }) };
    expect(await post()).toEqual([503, "/problems/scan-failed", "run-1", "D1 was away"]);
  });
});

describe("/api/kr/scan/status", () => {
  it("[RT11] has the progress and the last run", async ({ expect }) => {
    const ports = makeMemoryPorts();
    const app = makeApp(ports);
    const idle = v.parse(ScanStatus, (await ask(app, "/api/kr/scan/status")).json);
    expect(idle).toMatchObject({ progress: { run_id: null, stage: "idle" }, last_run: null, overdue: false });
    ports.books.DEMO.standing = { runId: "run-2", stage: "reading", done: 300, total: 2_700 };
    ports.ledger.journal = [makeRun({ id: "run-2", status: "running" }), makeRun()];
    const busy = v.parse(ScanStatus, (await ask(app, "/api/kr/scan/status")).json);
    expect(busy.progress).toEqual({ run_id: "run-2", stage: "reading", done: 300, total: 2_700 });
    expect(busy.last_run).toMatchObject({ id: "run-2", status: "running", finished_at: null, funnel: null });
  });

  it("[RT11] shows when the evening's scan is missing", async ({ expect }) => {
    const ports = makeMemoryPorts();
    const row = {
      day: dayOf("2025-05-16"),
      open: 1,
      high: 1,
      low: 1,
      close: 1,
      volume: 1,
      value: null,
      shares: null,
      base: null,
    };
    const overdue = async (): Promise<boolean> =>
      v.parse(ScanStatus, (await ask(makeApp(ports), "/api/kr/scan/status?exchange=KRX")).json).overdue;
    expect(await overdue()).toBe(false);
    ports.books.KRX.columns.set("005930", columnsOf([row]));
    expect(await overdue()).toBe(true);
    ports.ledger.journal = [makeRun({ exchange: "KRX", startedAt: DUE + 5_000 })];
    expect(await overdue()).toBe(false);
    // A run that ended counts, however many failed after it.
    const failed = Array.from({ length: 30 }, (_, n) =>
      makeRun({ id: `failed-${n}`, exchange: "KRX", status: "failed", startedAt: DUE + 6_000 + n }),
    );
    ports.ledger.journal.unshift(...failed.toReversed());
    expect(await overdue()).toBe(false);
  });

  it("[RT11] counts a run from the due time on that ended or still has its half hour", ({ expect }) => {
    const judge = (
      status: "done" | "skipped" | "failed" | "running",
      startedAt: number,
      now = NOW,
    ): boolean => isScanOverdue("KRX", [makeRun({ status, startedAt })], true, now);
    expect(lastDueScan(NOW)).toBe(DUE);
    expect([judge("done", DUE), judge("skipped", DUE), judge("failed", DUE), judge("done", DUE - 1)]).toEqual(
      [false, false, true, true],
    );
    expect(judge("running", DUE)).toBe(true);
    expect(judge("running", NOW - 5 * MINUTE)).toBe(false);
    expect(isScanOverdue("KRX", [], false, NOW)).toBe(false);
    expect(isScanOverdue("DEMO", [], true, NOW)).toBe(false);
  });

  it("[RT11] finds the last weekday's 18:20 KST, half an hour after it at the earliest", ({ expect }) => {
    expect(lastDueScan(DUE + 30 * MINUTE)).toBe(DUE);
    expect(lastDueScan(DUE + 30 * MINUTE - 1)).toBe(DUE - 24 * 60 * MINUTE);
    fc.assert(
      fc.property(fc.integer({ min: 1.7e12, max: 2e12 }), (now) => {
        const due = new Date(lastDueScan(now));
        expect([due.getUTCHours(), due.getUTCMinutes(), due.getUTCSeconds()]).toEqual([9, 20, 0]);
        expect([0, 6]).not.toContain(due.getUTCDay());
        expect(now - due.getTime()).toBeGreaterThanOrEqual(30 * MINUTE);
        expect(now - due.getTime()).toBeLessThan(3 * 24 * 60 * MINUTE + 30 * MINUTE);
      }),
      { seed: 20_250_617 },
    );
  });
});

describe("/api/kr/runs", () => {
  it("[RT12] lists runs newest first and shows one with funnel, rejects and diff", async ({ expect }) => {
    const ports = makeMemoryPorts();
    ports.ledger.journal = [
      makeRun({ id: "run-3" }),
      makeRun({ id: "krx", exchange: "KRX" }),
      makeRun({ id: "run-2" }),
      makeRun(),
    ];
    const app = makeApp(ports);
    const { runs, count, exchange } = v.parse(RunsBody, (await ask(app, "/api/kr/runs?limit=2")).json);
    expect([runs.map((run) => run.id), count, exchange]).toEqual([["run-3", "run-2"], 2, "DEMO"]);
    const run = v.parse(RunBody, (await ask(app, "/api/kr/runs/run-1")).json);
    expect(run).toMatchObject({
      as_of: "2025-05-16",
      funnel: { universe: 120, detected: 3 },
      rejects: { EL1: 12 },
      diff: { born: ["signal-1"] },
      request: { market: null, top_n: 30, min_score: 0 },
    });
    expect((await ask(app, "/api/kr/runs/krx")).status).toBe(404);
    expect((await ask(app, "/api/kr/runs/none")).status).toBe(404);
  });

  it("[RT12] names those in the diff by ticker, also who has ended, and nobody else", async ({ expect }) => {
    const ports = makeMemoryPorts();
    const diff = {
      born: ["D00001.20250303.20250421"],
      revised: [],
      moved: [],
      ended: ["D00002.20250210.20250415", "D00009.20250210.20250415"],
    };
    ports.ledger.journal = [makeRun({ diff }), makeRun({ id: "run-2", diff: null })];
    const rest = {
      kind: "common",
      notice: null,
      industry: null,
      listedOn: null,
      nameEn: null,
      listedShares: null,
    } as const;
    await ports.instruments.put(
      "DEMO",
      ["D00001", "D00002", "D00003"].map((ticker) => ({
        ticker: tickerOf(ticker),
        name: `이름 ${ticker}`,
        market: "KOSPI",
        ...rest,
        nameEn: ticker === "D00001" ? "Irum" : null,
      })),
    );
    const app = makeApp(ports);
    const namesOf = async (id: string): Promise<Record<string, string>> =>
      v.parse(RunDetail, (await ask(app, `/api/kr/runs/${id}`)).json).names;
    expect(await namesOf("run-1")).toEqual({ D00001: "이름 D00001", D00002: "이름 D00002" });
    expect(await namesOf("run-2")).toEqual({});
    // RT1h
    const { latin_names } = v.parse(RunDetail, (await ask(app, "/api/kr/runs/run-1")).json);
    expect(latin_names).toEqual({
      D00001: { name_en: "Irum", romanised: null },
      D00002: { name_en: null, romanised: "Ireum D00002" },
    });
  });

  it("[RT12] shows of a failure's reason the first line only", async ({ expect }) => {
    const ports = makeMemoryPorts();
    ports.ledger.journal = [makeRun({ status: "failed", reason: "it broke\n    at f (/src/x.ts:1:1)" })];
    const { text, json } = await ask(makeApp(ports), "/api/kr/runs/run-1");
    expect(v.parse(RunBody, json).reason).toBe("it broke");
    expect(text).not.toContain("x.ts");
  });
});
