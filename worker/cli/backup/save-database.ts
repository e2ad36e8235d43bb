/** The rows of a deployment on their way into a backup's folder. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { OWNER } from "../../app/ports/alert-rules.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { textOf, withoutRows } from "./database-dump.ts";
import type { DatabaseTool } from "./database-tool.ts";
import { elsewhere, leaveMark } from "./same-target.ts";
import type { OwnerClient } from "../terminal/owner-client.ts";
import { backupFiles } from "./read-backup.ts";

/** AL35: where browsers are sent to with their keys, and what each of them follows; of the owner's rules there is no secret. */
const OF_BROWSERS = ["push_subscription", "alert_rule"];

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
  const sql = readFileSync(file, "utf8");
  if (!sql.includes(mark)) {
    rmSync(folder, { recursive: true });
    throw elsewhere("Nothing was written.");
  }
  // A restore leaves them as the target has them, so a backup would only give them away.
  writeFileSync(
    file,
    withoutRows(sql, OF_BROWSERS, (row) => textOf(row, "holder") === OWNER),
  );
}
