/** `npm run doctor`: looks at this folder and at a Worker, and prints what is wrong and what to do. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { LAST_ANNOUNCED_YEAR } from "../../core/calendar/announced-years.ts";
import { KRX_COVERED } from "../../core/calendar/krx-calendar.ts";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import { readArgs, usageError } from "../terminal/command-args.ts";
import { CommandError, runCommand } from "../terminal/command-error.ts";
import { type Facts, findingsOf, type StateFacts } from "./doctor-findings.ts";
import type { SourceFacts } from "./doctor-sources.ts";
import { askForSources, lookAtWorker } from "./doctor-worker.ts";
import { readOwnerToken } from "../terminal/owner-token.ts";
import { projectRoot } from "../terminal/project-root.ts";
import { readSetup } from "../terminal/source-setup.ts";
import { isLoopback } from "../backup/same-target.ts";
import { describeFullDisk, isDiskFull } from "../serve/state-disk.ts";
import { damagedFiles, DEFAULT_STATE, describeDamage } from "../serve/state-files.ts";
import { isBuildStale } from "../serve/web-build.ts";

const USAGE = `Usage: npm run doctor [-- --to URL] [--state DIR] [--offline]

  --to URL      the Worker to look at (default http://127.0.0.1:8787)
  --state DIR   the folder of \`npm start -- --state DIR\`, whose disk and files are looked at too
  --offline     asks no Worker and no vendor: looks at this folder alone

The Worker asks each vendor whose key is set, some twenty calls in all, and forgets refusals that are over. Changes nothing else
and prints no secret. Exit code: 0 nothing is wrong, 1 something is, 2 wrong usage.`;

const DEV_VARS = join(projectRoot, ".dev.vars");
function readToken(): string | null {
  try {
    return readOwnerToken(process.env, DEV_VARS);
  } catch {
    return null;
  }
}

/** Of a Worker elsewhere the files are not here. */
function lookAtState(to: URL, folder: string): StateFacts | null {
  if (!isLoopback(to) || !existsSync(folder)) {
    return null;
  }
  return {
    folder,
    fullDisk: isDiskFull(folder) ? describeFullDisk(folder) : null,
    damaged: damagedFiles(folder, true).map(describeDamage),
  };
}

/** Before the rest: what the Worker remembers of it is then of this moment. */
async function lookAtSources(to: URL, token: string | null, asked: "all" | "none"): Promise<SourceFacts> {
  const config = readFileSync(join(projectRoot, "wrangler.toml"), "utf8");
  const setup = isLoopback(to) ? readSetup(process.env, DEV_VARS, config) : null;
  return asked === "none"
    ? { setup, check: { kind: "no_worker" }, backfill: null }
    : { setup, ...(await askForSources(to, token)) };
}

async function look(to: URL, state: string, isOffline: boolean): Promise<Facts> {
  const token = readToken();
  const worker = isOffline ? null : await lookAtWorker(to, token);
  const sources = await lookAtSources(to, token, worker === null ? "none" : "all");
  const inEnv = (process.env["OWNER_TOKEN"] ?? "") !== "";
  const config = readFileSync(join(projectRoot, "wrangler.toml"), "utf8");
  return {
    node: process.versions.node,
    tokenMode: token === null || !existsSync(DEV_VARS) ? null : statSync(DEV_VARS).mode,
    tokenInEnv: inEnv,
    hasDatabase: !/database_id = "[0-]+"/.test(config),
    build: isBuildStale(projectRoot) ? "stale" : "fresh",
    calendarAnnounced: `${LAST_ANNOUNCED_YEAR}-12-31`,
    calendarEnds: formatTradingDay(KRX_COVERED[1]),
    worker,
    isOffline,
    isRemote: !isLoopback(to),
    sources: isOffline ? { ...sources, check: { kind: "offline" } } : sources,
    state: lookAtState(to, state),
    now: Date.now(),
  };
}

await runCommand(async () => {
  const options = {
    to: { type: "string" },
    state: { type: "string" },
    offline: { type: "boolean" },
    help: { type: "boolean", short: "h" },
  } as const;
  const { values, positionals } = readArgs(process.argv.slice(2), options, USAGE);
  const to = URL.parse(values.to ?? "http://127.0.0.1:8787");
  if (values.help === true) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  if (to === null || !/^https?:$/.test(to.protocol) || positionals.length > 0) {
    throw usageError(`Not understood: ${[...positionals, values.to ?? ""].join(" ")}`, USAGE);
  }
  const findings = findingsOf(
    await look(to, resolve(values.state ?? DEFAULT_STATE), values.offline === true),
  );
  const width = Math.max(15, ...findings.map(({ about }) => about.length + 2));
  for (const { mark, about, text } of findings) {
    process.stdout.write(`${mark.padEnd(6)}${about.padEnd(width)}${text}\n`);
  }
  const wrong = findings.filter(({ mark }) => mark === "wrong").length;
  if (wrong > 0) {
    throw new CommandError(`${wrong} of ${findings.length} are wrong.`);
  }
});
