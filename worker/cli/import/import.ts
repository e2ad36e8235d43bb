/** `npm run import`: sends files to a running Worker and prints what became of every row. */
import { join } from "node:path";
import { about, runCommand } from "../terminal/command-error.ts";
import { IMPORT_USAGE, type ImportArgs, readImportArgs } from "./import-args.ts";
import { describeReport, type FileReport } from "./import-report.ts";
import { checkReachable, makeOwnerClient, type OwnerClient } from "../terminal/owner-client.ts";
import { readOwnerToken } from "../terminal/owner-token.ts";
import { makeProgress } from "../terminal/progress.ts";
import { projectRoot } from "../terminal/project-root.ts";
import { scanExchange, sendBars, sendWhole, switchExchange } from "./send-files.ts";

function printReport(report: FileReport): void {
  process.stdout.write(
    describeReport(report)
      .map((line) => `${line}\n`)
      .join(""),
  );
}

async function sendAll(client: OwnerClient, args: ImportArgs): Promise<void> {
  const { exchange } = args;
  // The master first: a scan that runs meanwhile must not take a preferred share for a common one.
  if (args.instruments !== null) {
    printReport(await about(args.instruments, sendWhole(client, exchange, "instruments", args.instruments)));
  }
  if (args.indices !== null) {
    printReport(await about(args.indices, sendWhole(client, exchange, "indices", args.indices)));
  }
  for (const file of args.bars) {
    const progress = makeProgress(`sending ${file}`, process.stderr);
    const sending = sendBars(client, exchange, file, (done, total) => {
      progress.update(done, total);
    });
    const report = await about(file, sending).finally(() => {
      progress.end();
    });
    printReport(report);
  }
}

await runCommand(async () => {
  const args = readImportArgs(process.argv.slice(2));
  if (args === null) {
    process.stdout.write(`${IMPORT_USAGE}\n`);
    return;
  }
  const token = readOwnerToken(process.env, join(projectRoot, ".dev.vars"));
  const client = makeOwnerClient({ url: args.to, token });
  await checkReachable(args.to);
  await sendAll(client, args);
  if (args.use) {
    await switchExchange(client, args.exchange);
    process.stdout.write(`${args.exchange} is the active exchange.\n`);
    process.stdout.write(`${await scanExchange(client, args.exchange)}\n`);
  }
});
