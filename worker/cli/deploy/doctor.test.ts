import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, it } from "vitest";
import { type Facts, findingsOf } from "./doctor-findings.ts";
import type { WorkerFacts } from "./doctor-worker-findings.ts";
import { projectRoot } from "../terminal/project-root.ts";

const NOW = Date.UTC(2026, 10, 23);
const WORKER: WorkerFacts = {
  url: "http://radar.example",
  health: {
    status: "ok",
    build: "1",
    exchange: "KRX",
    server_time: "2026-11-23T09:00:00.000+09:00",
    book: { tickers: 2, rows: 4, sessions: 2, first_day: "2026-11-19", last_day: "2026-11-20" },
    last_run: null,
    feed: null,
    outbox: { waiting: 0, oldest_age_s: null },
    failures: [],
  },
  problem: null,
  overdue: false,
  ownerStatus: 200,
};
const SOUND: Facts = {
  node: "24.21.0",
  tokenMode: 0o100600,
  tokenInEnv: false,
  hasDatabase: true,
  build: "fresh",
  now: NOW,
  calendarAnnounced: "2027-12-31",
  calendarEnds: "2027-12-31",
  worker: WORKER,
  isOffline: false,
  isRemote: false,
  sources: { setup: null, check: { kind: "checked", findings: [] }, backfill: null },
  state: { folder: "/state", fullDisk: null, damaged: [] },
};

const notOk = (facts: Facts): unknown[] =>
  findingsOf(facts)
    .filter(({ mark }) => mark !== "ok")
    .map(({ mark, about }) => `${mark} ${about}`);

const withHealth = (health: object): Facts => ({
  ...SOUND,
  worker: { ...WORKER, ...(WORKER.health !== null && { health: { ...WORKER.health, ...health } }) },
});

describe("npm run doctor", () => {
  it("[CL29] finds nothing where nothing is wrong", ({ expect }) => {
    expect(notOk(SOUND)).toEqual([]);
  });

  it("[KW27] notes prices that stand still in a session, and the machine that brings those of Kiwoom", ({
    expect,
  }) => {
    const live = (feed: object): unknown =>
      findingsOf(withHealth({ feed: { exchange: "KRX", clock: null, tickers: 2, ...feed } })).find(
        ({ about }) => about === "live prices",
      );
    const stale = { state: "stale", session: "open" };
    expect(live({ ...stale, source: "kiwoom" })).toMatchObject({
      mark: "note",
      text: expect.stringContaining("npm run collect -- --live"),
    });
    expect(live({ ...stale, source: "kis" })).toMatchObject({ mark: "note" });
    expect(live({ ...stale, session: "closed", source: "kiwoom" })).toMatchObject({ mark: "ok" });
    expect(live({ state: "live", session: "open", source: "kiwoom" })).toMatchObject({ mark: "ok" });
  });

  it.for<[string, Facts, string]>([
    ["an old Node", { ...SOUND, node: "20.20.2" }, "wrong node"],
    ["no token", { ...SOUND, tokenMode: null }, "wrong owner's token"],
    ["a token that others may read", { ...SOUND, tokenMode: 0o100644 }, "wrong owner's token"],
    ["no database", { ...SOUND, hasDatabase: false }, "note database"],
    ["an old page", { ...SOUND, build: "stale" }, "note page"],
    ["a calendar that ends soon", { ...SOUND, calendarEnds: "2026-12-31" }, "wrong calendar"],
    [
      "holidays that will soon be derived only",
      { ...SOUND, calendarAnnounced: "2026-12-31", calendarEnds: "2030-12-31" },
      "note calendar",
    ],
    ["no Worker", { ...SOUND, worker: null }, "note worker"],
    [
      "a Worker that is not ready",
      { ...SOUND, worker: { ...WORKER, health: null, problem: "D1 does not answer." } },
      "wrong worker",
    ],
    ["another token", { ...SOUND, worker: { ...WORKER, ownerStatus: 401 } }, "wrong owner's access"],
    ["a scan that is missing", { ...SOUND, worker: { ...WORKER, overdue: true } }, "wrong scan"],
    ["a clock that is off", { ...SOUND, now: NOW + 6_000 }, "wrong clock"],
    ["messages that wait", withHealth({ outbox: { waiting: 3, oldest_age_s: 301 } }), "wrong outbox"],
  ])("[CL29] names what to do about %s", ([, facts, expected], { expect }) => {
    expect(notOk(facts)).toEqual([expected]);
  });

  it("[CL76] names the scan that is missing, why, and when its session is asked for next", ({ expect }) => {
    const missing = {
      session: "2026-11-20",
      due_at: "2026-11-20T15:45:00.000+09:00",
      has_rows: false,
      outcome: null,
      reason: null,
      next: {
        kind: "official_day",
        session: "2026-11-20",
        at: "2026-11-23T08:05:00.000+09:00",
      },
    } as const;
    const textOf = (own: WorkerFacts["missing"]): string | undefined =>
      findingsOf({ ...SOUND, worker: { ...WORKER, overdue: true, missing: own } }).find(
        ({ about }) => about === "scan",
      )?.text;
    expect(textOf(missing)).toBe(
      "That of 2026-11-20 is missing since 2026-11-20T15:45: nothing has brought its session. It is asked for next at 2026-11-23T08:05; see /status.",
    );
    const outcome = { ...missing.next, status: "denied", text: "krx: blocked, this address" } as const;
    expect(textOf({ ...missing, outcome, next: null })).toMatch(
      /: krx: blocked, this address\. Nothing asks for it/,
    );
    expect(textOf({ ...missing, has_rows: true })).toContain(
      "its rows are there, and no scan has judged them",
    );
    expect(textOf(null)).toContain("see /api/kr/runs");
  });

  it("[CL75] of a Worker elsewhere that asks KIS it states which plan that needs", ({ expect }) => {
    const calls = { mark: "ok", about: "calls", what: "1 today.", remedy: null } as const;
    const asked = (source: "krx" | "kis", isRemote: boolean): Facts => ({
      ...SOUND,
      isRemote,
      sources: { ...SOUND.sources, check: { kind: "checked", findings: [{ ...calls, source }] } },
    });
    expect(notOk(asked("kis", true))).toEqual(["note plan"]);
    expect([notOk(asked("kis", false)), notOk(asked("krx", true))]).toEqual([[], []]);
  });

  it("[CL29] states that a market without a live feed shows closes", ({ expect }) => {
    const feed = { exchange: "KRX", state: "none", source: "closes", clock: null, session: null, tickers: 0 };
    const found = findingsOf(withHealth({ feed })).find(({ about }) => about === "live prices");
    expect(found?.mark).toBe("ok");
    expect(found?.text).toBe("None for this market: it shows closes.");
  });

  it.for<[number, string | undefined, string]>([
    [401, undefined, "Answers 401 to this token: OWNER_TOKEN must be the one the Worker runs with."],
    [403, undefined, "Is closed: the Worker runs without an OWNER_TOKEN."],
    [429, undefined, "Answers 429: this address sent too many wrong tokens. Wait a minute."],
    [
      503,
      "D1 did not do what was asked.",
      "Answers 503: D1 did not do what was asked. The token is not the reason.",
    ],
    [500, undefined, "Answers 500: it gave no reason. The token is not the reason."],
  ])(
    "[CL44] blames the owner's token for a 401 alone, not for %i",
    ([ownerStatus, ownerProblem, text], { expect }) => {
      const facts = { ...SOUND, worker: { ...WORKER, ownerStatus, ownerProblem } };
      expect(notOk(facts)).toEqual(["wrong owner's access"]);
      expect(findingsOf(facts).find(({ mark }) => mark !== "ok")?.text).toContain(text);
    },
  );

  it.for([
    ["D1", "Its disk may be full or its file damaged (see `disk` and `files` above"],
    ["MarketBook", "It may be taking in bars (then wait), or its file is damaged"],
    ["Gateway", "The log has the error: .wrangler/serve.log"],
  ])("[CL44] names what to do when %s does not answer", ([neighbour, remedy], { expect }) => {
    const problem = `${neighbour} does not answer.`;
    const found = findingsOf({ ...SOUND, worker: { ...WORKER, health: null, problem, neighbour } });
    const text = found.find(({ about }) => about === "worker")?.text;
    expect(text).toContain(`http://radar.example is not ready: ${problem} ${remedy}`);
    expect(text).toContain("npx wrangler tail");
  });

  it("[CL39] [CL40] names a full disk and each damaged file", ({ expect }) => {
    const state = {
      folder: "/state",
      fullDisk: "disk full: 0 MiB",
      damaged: ["D1 cannot", "MarketBook cannot"],
    };
    expect(findingsOf({ ...SOUND, state }).filter(({ mark }) => mark !== "ok")).toEqual([
      { mark: "wrong", about: "disk", text: "disk full: 0 MiB" },
      { mark: "wrong", about: "files", text: "D1 cannot" },
      { mark: "wrong", about: "files", text: "MarketBook cannot" },
    ]);
    expect(findingsOf({ ...SOUND, state: null }).some(({ about }) => about === "files")).toBe(false);
  });

  it("[CL29a] prints one line for each failure that the Worker remembers, with its age by the Worker's clock", ({
    expect,
  }) => {
    const failed = (neighbour: string, at: string) => ({
      neighbour,
      at,
      event: "drain_failed",
      detail: "busy",
    });
    const failures = [
      failed("D1", "2026-11-23T08:59:01.000+09:00"),
      failed("Gateway", "2026-11-23T08:58:00.000+09:00"),
      failed("MarketBook", "2026-11-23T06:59:59.000+09:00"),
      failed("Topic", "2026-11-20T08:00:00.000+09:00"),
    ];
    const found = findingsOf(withHealth({ failures })).filter(({ mark }) => mark !== "ok");
    expect(found).toEqual([
      { mark: "note", about: "D1", text: "Failed 59 s ago: drain_failed, busy" },
      { mark: "note", about: "Gateway", text: "Failed 2 min ago: drain_failed, busy" },
      { mark: "note", about: "MarketBook", text: "Failed 2 h ago: drain_failed, busy" },
      { mark: "note", about: "Topic", text: "Failed 3 days ago: drain_failed, busy" },
    ]);
  });

  it("[CL29b] names the object that stands on another switch than D1 records", ({ expect }) => {
    const stands = { exchange: "KRX", generation: 3 };
    const found = (disagreeing: readonly object[]) =>
      findingsOf(withHealth({ exchange_switch: { ...stands, disagreeing } })).find(
        ({ about }) => about === "exchange",
      );
    expect(found([])).toMatchObject({ mark: "ok", text: "Everything stands on KRX (switch 3)." });
    const behind = { object: "Topic signal:vcp", exchange: "DEMO", generation: 2 };
    expect(found([behind, { ...behind, object: "Gateway weur/0" }])).toMatchObject({
      mark: "wrong",
      text: "D1 records KRX (switch 3), Topic signal:vcp and 1 more stands on DEMO (switch 2): look again in ten seconds, then `npm run use -- KRX`.",
    });
  });

  it("[CL29] takes a token of the environment before that of the file", ({ expect }) => {
    expect(notOk({ ...SOUND, tokenInEnv: true, tokenMode: 0o100644 })).toEqual([]);
  });

  it(
    "[CL30] prints no secret, and ends with 1 when something is wrong",
    { timeout: 60_000 },
    ({ expect }) => {
      const OWNER_TOKEN = "a-secret-that-nobody-may-see";
      const run = (to: string) =>
        spawnSync(process.execPath, [join(projectRoot, "worker/cli/deploy/doctor.ts"), "--to", to], {
          encoding: "utf8",
          env: { ...process.env, OWNER_TOKEN },
        });
      // Nobody listens there; that is worth a note and is not wrong.
      const { status, stdout, stderr } = run("http://127.0.0.1:9");
      expect([status, stderr]).toEqual([0, ""]);
      expect(stdout).toMatch(/note {2}worker/);
      expect(stdout).not.toContain(OWNER_TOKEN);
      expect(run("ftp://x").status).toBe(2);
    },
  );
});
