/** `npm run doctor`: looks at this folder and at a Worker, and prints what is wrong and what to do. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import * as v from "valibot";
import { LAST_ANNOUNCED_YEAR } from "../../core/calendar/announced-years.ts";
import { KRX_COVERED } from "../../core/calendar/krx-calendar.ts";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import { HealthBody } from "../../protocol/rest/health.ts";
import { Problem } from "../../protocol/rest/problem.ts";
import { readArgs, usageError } from "../terminal/command-args.ts";
import { CommandError, runCommand } from "../terminal/command-error.ts";
import { type Facts, findingsOf, type StateFacts, type WorkerFacts } from "./doctor-findings.ts";
import { ownerHeaders } from "../terminal/owner-client.ts";
import { readOwnerToken } from "../terminal/owner-token.ts";
import { projectRoot } from "../terminal/project-root.ts";
import { isLoopback } from "../backup/same-target.ts";
import { describeFullDisk, isDiskFull } from "../serve/state-disk.ts";
import { damagedFiles, DEFAULT_STATE, describeDamage } from "../serve/state-files.ts";
import { isBuildStale } from "../serve/web-build.ts";

const USAGE = `Usage: npm run doctor [-- --to URL] [--state DIR]

  --to URL      the Worker to look at (default http://127.0.0.1:8787)
  --state DIR   the folder of \`npm start -- --state DIR\`, whose disk and files are looked at too

Changes nothing and prints no secret. Exit code: 0 nothing is wrong, 1 something is, 2 wrong usage.`;

const DEV_VARS = join(projectRoot, ".dev.vars");
const TIMEOUT_MS = 10_000;

function readToken(): string | null {
  try {
    return readOwnerToken(process.env, DEV_VARS);
  } catch {
    return null;
  }
}

/** The answer's status and JSON; `null` when nobody answers. */
async function ask(
  url: URL,
  headers: Record<string, string> = {},
): Promise<{ status: number; json: unknown } | null> {
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson()), await response.text());
    return { status: response.status, json: parsed.success ? parsed.output : null };
  } catch {
    return null;
  }
}

async function lookAtWorker(to: URL, token: string | null): Promise<WorkerFacts | null> {
  // A market that is not open to everyone is shown to the owner (RD2).
  const asOwner: Record<string, string> = token === null ? {} : ownerHeaders(token, process.env);
  const answer = await ask(new URL("/api/health", to), asOwner);
  if (answer === null) {
    return null;
  }
  const health = v.safeParse(HealthBody, answer.json);
  const problem = v.safeParse(Problem, answer.json);
  const status = v.safeParse(
    v.object({ overdue: v.boolean() }),
    (await ask(new URL("/api/kr/scan/status", to), asOwner))?.json,
  );
  const owner = token === null ? null : await ask(new URL("/api/admin/exchange", to), asOwner);
  const refusal = v.safeParse(Problem, owner?.json);
  return {
    url: to.origin,
    health: health.success ? health.output : null,
    neighbour: problem.success ? problem.output.neighbour : undefined,
    problem: problem.success ? problem.output.detail : `it answered ${answer.status} and nothing understood.`,
    overdue: status.success ? status.output.overdue : null,
    ownerStatus: owner?.status ?? null,
    ownerProblem: refusal.success ? refusal.output.detail : undefined,
  };
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

async function look(to: URL, state: string): Promise<Facts> {
  const token = readToken();
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
    worker: await lookAtWorker(to, token),
    state: lookAtState(to, state),
    now: Date.now(),
  };
}

await runCommand(async () => {
  const options = {
    to: { type: "string" },
    state: { type: "string" },
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
  const findings = findingsOf(await look(to, resolve(values.state ?? DEFAULT_STATE)));
  for (const { mark, about, text } of findings) {
    process.stdout.write(`${mark.padEnd(6)}${about.padEnd(15)}${text}\n`);
  }
  const wrong = findings.filter(({ mark }) => mark === "wrong").length;
  if (wrong > 0) {
    throw new CommandError(`${wrong} of ${findings.length} are wrong.`);
  }
});
