import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, it } from "vitest";
import { FIXTURE_BARS, FIXTURE_SQL, writeBackupFixture } from "../../testing/stage/backup-fixture.ts";
import { readBackup } from "./read-backup.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vcp-folder-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Puts other bytes in a file's place. */
function change(name: string, work: (bytes: Buffer) => Uint8Array | string): void {
  const file = join(folder, name);
  writeFileSync(file, work(readFileSync(file)));
}

function flipped(bytes: Buffer): Buffer {
  const middle = bytes.length >> 1;
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
  return bytes;
}

describe("a backup's folder", () => {
  it("[CL31][CL33] is whole as it was written", async ({ expect }) => {
    const written = await writeBackupFixture(folder);
    const { rows, manifest } = await readBackup(folder, "KRX", false);
    expect(rows).toEqual(written.rows);
    expect(manifest).toMatchObject({
      exchange: "KRX",
      tables: { instrument: 1, scan_run: 2, signal: 0 },
      bars: { tickers: 2, rows: 3 },
      indices: { tickers: 1, rows: 1 },
    });
    expect(Object.keys(manifest?.files ?? {})).toEqual([
      "database.sql",
      "bars-KRX.csv.gz",
      "indices-KRX.csv",
    ]);
  });

  it.for(["database.sql", "bars-KRX.csv.gz", "indices-KRX.csv"])(
    "[CL33] is refused when %s is missing, cut short or changed in one bit",
    async (name, { expect }) => {
      await writeBackupFixture(folder);
      const whole = readFileSync(join(folder, name));
      change(name, (bytes) => bytes.subarray(0, -1));
      await expect(readBackup(folder, "KRX", false)).rejects.toThrow(`${name}: ${whole.length - 1} bytes`);
      change(name, () => flipped(Buffer.from(whole)));
      await expect(readBackup(folder, "KRX", false)).rejects.toThrow(`${name}: changed since the backup`);
      rmSync(join(folder, name));
      await expect(readBackup(folder, "KRX", true)).rejects.toThrow(`${name}: no such file`);
    },
  );

  it("[CL33] without a manifest is taken with --force alone, and only when its files are whole", async ({
    expect,
  }) => {
    await writeBackupFixture(folder);
    rmSync(join(folder, "manifest.json"));
    await expect(readBackup(folder, "KRX", false)).rejects.toThrow("--force");
    expect((await readBackup(folder, "KRX", true)).manifest).toBeNull();
    change("bars-KRX.csv.gz", (bytes) => bytes.subarray(0, -9));
    await expect(readBackup(folder, "KRX", true)).rejects.toThrow("bars-KRX.csv.gz: cannot be read");
    change("bars-KRX.csv.gz", () => gzipSync(FIXTURE_BARS.slice(0, -4)));
    await expect(readBackup(folder, "KRX", true)).rejects.toThrow("breaks off within a line");
    change("bars-KRX.csv.gz", () => gzipSync(FIXTURE_BARS.replace("ticker,", "symbol,")));
    await expect(readBackup(folder, "KRX", true)).rejects.toThrow("its first line is not");
    change("bars-KRX.csv.gz", () => gzipSync(FIXTURE_BARS));
    change("database.sql", (bytes) => bytes.subarray(0, -3));
    await expect(readBackup(folder, "KRX", true)).rejects.toThrow("database.sql: not SQL as");
  });

  it("[CL33] is refused with a manifest that is broken or of another exchange", async ({ expect }) => {
    await writeBackupFixture(folder);
    change("manifest.json", (bytes) => bytes.toString().replace('"exchange": "KRX"', '"exchange": "DEMO"'));
    await expect(readBackup(folder, "KRX", true)).rejects.toThrow("a backup of DEMO, not of KRX");
    change("manifest.json", (bytes) => bytes.subarray(0, 40));
    await expect(readBackup(folder, "KRX", true)).rejects.toThrow("manifest.json: not understood");
  });

  it.for([
    [
      "a newer migration",
      FIXTURE_SQL.replace("0000_first.sql", "9999_later.sql"),
      "migration 9999_later.sql",
    ],
    ["an unknown table", FIXTURE_SQL.replace('INTO "outbox"', 'INTO "alert"'), 'a table "alert"'],
    ["no migration", FIXTURE_SQL.replace(/^INSERT INTO "d1_migrations".*\n/m, ""), "names no migration"],
    ["a row too long", FIXTURE_SQL.replace("O''Name", "가".repeat(40_000)), "longer than the 100000 bytes"],
  ] as const)("[CL33] is refused with %s in its database", async ([, sql, text], { expect }) => {
    await expect(writeBackupFixture(folder, sql)).rejects.toThrow(text);
  });
});
