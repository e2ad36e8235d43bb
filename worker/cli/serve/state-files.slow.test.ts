import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, it, vi } from "vitest";
import { projectRoot } from "../terminal/project-root.ts";
import { damagedFiles, describeDamage } from "./state-files.ts";
import { StateReport } from "./state-report.ts";

// Commands are started as processes; a busy machine is slow at that.
vi.setConfig({ testTimeout: 60_000 });

let state = "";
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), "vcp-state-"));
});
afterEach(() => {
  rmSync(state, { recursive: true, force: true });
});

const BOOK = "v3/do/vcp-radar-MarketBook/book.sqlite";
const D1 = "v3/d1/miniflare-D1DatabaseObject/d1.sqlite";

/** A sound database of some hundred pages. */
function database(name: string): string {
  const path = join(state, name);
  mkdirSync(join(path, ".."), { recursive: true });
  const made = new DatabaseSync(path);
  made.exec("PRAGMA journal_mode = WAL; CREATE TABLE bars (ticker TEXT PRIMARY KEY, packed BLOB)");
  const insert = made.prepare("INSERT INTO bars VALUES (?, ?)");
  for (let i = 0; i < 300; i++) {
    insert.run(`${i}`, randomBytes(3_000));
  }
  made.close();
  return path;
}

function overwrite(path: string, from: number, bytes: number): void {
  const file = openSync(path, "r+");
  writeSync(file, randomBytes(bytes), 0, bytes, from);
  closeSync(file);
}

describe("the files of a state folder", () => {
  it("[CL40] are sound as a server that ran leaves them, and while it runs", ({ expect }) => {
    expect(damagedFiles(state, true)).toEqual([]);
    const path = database(BOOK);
    database(D1);
    writeFileSync(join(path, "..", "empty.sqlite"), "");
    const open = new DatabaseSync(path);
    open.exec("BEGIN IMMEDIATE; INSERT INTO bars VALUES ('x', 'y')");
    expect([damagedFiles(state, false), damagedFiles(state, true)]).toEqual([[], []]);
    open.close();
  });

  it.for<[string, "D1" | "MarketBook", number, boolean]>([
    [BOOK, "MarketBook", 0, false],
    [D1, "D1", 0, false],
    [BOOK, "MarketBook", 40 * 4_096, true],
    [D1, "D1", 40 * 4_096, true],
  ])(
    "[CL40] that are damaged are named: %s of %s, from byte %i on",
    ([name, neighbour, from, isThorough], { expect }) => {
      const path = database(name);
      overwrite(path, from, 50 * 4_096);
      const [file, ...more] = damagedFiles(state, isThorough);
      expect(more).toEqual([]);
      expect(file).toMatchObject({ path, neighbour });
      const text = file === undefined ? "" : describeDamage(file);
      expect(text).toContain(`${neighbour} cannot read its file ${path} (`);
      expect(text).toContain("move the file away together with its -wal and -shm, and run `npm start`");
      expect(text).toContain("npm run restore -- FOLDER");
    },
  );

  it("[CL40] are named by health instead of a 503 without a cause, and printed once", ({ expect }) => {
    const path = database(BOOK);
    const printed: string[] = [];
    const report = new StateReport(state, (line) => printed.push(line));
    report.look();
    expect([report.explain("/api/health"), printed]).toEqual([null, []]);
    overwrite(path, 0, 4_096);
    report.lookBriefly();
    report.lookBriefly();
    const answer = report.explain("/api/health?exchange=KRX");
    expect(answer?.status).toBe(503);
    expect(JSON.parse(answer?.text ?? "")).toMatchObject({
      type: "/problems/unavailable",
      neighbour: "MarketBook",
      detail: expect.stringContaining(path),
    });
    expect(report.explain("/")).toBeNull();
    expect(printed).toEqual([expect.stringContaining(path)]);
    rmSync(path);
    report.lookBriefly();
    expect(report.explain("/api/health")).toBeNull();
  });

  it("[CL40] are named by the doctor, with what to do", ({ expect }) => {
    const path = database(D1);
    overwrite(path, 0, 4_096);
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(projectRoot, "worker/cli/deploy/doctor.ts"), "--to", "http://127.0.0.1:9", "--state", state],
      { encoding: "utf8", env: { ...process.env, OWNER_TOKEN: "a-token-of-a-test" } },
    );
    expect(status).toBe(1);
    expect(stdout).toMatch(/^ok {4}disk {11}There is space for /m);
    expect(stdout).toMatch(/^wrong files {10}D1 cannot read its file /m);
    expect(stdout).toContain(path);
  });

  it("[CL40] stop a backup before it writes anything", async ({ expect }) => {
    const path = database(BOOK);
    overwrite(path, 0, 4_096);
    const server = createServer((_, response) => response.end("{}"));
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const folder = join(state, "backup");
    const args = [folder, "--to", `http://127.0.0.1:${port}`, "--state", state];
    const child = spawn(process.execPath, [join(projectRoot, "worker/cli/backup/backup.ts"), ...args], {
      env: { ...process.env, OWNER_TOKEN: "a-token-of-a-test" },
    });
    let text = "";
    child.stderr.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
    const code = await new Promise((resolve) => {
      child.once("exit", resolve);
    });
    server.close();
    expect([code, existsSync(folder)]).toEqual([1, false]);
    expect(text).toContain(`MarketBook cannot read its file ${path}`);
    expect(text).toContain("Nothing was written.");
  });
});
