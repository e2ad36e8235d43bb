/** `npm run backup`: the database as SQL and the bars as files of the import, in a folder of their own. */
import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { readArgs, usageError } from "./command-args.ts";
import { CommandError, runCommand } from "./command-error.ts";
import { checkReachable, makeOwnerClient } from "./owner-client.ts";
import { readOwnerToken } from "./owner-token.ts";
import { startGroup } from "./process-group.ts";
import { projectRoot } from "./project-root.ts";
import { saveBars } from "./save-bars.ts";

const USAGE = `Usage: npm run backup -- FOLDER [--to URL] [--remote] [--exchange KRX|DEMO]

Writes database.sql, bars-KRX.csv.gz and indices-KRX.csv into FOLDER, which it makes.

  --to URL          the running Worker whose bars are read (default http://127.0.0.1:8787)
  --remote          the database at Cloudflare (default: that of \`npm start\`)
  --exchange NAME   KRX (default) or DEMO

To restore, with the Worker stopped and into an empty database (for a local one: without .wrangler/state):
  npx wrangler d1 execute vcp-radar --local --file FOLDER/database.sql     (--remote for that at Cloudflare)
  npm start
  npm run import -- FOLDER/bars-KRX.csv.gz --indices FOLDER/indices-KRX.csv --use
The last of them begins a new epoch of every stream: each open page gets a reset and the restored state.

Exit code: 0 written, 1 failed, 2 wrong usage.`;

const WRANGLER = join(projectRoot, "node_modules", "wrangler", "bin", "wrangler.js");

async function saveDatabase(file: string, where: "--local" | "--remote"): Promise<void> {
  const env = { ...process.env, WRANGLER_SEND_METRICS: "false", CI: "1", NO_COLOR: "1" };
  const args = [WRANGLER, "d1", "export", "vcp-radar", where, "--skip-confirmation", "--output", file];
  const group = startGroup(process.execPath, args, { cwd: projectRoot, env });
  if ((await group.ended) !== 0 || !existsSync(file)) {
    throw new CommandError(`The database could not be written:\n${group.output().trimEnd()}`);
  }
}

await runCommand(async () => {
  const options = {
    to: { type: "string" },
    remote: { type: "boolean" },
    exchange: { type: "string" },
    help: { type: "boolean", short: "h" },
  } as const;
  const { values, positionals } = readArgs(process.argv.slice(2), options, USAGE);
  if (values.help === true) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const [name, ...more] = positionals;
  const url = URL.parse(values.to ?? "http://127.0.0.1:8787");
  const exchange = values.exchange ?? "KRX";
  if (name === undefined || more.length > 0 || url === null || (exchange !== "KRX" && exchange !== "DEMO")) {
    throw usageError("A folder is to be named, and a Worker and an exchange that there are", USAGE);
  }
  const folder = resolve(name);
  if (existsSync(folder)) {
    throw new CommandError(`${folder} is there already: a backup is never written over another one.`);
  }
  const token = readOwnerToken(process.env, join(projectRoot, ".dev.vars"));
  await checkReachable(url);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await saveDatabase(join(folder, "database.sql"), values.remote === true ? "--remote" : "--local");
  const files = await saveBars(makeOwnerClient({ url, token }), exchange, folder, (after) => {
    process.stderr.write(after === "" ? "bars: all\n" : `bars: up to ${after}\n`);
  });
  process.stdout.write(`${[join(folder, "database.sql"), ...files].join("\n")}\n`);
});
