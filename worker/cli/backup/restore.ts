/** `npm run restore`: puts a backup back into a running Worker, and begins every stream anew. */
import { join } from "node:path";
import { runCommand } from "../terminal/command-error.ts";
import { makeDatabaseTool } from "./database-tool.ts";
import { checkReachable, makeOwnerClient } from "../terminal/owner-client.ts";
import { readOwnerToken } from "../terminal/owner-token.ts";
import { makeProgress } from "../terminal/progress.ts";
import { projectRoot } from "../terminal/project-root.ts";
import { readBackup } from "./read-backup.ts";
import { readRestoreArgs, RESTORE_USAGE } from "./restore-args.ts";
import { restore } from "./restore-steps.ts";

await runCommand(async () => {
  const args = readRestoreArgs(process.argv.slice(2));
  if (args === null) {
    process.stdout.write(`${RESTORE_USAGE}\n`);
    return;
  }
  const token = readOwnerToken(process.env, join(projectRoot, ".dev.vars"));
  const backup = await readBackup(args.folder, args.exchange, args.force);
  await checkReachable(args.url);
  const target = { client: makeOwnerClient({ url: args.url, token }), database: makeDatabaseTool(args) };
  const progress = makeProgress("sending bars", process.stderr);
  const output = {
    print: (line: string) => {
      process.stdout.write(`${line}\n`);
    },
    progress: (done: number, total: number) => {
      progress.update(done, total);
    },
  };
  await restore(target, backup, args, output).finally(() => {
    progress.end();
  });
});
