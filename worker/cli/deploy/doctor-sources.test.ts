import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "vitest";
import { assert } from "../../core/assert.ts";
import type { BackfillBody } from "../../protocol/rest/owner.ts";
import { projectRoot } from "../terminal/project-root.ts";
import { describeSetup, type LocalSetup, readSetup } from "../terminal/source-setup.ts";
import { type SourceFacts, sourceFindings } from "./doctor-sources.ts";

const BACKFILL: BackfillBody = {
  exchange: "KRX",
  status: "running",
  sessions: 100,
  wanted: 400,
  fetched: 100,
  next_day: "2026-05-20",
  holidays: [],
  started_at: "2026-11-30T08:05:00.000+09:00",
  seconds_left: 360,
  reason: null,
};
const SETUP: LocalSetup = {
  sources: [
    { id: "krx", isNamed: true, missing: [] },
    { id: "kis", isNamed: false, missing: ["KIS_APP_KEY", "KIS_APP_SECRET"] },
  ],
  readers: "owner",
};
const SOUND: SourceFacts = { setup: SETUP, check: { kind: "checked", findings: [] }, backfill: null };

const seen = (facts: SourceFacts): readonly string[] =>
  sourceFindings(facts).map(({ mark, about }) => `${mark} ${about}`);

const textOf = (facts: SourceFacts, about: string): string =>
  sourceFindings(facts).find((one) => one.about === about)?.text ?? "";

describe("npm run doctor on the vendors", () => {
  it("[CL75] prints what the Worker measured, by vendor, with the remedy behind it", ({ expect }) => {
    const findings = [
      { mark: "ok", source: "krx", about: "clock", what: "Agrees.", remedy: null },
      { mark: "warning", source: null, about: "readers", what: "READERS is public.", remedy: "Close it." },
      { mark: "fault", source: "kis", about: "key", what: "bad_key.", remedy: "Set it again." },
    ] as const;
    expect(sourceFindings({ ...SOUND, check: { kind: "checked", findings } })).toEqual([
      { mark: "ok", about: "krx clock", text: "Agrees." },
      { mark: "note", about: "readers", text: "READERS is public. Close it." },
      { mark: "wrong", about: "kis key", text: "bad_key. Set it again." },
    ]);
  });

  it.for<[string, SourceFacts["check"], string, string]>([
    ["no Worker", { kind: "no_worker" }, "note vendors", "none answers: `npm start`, or --to URL"],
    ["--offline", { kind: "offline" }, "note vendors", "asks nobody"],
    ["no token", { kind: "no_token" }, "note vendors", "owner's token is needed"],
    [
      "a Worker of before",
      { kind: "refused", status: 404, detail: "No route has this path." },
      "note vendors",
      "deploy the present one",
    ],
    [
      "a check a moment ago",
      { kind: "refused", status: 429, detail: "Ask again in 9 seconds." },
      "note vendors",
      "Ask again in 9 seconds.",
    ],
    [
      "a Worker that fails",
      { kind: "refused", status: 503, detail: "MarketBook does not answer." },
      "wrong vendors",
      "answered 503: MarketBook does not answer.",
    ],
  ])(
    "[CL75] with %s states what was not measured, and judges the set-up of this folder",
    (row, { expect }) => {
      const [, check, mark, text] = row;
      expect(seen({ ...SOUND, check })).toEqual([mark, "ok readers"]);
      expect(textOf({ ...SOUND, check }, "vendors")).toContain(text);
      expect(seen({ ...SOUND, check, setup: null })).toEqual([mark]);
    },
  );

  it("[CL75] a name without a key, half a key, a key without a name, readers for all", ({ expect }) => {
    const check = { kind: "no_worker" } as const;
    const of = (
      sources: LocalSetup["sources"],
      readers: LocalSetup["readers"] = "owner",
    ): readonly string[] => seen({ ...SOUND, check, setup: { sources, readers } }).slice(1);
    const [krx] = SETUP.sources;
    assert(krx !== undefined, "KRX stands first");
    expect(of([{ ...krx, missing: ["KRX_AUTH_KEY"] }])).toEqual(["note krx key"]);
    expect(of([{ id: "kis", isNamed: true, missing: ["KIS_APP_SECRET"] }])).toEqual(["wrong kis key"]);
    expect(of([{ ...krx, isNamed: false }])).toEqual(["note krx key"]);
    expect(of([krx], "public")).toEqual(["note readers"]);
  });

  it("[CL76] shows where the past stands, and what to do when it waits", ({ expect }) => {
    const of = (past: Partial<BackfillBody>): string =>
      textOf({ ...SOUND, backfill: { ...BACKFILL, ...past } }, "the past");
    expect(of({})).toBe(
      "[#####...............] 25 %, 100 of 400 sessions, 6 min left. `npm run backfill` follows it.",
    );
    expect(of({ status: "waiting", seconds_left: null, reason: "denied, krx: blocked" })).toMatch(
      /^Waits at \[#.*100 of 400 sessions: denied, krx: blocked\. It is asked again after a day, .* run this command again/,
    );
    expect(of({ status: "waiting", seconds_left: null, reason: "failed, KRX failed" })).toMatch(
      /failed, KRX failed\. The clock goes on within ten minutes, `npm run backfill` at once\.$/,
    );
    expect(of({ status: "done", sessions: 400, fetched: 380 })).toBe(
      "400 sessions are there, 380 of them fetched.",
    );
    expect(seen({ ...SOUND, backfill: { ...BACKFILL, status: "waiting" } })).toEqual(["wrong the past"]);
    expect(seen({ ...SOUND, backfill: { ...BACKFILL, status: "none" } })).toEqual([]);
  });
});

describe("the vendors as this folder has them", () => {
  it("[CL77] reads names of keys, never their values, and the settings of both files", ({ expect }) => {
    const folder = mkdtempSync(join(tmpdir(), "vcp-setup-"));
    try {
      const file = join(folder, ".dev.vars");
      const config = '[vars]\nREADERS = "public"\nMARKET_SOURCES = "krx kis"\n';
      writeFileSync(file, "KIS_APP_KEY=a-planted-key\n");
      const read = readSetup({ KRX_AUTH_KEY: "a-planted-key" }, file, config);
      expect(read).toEqual({
        sources: [
          { id: "krx", isNamed: true, missing: [] },
          { id: "kis", isNamed: true, missing: ["KIS_APP_SECRET"] },
          { id: "kiwoom", isNamed: false, missing: ["KIWOOM_APP_KEY", "KIWOOM_SECRET_KEY"] },
        ],
        readers: "public",
      });
      writeFileSync(file, "MARKET_SOURCES=kis\nREADERS=owner\n");
      expect(readSetup({}, file, config)).toMatchObject({
        sources: [{ isNamed: false, missing: ["KRX_AUTH_KEY"] }, { isNamed: true }, { isNamed: false }],
        readers: "owner",
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("[CL77] npm start states who is asked, what is missing, and the command that shows the past", ({
    expect,
  }) => {
    const none = { ...SETUP, sources: SETUP.sources.map((one) => ({ ...one, missing: ["KRX_AUTH_KEY"] })) };
    expect(describeSetup(SETUP, 8787, BACKFILL)).toEqual([
      "KRX Open API: the whole market each morning at 08:05 in Seoul, and its past.",
      "The past is being fetched (100 of 400 sessions): `npm run backfill` shows how far. `npm run doctor` checks the keys.",
    ]);
    expect(describeSetup(SETUP, 9000, null).at(-1)).toMatch(
      /^The past comes within ten minutes: `npm run backfill -- --to http:\/\/127\.0\.0\.1:9000`/,
    );
    const done = { ...BACKFILL, status: "done", sessions: 400 } as const;
    expect(describeSetup(SETUP, 8787, done).at(-1)).toMatch(
      /^The past is there: 400 sessions\. `npm run doctor`/,
    );
    const half = { id: "kis", isNamed: true, missing: ["KIS_APP_SECRET"] } as const;
    expect(describeSetup({ ...SETUP, sources: [half] }, 8787, null)[0]).toBe(
      "kis is not asked: KIS_APP_SECRET is missing in .dev.vars.",
    );
    expect(describeSetup({ ...none, sources: [] }, 8787, null)).toHaveLength(1);
    expect(describeSetup({ ...none, sources: [] }, 8787, null)[0]).toContain("KRX_AUTH_KEY=... in .dev.vars");
  });
});

/** A Worker that answers the doctor's questions, and counts those for the check. */
async function standIn(findings: readonly object[]) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const isCheck = request.url?.startsWith("/api/admin/sources/check") === true;
    response.setHeader("Content-Type", "application/json");
    response.statusCode = isCheck ? 200 : 404;
    const body = { exchange: "KRX", checked_at: "2026-11-30T08:40:00.000+09:00", findings };
    response.end(JSON.stringify(isCheck ? body : {}));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  assert(address !== null && typeof address === "object", "It listens");
  return { asked, url: `http://127.0.0.1:${address.port}`, end: () => server.close() };
}

describe("npm run doctor as a command", () => {
  it("[CL75] has the Worker ask, and with --offline nobody", { timeout: 60_000 }, async ({ expect }) => {
    const fault = { mark: "fault", source: "krx", about: "key", what: "bad_key.", remedy: "Set it again." };
    const worker = await standIn([fault]);
    const run = async (...args: string[]) => {
      const script = join(projectRoot, "worker/cli/deploy/doctor.ts");
      const child = spawn(process.execPath, [script, "--to", worker.url, ...args], {
        env: { ...process.env, OWNER_TOKEN: "t", KRX_AUTH_KEY: "a-planted-key" },
      });
      let text = "";
      child.stdout.on("data", (part) => (text += String(part)));
      return [await new Promise((resolve) => child.once("exit", resolve)), text] as const;
    };
    try {
      const [status, text] = await run();
      expect(status).toBe(1);
      expect(text).toMatch(/wrong krx key\s+bad_key\. Set it again\./);
      expect(worker.asked).toContain("POST /api/admin/sources/check?exchange=KRX");
      const calls = worker.asked.length;
      const [, offline] = await run("--offline");
      expect(worker.asked.length).toBe(calls);
      expect(offline).toMatch(/note {2}vendors\s+Not measured\. --offline asks nobody/);
      expect(`${text}${offline}`).not.toContain("a-planted-key");
    } finally {
      worker.end();
    }
  });
});
