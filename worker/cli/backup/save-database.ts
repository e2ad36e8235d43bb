/** The rows of a deployment on their way into a backup's folder. */
import { readFileSync, rmSync } from "node:fs";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { DatabaseTool } from "./database-tool.ts";
import { elsewhere, leaveMark } from "./same-target.ts";
import type { OwnerClient } from "../terminal/owner-client.ts";
import { backupFiles } from "./read-backup.ts";

/** Removes the folder and fails when the database is not that of the Worker: such rows beside its bars would look like a backup. */
export async function saveDatabase(
  client: OwnerClient,
  database: DatabaseTool,
  exchange: Exchange,
  folder: string,
): Promise<void> {
  const { database: file } = backupFiles(folder, exchange);
  const mark = await leaveMark(client, exchange);
  await database.save(file);
  if (!readFileSync(file, "utf8").includes(mark)) {
    rmSync(folder, { recursive: true });
    throw elsewhere("Nothing was written.");
  }
}
