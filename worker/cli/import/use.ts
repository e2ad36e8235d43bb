/** `npm run use`: switches the active exchange of a running Worker. */
import { join } from "node:path";
import { runCommand } from "../terminal/command-error.ts";
import { readUseArgs, USE_USAGE } from "./import-args.ts";
import { checkReachable, makeOwnerClient } from "../terminal/owner-client.ts";
import { readOwnerToken } from "../terminal/owner-token.ts";
import { projectRoot } from "../terminal/project-root.ts";
import { switchExchange } from "./send-files.ts";

await runCommand(async () => {
  const args = readUseArgs(process.argv.slice(2));
  if (args === null) {
    process.stdout.write(`${USE_USAGE}\n`);
    return;
  }
  const token = readOwnerToken(process.env, join(projectRoot, ".dev.vars"));
  await checkReachable(args.to);
  await switchExchange(makeOwnerClient({ url: args.to, token }), args.exchange);
  process.stdout.write(`${args.exchange} is the active exchange.\n`);
});
