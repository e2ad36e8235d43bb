import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, it } from "vitest";
import { projectRoot } from "../terminal/project-root.ts";
import { saveBars } from "./save-bars.ts";
import { saveDatabase } from "./save-database.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vcp-backup-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A fake Worker with a ticker a page; the page after `failsAfter` is never given. */
function fake(tickers: readonly string[], failsAfter: string | null = null) {
  return {
    send: () => Promise.reject(new Error("nothing is sent")),
    read: (path: string) => {
      const url = new URL(path, "http://radar.example");
      if (url.pathname === "/api/admin/indices") {
        return Promise.resolve(new Response("index,date\nKOSPI,1\n"));
      }
      const after = url.searchParams.get("after") ?? "";
      if (after === failsAfter) {
        return Promise.reject(new Error("it stopped answering"));
      }
      const left = tickers.filter((ticker) => ticker > after);
      const [ticker = ""] = left;
      const headers: Record<string, string> = left.length > 1 ? { "X-Next-After": ticker } : {};
      return Promise.resolve(new Response(`ticker,date\n${ticker},1\n${ticker},2\n`, { headers }));
    },
  };
}

/** A fake Worker that keeps the mark by which its database is to be known. */
function marking() {
  const client = {
    ...fake([]),
    mark: "",
    send: (_method: string, path: string) => {
      client.mark = path;
      return Promise.resolve({});
    },
  };
  return client;
}

describe("npm run backup", () => {
  it("[CL31] puts the pages together as one file with one header", async ({ expect }) => {
    const pages: string[] = [];
    const files = await saveBars(fake(["000020", "005930", "0015N0"].toSorted()), "KRX", folder, (after) =>
      pages.push(after),
    );
    expect(files).toEqual([join(folder, "bars-KRX.csv.gz"), join(folder, "indices-KRX.csv")]);
    expect(gunzipSync(readFileSync(join(folder, "bars-KRX.csv.gz"))).toString()).toBe(
      "ticker,date\n000020,1\n000020,2\n0015N0,1\n0015N0,2\n005930,1\n005930,2\n",
    );
    expect(readFileSync(join(folder, "indices-KRX.csv"), "utf8")).toBe("index,date\nKOSPI,1\n");
    expect(pages).toEqual(["000020", "0015N0", ""]);
  });

  it("[CL31] gives no name to a file that is not whole", async ({ expect }) => {
    const broken = saveBars(fake(["000020", "005930"], "000020"), "KRX", folder, () => {});
    await expect(broken).rejects.toThrow("it stopped answering");
    expect(readdirSync(folder).filter((name) => !name.endsWith(".part"))).toEqual([]);
  });

  it(
    "[CL31] is of one place: no Worker here beside a database at Cloudflare",
    { timeout: 60_000 },
    ({ expect }) => {
      const args = [join(projectRoot, "worker/cli/backup/backup.ts"), join(folder, "new"), "--remote"];
      const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
      expect([status, existsSync(join(folder, "new"))]).toEqual([2, false]);
      expect(stderr).toContain("--remote needs the Worker's address there: --to https://...");
    },
  );

  it("[CL31] has the rows of the Worker's own database or none", async ({ expect }) => {
    const client = marking();
    const database = (finds: boolean) => ({
      ask: () => Promise.reject(new Error("nothing is asked")),
      load: () => Promise.reject(new Error("nothing is loaded")),
      save: (file: string) => writeFile(file, `VALUES(${finds ? client.mark : "another"});`),
    });
    await saveDatabase(client, database(true), "KRX", folder);
    expect(readdirSync(folder)).toEqual(["database.sql"]);
    const other = saveDatabase(client, database(false), "KRX", folder);
    await expect(other).rejects.toThrow("in another database than the one that was named");
    expect(existsSync(folder)).toBe(false);
  });

  it("[AL35] gives away no browser's address or keys", async ({ expect }) => {
    const client = marking();
    const secret = `INSERT INTO "push_subscription" ("id","endpoint","auth") VALUES('a','https://push.example/secret','key');`;
    const database = {
      ask: () => Promise.reject(new Error("nothing is asked")),
      load: () => Promise.reject(new Error("nothing is loaded")),
      save: (file: string) => writeFile(file, `${secret}\nINSERT INTO "x" ("y") VALUES('${client.mark}');\n`),
    };
    await saveDatabase(client, database, "KRX", folder);
    const text = readFileSync(join(folder, "database.sql"), "utf8");
    expect([text.includes("push_subscription"), text.includes(client.mark)]).toEqual([false, true]);
  });

  it("[CL31] is never written over an earlier one", { timeout: 60_000 }, ({ expect }) => {
    const args = [join(projectRoot, "worker/cli/backup/backup.ts"), folder];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    expect([status, existsSync(join(folder, "database.sql"))]).toEqual([1, false]);
    expect(stderr).toContain("is there already");
  });
});
