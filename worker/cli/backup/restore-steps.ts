/** What a restore does, in order, and what it refuses to begin without. Worker and database are arguments, so that tests give others. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tradingDayAt } from "../../core/calendar/trading-day.ts";
import { parseTicker } from "../../core/instrument/ticker.ts";
import { loadRows } from "../files/read-rows.ts";
import { countRefusals, describeRefusals } from "../files/refusals.ts";
import { CommandError, reasonOf } from "../terminal/command-error.ts";
import { barsDigest, indicesDigest } from "./compare-bars.ts";
import { describeReport, type FileReport } from "../import/import-report.ts";
import type { Backup } from "./read-backup.ts";
import {
  lookAtTarget,
  readBars,
  refuseRows,
  refuseStrangeBars,
  type RestoreTarget,
} from "./restore-target.ts";
import { describeCounts, restoreSql } from "./restored-rows.ts";
import { sendBackupBars } from "./send-backup.ts";
import { sendIndices, switchExchange } from "../import/send-files.ts";

/** What the owner has decided beforehand. */
export interface RestoreOptions {
  /** Replaces what the target has. */
  readonly yes: boolean;
  readonly dryRun: boolean;
}

/** Where the command writes; a test reads it. */
export interface RestoreOutput {
  print(line: string): void;
  /** Of the bars. */
  progress(done: number, total: number): void;
}

const AGAIN = "Give the same command again, with --yes: it goes on where it stopped.";

/** Writes all rows or none: the file is one transaction, and it counts what it wrote. */
async function writeRows({ database }: RestoreTarget, backup: Backup): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "vcp-restore-"));
  try {
    const file = join(folder, "restore.sql");
    writeFileSync(file, restoreSql(backup.exchange, backup.rows), { mode: 0o600 });
    await database.load(file);
  } catch (error) {
    const why = reasonOf(error);
    throw new CommandError(
      `${why}\nThe rows are written as one transaction, so the database is as it was before, and no bar was sent. Mend what is named above and give the same command again.`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function refuseRefusals(report: FileReport): void {
  if (report.refusals.counts.size > 0) {
    throw new CommandError(describeReport(report).join("\n"));
  }
}

async function sendFiles({ client }: RestoreTarget, backup: Backup, output: RestoreOutput): Promise<void> {
  const { exchange, files } = backup;
  refuseRefusals(await sendIndices(client, exchange, [files.indices]));
  const id = `backup-${backup.contents.bars.sha256}`;
  await sendBackupBars(client, exchange, files.bars, id, (done, total) => {
    output.progress(done, total);
  });
}

/** What the import would refuse of the backup's own rows, found by its rules before anything is sent. */
async function refuseFiles({ files, exchange }: Backup): Promise<void> {
  const today = tradingDayAt(Date.now());
  for (const [path, kind] of [
    [files.indices, "indices"],
    [files.bars, "bars"],
  ] as const) {
    const keyOf = (key: string): string | null => (kind === "bars" ? parseTicker(exchange, key) : key);
    const { what, refusals } = await loadRows({ paths: [path], kind, keyOf, today });
    if (countRefusals(refusals) > 0) {
      throw new CommandError([...describeRefusals(what, refusals), "Nothing was changed."].join("\n"));
    }
  }
}

async function checkBars(
  { client }: RestoreTarget,
  { exchange, contents, hasOrigins }: Backup,
): Promise<void> {
  const { rows, tickers } = await readBars(client, exchange);
  if (rows !== contents.bars.rows || tickers !== contents.bars.tickers) {
    throw new CommandError(
      `The Worker has ${rows} bars of ${tickers} tickers, the backup ${contents.bars.rows} of ${contents.bars.tickers}.`,
    );
  }
  if ((await barsDigest(client, exchange, hasOrigins)) !== contents.bars.sha256) {
    throw new CommandError("The Worker's bars are not those of the backup, though as many.");
  }
  if ((await indicesDigest(client, exchange)) !== contents.indices.sha256) {
    throw new CommandError("The Worker's indices are not those of the backup.");
  }
}

/** Everything after the rows are written: each step may be repeated. */
async function finish(target: RestoreTarget, backup: Backup, output: RestoreOutput): Promise<void> {
  const { exchange, contents, rows } = backup;
  output.print(`Database: ${describeCounts(rows.counts) || "no rows"}, as in the backup.`);
  await sendFiles(target, backup, output);
  await checkBars(target, backup);
  const { bars, indices } = contents;
  output.print(
    `Bars: ${bars.rows} of ${bars.tickers} tickers, ${indices.rows} of indices, byte for byte as in the backup.`,
  );
  // The scans that came with the rows have judged these bars: none of them is due.
  await target.client.send("POST", `/api/admin/corrections/forget?exchange=${exchange}`);
  await switchExchange(target.client, exchange);
  output.print(`${exchange} is the active exchange. Every stream has a new epoch: each open page was reset.`);
}

/** Fails with a {@link CommandError} that states what was changed and what to do. */
export async function restore(
  target: RestoreTarget,
  backup: Backup,
  { yes, dryRun }: RestoreOptions,
  output: RestoreOutput,
): Promise<void> {
  const { exchange, contents, files, manifest } = backup;
  output.print(
    `The backup is whole${manifest === null ? "" : `, of ${manifest.made_at}`}: ${describeCounts(backup.rows.counts) || "no rows"}; ${contents.bars.rows} bars of ${contents.bars.tickers} tickers.`,
  );
  const state = await lookAtTarget(target, exchange, dryRun);
  if (!yes) {
    refuseRows(exchange, state);
  }
  if (state.bars > 0) {
    await refuseStrangeBars(target.client, exchange, files.bars);
  }
  if (dryRun) {
    if (!state.isProven) {
      output.print(
        "Not seen: whether this is the Worker's own database. Its owner has never done anything, so neither has a row to compare.",
      );
    }
    await refuseFiles(backup);
    output.print("Nothing was changed. The target could take the backup.");
    return;
  }
  await writeRows(target, backup);
  try {
    await finish(target, backup, output);
  } catch (error) {
    if (error instanceof CommandError) {
      throw new CommandError(
        `${error.message}\nThe rows of the backup stand in the database, and the restore did not come to its end: open pages may still show the state before it. ${AGAIN}`,
      );
    }
    throw error;
  }
}
