/** `npm run study`: what came after the signals of the past, on files, without a server (EV1). */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { PARAMS } from "../../core/params.ts";
import { StudyReport } from "../../protocol/rest/study-report.ts";
import { headlineOf } from "../../research/claims.ts";
import { reportMarkdown } from "../../research/report-markdown.ts";
import { chartsOf } from "../../research/report-charts.ts";
import { runStudy } from "../../research/study.ts";
import { CommandError, reasonOf, runCommand } from "../terminal/command-error.ts";
import { makeFolder } from "../terminal/make-folder.ts";
import { loadMarket } from "./load-market.ts";
import { makeProgress } from "../terminal/progress.ts";
import { readStudyArgs, STUDY_USAGE, type StudyArgs } from "./study-args.ts";

async function study(args: StudyArgs): Promise<StudyReport> {
  const market = await loadMarket(args);
  const progress = makeProgress("judging", process.stderr);
  const report = runStudy(
    {
      ...market,
      params: PARAMS,
      seed: args.seed,
      madeUp: args.madeUp,
      onProgress: (done) => {
        progress.update(done, 1);
      },
    },
    args.notes,
  );
  progress.end();
  if (report.sample.judged_from === null) {
    throw new CommandError(`${args.bars.join(", ")}: too few bars, no session could be judged`);
  }
  return v.parse(StudyReport, report);
}

/** The folder's files by name. */
function filesOf(report: StudyReport): Readonly<Record<string, string>> {
  const pictures = chartsOf(report);
  return {
    "study.json": `${JSON.stringify(report, null, 2)}\n`,
    "report.md": reportMarkdown(report, Object.keys(pictures)),
    ...pictures,
  };
}

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  try {
    makeFolder(folder);
    for (const [name, text] of Object.entries(files)) {
      await writeFile(join(folder, name), text);
    }
  } catch (error) {
    throw new CommandError(`${folder}: cannot be written (${reasonOf(error)})`);
  }
}

/** CL26b: a study of decades is long, and who plans one wants to know. */
function tookText(): string {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const seconds = (performance.now() / 1_000).toFixed(0);
  const computing = ((userCPUTime + systemCPUTime) / 1_000_000).toFixed(0);
  const megabytes = ((1_024 * maxRSS) / 1_000_000).toFixed(0);
  return `took ${seconds} s, ${computing} s of computing, ${megabytes} MB of memory at most`;
}

await runCommand(async () => {
  const args = readStudyArgs(process.argv.slice(2));
  if (args === null) {
    process.stdout.write(`${STUDY_USAGE}\n`);
    return;
  }
  const report = await study(args);
  const files = filesOf(report);
  await write(args.out, files);
  process.stderr.write(`${tookText()}\n`);
  process.stdout.write(`${headlineOf(report)}\n${join(args.out, "report.md")}\n`);
});
