/** `npm run import`: sends files to a running Worker and prints what became of every row. */
import { join } from "node:path";
import { runCommand } from "../terminal/command-error.ts";
import { IMPORT_USAGE, type ImportArgs, readImportArgs } from "./import-args.ts";
import { checkImport } from "./check-import.ts";
import { closeChoice } from "./close-choice.ts";
import { printFindings } from "./print-findings.ts";
import { describeReport, describeShare, type FileReport, isEnough } from "./import-report.ts";
import { judgeAgain } from "./judge-again.ts";
import { nameOfPaths } from "../files/read-all.ts";
import { checkReachable, makeOwnerClient, type OwnerClient } from "../terminal/owner-client.ts";
import { readOwnerToken } from "../terminal/owner-token.ts";
import { makeProgress } from "../terminal/progress.ts";
import { projectRoot } from "../terminal/project-root.ts";
import { scanExchange, sendBars, sendIndices, sendMasters, switchExchange } from "./send-files.ts";

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function printReport(report: FileReport): FileReport {
  for (const line of describeReport(report)) {
    print(line);
  }
  return report;
}

async function sendAll(client: OwnerClient, args: ImportArgs): Promise<readonly FileReport[]> {
  const { exchange, bars, instruments, indices } = args;
  const reports: FileReport[] = [];
  // The master first: a scan that runs meanwhile must not take a preferred share for a common one.
  if (instruments.length > 0) {
    reports.push(printReport(await sendMasters(client, exchange, instruments)));
  }
  if (indices.length > 0) {
    reports.push(printReport(await sendIndices(client, exchange, indices)));
  }
  if (bars.length > 0) {
    const progress = makeProgress(`sending ${nameOfPaths(bars)}`, process.stderr);
    const sending = sendBars(
      client,
      exchange,
      bars,
      (done, total) => {
        progress.update(done, total);
      },
      closeChoice(args.close),
    );
    const report = await sending.finally(() => {
      progress.end();
    });
    reports.push(printReport(report));
  }
  return reports;
}

/** CL12a: what was asked for and did not take place; the clauses of the last line that state it. */
async function judge(
  client: OwnerClient,
  { exchange, bars, accept }: ImportArgs,
): Promise<readonly string[]> {
  const found = bars.length > 0 ? await printFindings(client, exchange, accept) : [];
  const lines = await judgeAgain(client, exchange, { from: null, accept });
  lines.forEach(print);
  return [
    ...(found.length > 0 ? [`; the last session is not to be scanned: ${found.join(", ")}`] : []),
    ...(lines.some((line) => line.startsWith("Not "))
      ? ["; sessions are due to be judged again: npm run correct"]
      : []),
  ];
}

/** CL12a: what follows an import that accepted enough; the clause of the last line that states it. */
async function goOn(client: OwnerClient, { exchange, use, scan, accept }: ImportArgs): Promise<string> {
  if (use) {
    await switchExchange(client, exchange);
    print(`${exchange} is the active exchange.`);
  }
  if (!use && !scan) {
    return "";
  }
  const scanned = await scanExchange(client, exchange, accept);
  print(scanned);
  const listed = /^Scanned: (\d+) listed/.exec(scanned)?.[1];
  const active = use ? "is active and " : "";
  if (listed === undefined) {
    process.exitCode = 1;
    return `; ${exchange} ${active}was not scanned`;
  }
  return `; ${exchange} ${active}was scanned, ${listed} are listed`;
}

await runCommand(async () => {
  const args = readImportArgs(process.argv.slice(2));
  if (args === null) {
    print(IMPORT_USAGE);
    return;
  }
  const token = readOwnerToken(process.env, join(projectRoot, ".dev.vars"));
  const client = makeOwnerClient({ url: args.to, token });
  await checkReachable(args.to);
  if (args.check) {
    process.exitCode = (await checkImport(client, args)) ? 0 : 1;
    return;
  }
  const reports = await sendAll(client, args);
  const shares = reports.map(describeShare).join("; ");
  if (reports.every(isEnough)) {
    const undone = await judge(client, args);
    process.exitCode = undone.length > 0 ? 1 : 0;
    print(`Imported into ${args.exchange}: ${shares}${await goOn(client, args)}${undone.join("")}.`);
    return;
  }
  const left = args.use || args.scan ? "; nothing was switched or scanned" : "";
  print(`Not imported as asked: ${shares}${left}.`);
  process.exitCode = 1;
});
