/**
 * `npm run bench:study`: time and memory of a study of random walks, 2,215 names and 3,150 sessions unless stated
 * otherwise. The study itself prints what it took.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { readArgs, readCount, usageError } from "../cli/terminal/command-args.ts";
import { runCommand } from "../cli/terminal/command-error.ts";
import { projectRoot } from "../cli/terminal/project-root.ts";
import { machineLine } from "../testing/load/process-figures.ts";
import { writeMarket } from "./study-market.ts";

const USAGE = "npm run bench:study -- FOLDER [--tickers 2215] [--sessions 3150] [--seed 7]";
const OPTIONS = {
  tickers: { type: "string", default: "2215" },
  sessions: { type: "string", default: "3150" },
  seed: { type: "string", default: "7" },
} as const;

await runCommand(async () => {
  const { values, positionals } = readArgs(process.argv.slice(2), OPTIONS, USAGE);
  const [folder] = positionals;
  if (folder === undefined) {
    throw usageError("FOLDER is missing", USAGE);
  }
  process.stdout.write(`${machineLine()}\n`);
  await writeMarket(folder, {
    tickers: readCount("--tickers", values.tickers, USAGE),
    sessions: readCount("--sessions", values.sessions, USAGE),
    seed: readCount("--seed", values.seed, USAGE),
  });
  const files = ["bars", "indices", "instruments"].flatMap((name) => [
    `--${name}`,
    join(folder, `${name}.csv`),
  ]);
  const study = ["run", "study", "--", ...files, "--out", join(folder, "report"), "--made-up"];
  process.exitCode = spawnSync("npm", study, { cwd: projectRoot, stdio: "inherit" }).status ?? 1;
});
