/** Reads a backup's folder from end to end, so that a restore begins with whole files only. */
import { createHash } from "node:crypto";
import { createReadStream, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { MANIFEST, type Manifest, readManifest } from "./backup-manifest.ts";
import { about, CommandError } from "../terminal/command-error.ts";
import { openDataFile } from "../files/data-file.ts";
import { parseDump } from "./database-dump.ts";
import { projectRoot } from "../terminal/project-root.ts";
import { chooseRows, type RestoredRows } from "./restored-rows.ts";

/** As the owner routes export them (RT26). */
const FIELDS = "date,open,high,low,close,volume,value,shares,base_price";

/** Paths. */
export interface BackupFiles {
  readonly database: string;
  readonly bars: string;
  readonly indices: string;
}

/** A backup that was read from end to end and is sound. */
export interface Backup {
  readonly exchange: Exchange;
  readonly files: BackupFiles;
  readonly rows: RestoredRows;
  /** What the folder holds, as a manifest states it. */
  readonly contents: Omit<Manifest, "format" | "made_at">;
  /** The bars have a column with their origins (DY1); those of an older backup have none. */
  readonly hasOrigins: boolean;
  /** `null`: an older backup, which had none. */
  readonly manifest: Manifest | null;
}

export function backupFiles(folder: string, exchange: Exchange): BackupFiles {
  return {
    database: join(folder, "database.sql"),
    bars: join(folder, `bars-${exchange}.csv.gz`),
    indices: join(folder, `indices-${exchange}.csv`),
  };
}

async function digest(file: string): Promise<Manifest["files"][string]> {
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    for await (const part of createReadStream(file)) {
      const chunk = Buffer.from(part);
      hash.update(chunk);
      bytes += chunk.length;
    }
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw new CommandError(`${file}: ${isMissing ? "no such file" : String(error)}`);
  }
  return { bytes, sha256: hash.digest("hex") };
}

/** Rows, and the names in their first column, of a file of bars or indices, and its first line, which is one of `headers`. */
async function readSeries(
  file: string,
  headers: readonly string[],
): Promise<{ readonly series: Manifest["bars"]; readonly header: string }> {
  const hash = createHash("sha256");
  const names = new Set<string>();
  const decoder = new TextDecoder();
  let [lines, rest, header] = [0, "", ""];
  for await (const part of (await openDataFile(file)).bytes) {
    hash.update(part);
    const whole = `${rest}${decoder.decode(part, { stream: true })}`.split("\n");
    rest = whole.pop() ?? "";
    if (lines === 0 && whole[0] !== undefined) {
      [header = ""] = whole;
      if (!headers.includes(header)) {
        throw new CommandError(`${file}: its first line is not "${headers.join('", nor "')}"`);
      }
    }
    for (const line of lines === 0 ? whole.slice(1) : whole) {
      names.add(line.slice(0, line.indexOf(",")));
    }
    lines += whole.length;
  }
  if (lines === 0 || rest !== "") {
    throw new CommandError(`${file}: breaks off within a line`);
  }
  return { series: { tickers: names.size, rows: lines - 1, sha256: hash.digest("hex") }, header };
}

function baseName(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1);
}

/** What is changed or cut short since the backup, file by file. */
function compareFiles(folder: string, found: Manifest["files"], { files }: Manifest): void {
  for (const [name, { bytes, sha256 }] of Object.entries(found)) {
    const written = files[name];
    const file = join(folder, name);
    if (written === undefined) {
      throw new CommandError(`${file}: ${MANIFEST} does not name it`);
    }
    if (bytes !== written.bytes) {
      throw new CommandError(
        `${file}: ${bytes} bytes, and ${MANIFEST} has ${written.bytes}: it is not whole`,
      );
    }
    if (sha256 !== written.sha256) {
      throw new CommandError(`${file}: changed since the backup (its SHA-256 is not the one in ${MANIFEST})`);
    }
  }
}

function readRows(file: string, exchange: Exchange): RestoredRows {
  const rows = chooseRows(parseDump(readFileSync(file, "utf8")), exchange);
  const known = new Set(readdirSync(join(projectRoot, "migrations")));
  const unknown = rows.migrations.find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new CommandError(`written by a newer version: migration ${unknown} is not known here`);
  }
  if (rows.migrations.length === 0) {
    throw new CommandError("names no migration: this is no database of VCP Radar");
  }
  return rows;
}

/**
 * Fails with a {@link CommandError} that names the file and what is wrong: missing, cut short, changed, of another exchange or of
 * a newer version. `manifest`: what the files must agree with; with `null` their own ends and checksums must do.
 */
async function readFolder(folder: string, exchange: Exchange, manifest: Manifest | null): Promise<Backup> {
  const files = backupFiles(folder, exchange);
  const found: Record<string, Manifest["files"][string]> = {};
  for (const file of [files.database, files.bars, files.indices]) {
    found[baseName(file)] = await digest(file);
  }
  if (manifest !== null) {
    compareFiles(folder, found, manifest);
  }
  const rows = await about(
    files.database,
    Promise.resolve().then(() => readRows(files.database, exchange)),
  );
  const bars = await readSeries(files.bars, [`ticker,${FIELDS}`, `ticker,${FIELDS},origin`]);
  const indices = await readSeries(files.indices, [`index,${FIELDS}`]);
  const contents = {
    exchange,
    files: found,
    tables: { ...rows.counts },
    bars: bars.series,
    indices: indices.series,
  };
  return { exchange, files, rows, contents, hasOrigins: bars.header.endsWith(",origin"), manifest };
}

/** Of a folder that was written this moment. */
export function readNewBackup(folder: string, exchange: Exchange): Promise<Backup> {
  return readFolder(folder, exchange, null);
}

/** `withoutManifest`: a folder of an older version may have none. */
export async function readBackup(
  folder: string,
  exchange: Exchange,
  withoutManifest: boolean,
): Promise<Backup> {
  const manifest = readManifest(folder);
  if (manifest === null && !withoutManifest) {
    throw new CommandError(
      `${join(folder, MANIFEST)}: no such file. The backup did not come to its end, or an older version wrote it: --force takes it for whole when its files are.`,
    );
  }
  if (manifest !== null && manifest.exchange !== exchange) {
    throw new CommandError(`${folder}: a backup of ${manifest.exchange}, not of ${exchange}`);
  }
  return readFolder(folder, exchange, manifest);
}
