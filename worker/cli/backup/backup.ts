/** `npm run backup`: the database as SQL and the bars as files of the import, in a folder of their own. */
import { existsSync } from "node:fs";
import { FILE_EXCHANGE, parseExchange } from "../../core/instrument/exchange-profile.ts";
import { join, resolve } from "node:path";
import { writeManifest } from "./backup-manifest.ts";
import { readArgs, usageError } from "../terminal/command-args.ts";
import { CommandError, runCommand } from "../terminal/command-error.ts";
import { makeDatabaseTool } from "./database-tool.ts";
import { readPlace } from "./same-target.ts";
import { makeFolder } from "../terminal/make-folder.ts";
import { checkReachable, makeOwnerClient } from "../terminal/owner-client.ts";
import { readOwnerToken } from "../terminal/owner-token.ts";
import { projectRoot } from "../terminal/project-root.ts";
import { readNewBackup } from "./read-backup.ts";
import { describeCounts } from "./restored-rows.ts";
import { damagedFiles, DEFAULT_STATE, describeDamage } from "../serve/state-files.ts";
import { saveBars } from "./save-bars.ts";
import { saveDatabase } from "./save-database.ts";

const USAGE = `Usage: npm run backup -- FOLDER [options]

Writes database.sql, bars-KRX.csv.gz and indices-KRX.csv into FOLDER, which it makes, reads them again from end to end, and
writes manifest.json with their counts and checksums. \`npm run restore -- FOLDER\` puts them back.

  --to URL          the running Worker whose bars are read (default http://127.0.0.1:8787)
  --remote          the database at Cloudflare (default: that of \`npm start\`)
  --state DIR       the folder of \`npm start -- --state DIR\`
  --exchange NAME   KRX (default) or DEMO

Exit code: 0 written, 1 failed, 2 wrong usage.`;

/** A backup of what can still be read of a damaged file would look like a whole one. */
function refuseDamaged(state: string): void {
  const damaged = damagedFiles(state, true);
  if (damaged.length > 0) {
    throw new CommandError([...damaged.map(describeDamage), "Nothing was written."].join("\n"));
  }
}

await runCommand(async () => {
  const options = {
    to: { type: "string" },
    remote: { type: "boolean" },
    state: { type: "string" },
    exchange: { type: "string" },
    help: { type: "boolean", short: "h" },
  } as const;
  const { values, positionals } = readArgs(process.argv.slice(2), options, USAGE);
  if (values.help === true) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const [name, ...more] = positionals;
  const remote = values.remote === true;
  const url = readPlace({ text: values.to, remote }, USAGE);
  const exchange = parseExchange(values.exchange?.toUpperCase() ?? FILE_EXCHANGE);
  if (name === undefined || more.length > 0) {
    throw usageError("One folder is to be named", USAGE);
  }
  if (exchange === null) {
    throw usageError(`There is no exchange "${values.exchange}"`, USAGE);
  }
  const folder = resolve(name);
  if (existsSync(folder)) {
    throw new CommandError(`${folder} is there already: a backup is never written over another one.`);
  }
  const token = readOwnerToken(process.env, join(projectRoot, ".dev.vars"));
  await checkReachable(url);
  const client = makeOwnerClient({ url, token });
  const state = values.state === undefined ? null : resolve(values.state);
  if (!remote) {
    refuseDamaged(state ?? DEFAULT_STATE);
  }
  makeFolder(folder, 0o700);
  await saveDatabase(client, makeDatabaseTool({ remote, state }), exchange, folder);
  await saveBars(client, exchange, folder, (after) => {
    process.stderr.write(after === "" ? "bars: all\n" : `bars: up to ${after}\n`);
  });
  const { contents, rows, files } = await readNewBackup(folder, exchange);
  const manifest = writeManifest(folder, { format: 1, made_at: new Date().toISOString(), ...contents });
  const { bars, indices } = contents;
  process.stdout.write(`${[files.database, files.bars, files.indices, manifest].join("\n")}\n`);
  process.stdout.write(
    `${exchange}: ${bars.rows} bars of ${bars.tickers} tickers, ${indices.rows} of indices; ${describeCounts(rows.counts) || "no rows"}\n`,
  );
});
