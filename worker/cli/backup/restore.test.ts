import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "vitest";
import { FIXTURE_BARS, FIXTURE_INDICES, writeBackupFixture } from "../../testing/stage/backup-fixture.ts";
import { CommandError } from "../terminal/command-error.ts";
import type { Backup } from "./read-backup.ts";
import { readRestoreArgs } from "./restore-args.ts";
import { restore, type RestoreOptions } from "./restore-steps.ts";
import { RESTORED } from "./restored-rows.ts";

let folder = "";
let backup: Backup;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "vcp-steps-"));
  backup = await writeBackupFixture(folder);
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What is there before the restore, and what goes wrong. */
interface Fake {
  readonly rows?: number;
  readonly bars?: string;
  readonly elsewhere?: boolean;
  readonly scanning?: boolean;
  /** Its owner has never done anything. */
  readonly untouched?: boolean;
  /** The request that is refused, such as `GET /api/admin/exchange`, and how. */
  readonly refused?: readonly [call: string, text: string];
  readonly loadFails?: boolean;
  /** What the Worker makes of the bars that it is sent. */
  readonly keeps?: (bars: string) => string;
}

const HEADER = `${FIXTURE_BARS.split("\n", 1)[0]}\n`;

function health(bars: string): unknown {
  const rows = bars.trimEnd().split("\n").slice(1);
  const tickers = new Set(rows.map((row) => row.split(",", 1)[0])).size;
  return {
    status: "ok",
    build: "b",
    exchange: "KRX",
    server_time: "2026-01-01T09:00:00.000+09:00",
    book: { tickers, rows: rows.length, sessions: 0, first_day: null, last_day: null },
    last_run: null,
    feed: null,
    outbox: { waiting: 0, oldest_age_s: null },
    failures: [],
  };
}

/** A fake Worker and a fake database; `calls` are those that change something, in their order. */
function fake({ keeps = (bars) => bars, ...has }: Fake = {}) {
  const calls: string[] = [];
  let bars = has.bars ?? HEADER;
  const refuse = (call: string): void => {
    if (has.refused?.[0] === call) {
      throw new CommandError(has.refused[1]);
    }
  };
  const report = { exchange: "KRX", rows: 0, accepted: 0, added: 0, replaced: 0, unchanged: 0, halted: 0 };
  const nothing = { ...report, rejected: {}, rejects: [], tickers: 0, first_day: null, last_day: null };
  const client = {
    send: async (method: string, path: string, body?: { readonly bytes: Uint8Array }): Promise<unknown> => {
      const { pathname, searchParams } = new URL(path, "http://radar.example");
      const isMark = searchParams.has("mark");
      refuse(`${method} ${pathname}`);
      if (method !== "GET") {
        calls.push(isMark ? "mark" : `${method} ${pathname}`);
      }
      if (method === "POST" && pathname === "/api/admin/bars") {
        bars = keeps(Buffer.from(body?.bytes ?? []).toString());
      }
      const run = has.scanning === true ? "krx-3" : null;
      return {
        ...nothing,
        actions: has.untouched === true ? [] : [{ at: "2026-01-01T09:00:00.000+09:00" }],
        progress: { run_id: run },
        next_chunk: 0,
        ...(pathname === "/api/health" && Object(health(bars))),
      };
    },
    read: async (path: string): Promise<Response> =>
      new Response(path.startsWith("/api/admin/bars") ? bars : FIXTURE_INDICES),
  };
  const database = {
    ask: async () => [
      [Object.fromEntries(RESTORED.map((table) => [table, table === "signal" ? (has.rows ?? 0) : 0]))],
      [{ marks: has.elsewhere === true ? 0 : 1 }],
    ],
    load: async (file: string): Promise<void> => {
      if (has.loadFails === true) {
        throw new CommandError("The database could not be written: disk full");
      }
      calls.push(`load ${readFileSync(file, "utf8").includes("'000020'") ? "rows" : "nothing"}`);
    },
    save: async () => {},
  };
  const printed: string[] = [];
  const go = (options: Partial<RestoreOptions> = {}): Promise<void> =>
    restore(
      { client, database },
      backup,
      { yes: false, dryRun: false, ...options },
      {
        print: (line) => printed.push(line),
        progress: () => {},
      },
    );
  return { go, calls, printed };
}

const ALL = [
  "mark",
  "load rows",
  "POST /api/admin/indices",
  "POST /api/admin/bars",
  "POST /api/admin/corrections/forget",
  "PUT /api/admin/exchange",
];

describe("npm run restore", () => {
  it("[CL32] writes the rows, sends the bars, and begins the streams anew when all is there", async ({
    expect,
  }) => {
    const { go, calls, printed } = fake();
    await go();
    expect(calls).toEqual(ALL);
    expect(printed.join("\n")).toMatch(
      /1 instrument, 2 scan_run, as in the backup[\s\S]*3 of 2 tickers, 1 of indices, byte for byte[\s\S]*new epoch/,
    );
  });

  it.for([
    ["rows", { rows: 4 }, "4 signal"],
    ["bars", { bars: FIXTURE_BARS }, "3 bars"],
  ] as const)("[CL34] replaces %s of the target with --yes alone", async ([, has, text], { expect }) => {
    const { go, calls } = fake(has);
    await expect(go()).rejects.toThrow(text);
    expect(calls.filter((call) => call !== "mark")).toEqual([]);
    await go({ yes: true });
    expect(calls.slice(-ALL.length)).toEqual(ALL);
  });

  const others = `${HEADER}000020,2025-06-13,2,2,2,2,2,,,\n000020,2025-06-16,2,2,2,2,2,,,\n`;
  it.for<readonly [string, Fake, string]>([
    ["bars that the backup has not", { bars: others }, "the first: 000020 2025-06-16"],
    ["a ticker behind the backup's last", { bars: `${HEADER}900000,2025-06-13,1,1,1,1,1,,,\n` }, "900000"],
    ["its data elsewhere", { elsewhere: true }, "must name one place. Nothing was changed."],
    ["a scan on its way", { scanning: true }, "A scan of KRX runs there (krx-3)"],
    ["another owner", { refused: ["GET /api/admin/exchange", "refuses the owner's token"] }, "owner's token"],
  ])("[CL34] refuses a target with %s, also with --yes", async ([, has, text], { expect }) => {
    const { go, calls } = fake(has);
    await expect(go({ yes: true })).rejects.toThrow(text);
    expect(calls.filter((call) => call !== "mark")).toEqual([]);
  });

  it("[CL34] rehearsed changes nothing, and refuses what it would refuse", async ({ expect }) => {
    const { go, calls, printed } = fake();
    await go({ dryRun: true });
    expect([calls, printed.at(-1)]).toEqual([[], "Nothing was changed. The target could take the backup."]);
    await expect(fake({ rows: 1 }).go({ dryRun: true })).rejects.toThrow("--yes");
  });

  it.for<readonly [string, Fake, string]>([
    ["bars that the backup has not", { bars: others }, "the first: 000020 2025-06-16"],
    ["its data elsewhere", { elsewhere: true }, "must name one place. Nothing was changed."],
    ["a scan on its way", { scanning: true }, "A scan of KRX runs there (krx-3)"],
    ["another owner", { refused: ["GET /api/admin/exchange", "refuses the owner's token"] }, "owner's token"],
  ])("[CL34] rehearsed refuses a target with %s, as with --yes", async ([, has, text], { expect }) => {
    const { go, calls } = fake(has);
    await expect(go({ yes: true, dryRun: true })).rejects.toThrow(text);
    expect(calls).toEqual([]);
  });

  it("[CL34] rehearsed names the rows of the backup that the import would refuse", async ({ expect }) => {
    const file = join(folder, "wrong.csv");
    writeFileSync(file, `${HEADER}000020,2025-06-13,5,2,2,2,2,,,\n`);
    backup = { ...backup, files: { ...backup.files, bars: file } };
    await expect(fake().go({ dryRun: true })).rejects.toThrow(
      /1 row refused: 1 high_below_body[\s\S]*line 2/,
    );
  });

  it("[CL34] rehearsed where nothing was ever done states that it could not compare the places", async ({
    expect,
  }) => {
    const { go, printed } = fake({ untouched: true, elsewhere: true });
    await go({ dryRun: true });
    expect(printed.join("\n")).toContain("Not seen: whether this is the Worker's own database");
  });

  it("[CL36] whose rows cannot be written reports that the database is as it was", async ({ expect }) => {
    const { go, calls } = fake({ loadFails: true });
    await expect(go()).rejects.toThrow(/disk full[\s\S]*the database is as it was before/);
    expect(calls).toEqual(["mark"]);
  });

  it.for<readonly [string, Fake, string]>([
    ["ends under way", { refused: ["POST /api/admin/bars", "stopped answering"] }, "stopped answering"],
    ["loses a row", { keeps: (bars) => bars.replace(/^005930.*\n/m, "") }, "2 bars of 1 tickers"],
    ["alters a row", { keeps: (bars) => bars.replace("3,3,3", "3,3,4") }, "not those of the backup"],
  ])("[CL36] that %s resets nobody and reports how to go on", async ([, has, text], { expect }) => {
    const { go, calls } = fake(has);
    const ended = go();
    await expect(ended).rejects.toThrow(text);
    await expect(ended).rejects.toThrow("Give the same command again, with --yes");
    expect(calls).not.toContain("PUT /api/admin/exchange");
  });

  it.for([
    ["no folder", []],
    ["the demo", ["f", "--exchange", "DEMO"]],
    ["a Worker elsewhere and a database here", ["f", "--to", "https://radar.example"]],
    ["a Worker here and a database elsewhere", ["f", "--remote"]],
    ["a folder of state at Cloudflare", ["f", "--remote", "--to", "https://radar.example", "--state", "s"]],
  ] as const)("[CL34] is not understood with %s", ([, args], { expect }) => {
    expect(() => readRestoreArgs(args)).toThrow(expect.objectContaining({ exitCode: 2 }));
  });
});
