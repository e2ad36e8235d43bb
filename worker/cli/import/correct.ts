/** `npm run correct`: has the sessions of a running Worker judged again, what is due or all from a day on. */
import { join } from "node:path";
import { runCommand } from "../terminal/command-error.ts";
import { checkReachable, makeOwnerClient } from "../terminal/owner-client.ts";
import { readOwnerToken } from "../terminal/owner-token.ts";
import { projectRoot } from "../terminal/project-root.ts";
import { judgeAgain } from "./judge-again.ts";
import { CORRECT_USAGE, readCorrectArgs } from "./remove-args.ts";

await runCommand(async () => {
  const args = readCorrectArgs(process.argv.slice(2));
  if (args === null) {
    process.stdout.write(`${CORRECT_USAGE}\n`);
    return;
  }
  const token = readOwnerToken(process.env, join(projectRoot, ".dev.vars"));
  await checkReachable(args.to);
  const lines = await judgeAgain(makeOwnerClient({ url: args.to, token }), args.exchange, args);
  process.stdout.write(`${lines.length === 0 ? "Nothing is due to be judged again." : lines.join("\n")}\n`);
  process.exitCode = lines.some((line) => line.startsWith("Not ")) ? 1 : 0;
});
