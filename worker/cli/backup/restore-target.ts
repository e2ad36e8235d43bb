/** Where a restore goes: one Worker and its database, looked at before anything is changed. */
import * as v from "valibot";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { HealthBody } from "../../protocol/rest/health.ts";
import { CommandError } from "../terminal/command-error.ts";
import { strangeBar } from "./compare-bars.ts";
import type { DatabaseTool } from "./database-tool.ts";
import { elsewhere, leaveMark } from "./same-target.ts";
import type { OwnerClient } from "../terminal/owner-client.ts";
import { countSql, describeCounts, readCounts, type TableCounts } from "./restored-rows.ts";

/** The running Worker and its database: both halves of one installation. */
export interface RestoreTarget {
  readonly client: OwnerClient;
  readonly database: DatabaseTool;
}

/** What the target has of the exchange. */
export interface TargetState {
  readonly counts: TableCounts;
  readonly bars: number;
  /** A row that the Worker wrote was found in the database: both are one installation. */
  readonly isProven: boolean;
}

const Status = v.object({ progress: v.object({ run_id: v.nullable(v.string()) }) });

function understand<T>(schema: v.GenericSchema<unknown, T>, answer: unknown): T {
  const parsed = v.safeParse(schema, answer);
  if (!parsed.success) {
    throw new CommandError("The Worker's answer is not understood: is it of another version?");
  }
  return parsed.output;
}

export async function readBars(client: OwnerClient, exchange: Exchange): Promise<HealthBody["book"]> {
  return understand(HealthBody, await client.send("GET", `/api/health?exchange=${exchange}`)).book;
}

const Actions = v.object({ actions: v.array(v.object({ at: v.string() })) });

/** The owner's last action as a condition on its row, found by reading alone; `null` when nothing was ever done there. */
async function lastAction(client: OwnerClient): Promise<string | null> {
  const answer = await client.send("GET", "/api/admin/actions?limit=1");
  const at = Date.parse(understand(Actions, answer).actions[0]?.at ?? "");
  return Number.isNaN(at) ? null : `at = ${at}`;
}

/**
 * Fails when the owner is refused, when a scan runs, and when the database has no tables yet. Changes nothing, but for a row in
 * the Worker's log of the owner: a database without that row is another Worker's. A rehearsal leaves none, and looks for the
 * last row that another request left.
 */
export async function lookAtTarget(
  { client, database }: RestoreTarget,
  exchange: Exchange,
  rehearsed: boolean,
): Promise<TargetState> {
  await client.send("GET", "/api/admin/exchange");
  const status = await client.send("GET", `/api/kr/scan/status?exchange=${exchange}`);
  const { run_id: run } = understand(Status, status).progress;
  if (run !== null) {
    throw new CommandError(`A scan of ${exchange} runs there (${run}): wait until it has ended.`);
  }
  const mark = rehearsed ? await lastAction(client) : `path = '${await leaveMark(client, exchange)}'`;
  const [rows, found] = await database.ask(
    `${countSql(exchange)}; SELECT count(*) AS marks FROM owner_action WHERE ${mark ?? "false"}`,
  );
  if (mark !== null && found?.[0]?.["marks"] === 0) {
    throw elsewhere("Nothing was changed.");
  }
  const { rows: bars } = await readBars(client, exchange);
  return { counts: readCounts(rows?.[0]), bars, isProven: mark !== null };
}

/** The import adds and corrects, and removes nothing: bars that the backup has not would stay beside the restored ones. */
export async function refuseStrangeBars(
  client: OwnerClient,
  exchange: Exchange,
  file: string,
): Promise<void> {
  const bar = await strangeBar(client, exchange, file);
  if (bar !== null) {
    throw new CommandError(
      `The target has bars of ${exchange} that the backup has not (the first: ${bar}). A restore never mixes two histories: ` +
        `empty it (npm run remove -- --all --exchange ${exchange} --yes), or start the Worker with a folder that is new (npm start -- --state DIR), and restore there. Nothing was changed.`,
    );
  }
}

export function refuseRows(exchange: Exchange, { counts, bars }: TargetState): void {
  const rows = describeCounts(counts);
  if (rows !== "" || bars > 0) {
    const has = [rows, bars > 0 ? `${bars} bars` : ""].filter((part) => part !== "").join(", ");
    throw new CommandError(
      `The target has rows of ${exchange} already (${has}). They are replaced with --yes. Nothing was changed.`,
    );
  }
}
