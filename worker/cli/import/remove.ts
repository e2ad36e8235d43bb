/** `npm run remove`: takes the rows of a wrong day out of a running Worker, and has judged again what rested on them. */
import { join } from "node:path";
import * as v from "valibot";
import { RemovalBody } from "../../protocol/rest/correction.ts";
import { CommandError, runCommand } from "../terminal/command-error.ts";
import { checkReachable, makeOwnerClient } from "../terminal/owner-client.ts";
import { readOwnerToken } from "../terminal/owner-token.ts";
import { projectRoot } from "../terminal/project-root.ts";
import { judgeAgain } from "./judge-again.ts";
import { readRemoveArgs, REMOVE_USAGE } from "./remove-args.ts";

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

await runCommand(async () => {
  const args = readRemoveArgs(process.argv.slice(2));
  if (args === null) {
    print(REMOVE_USAGE);
    return;
  }
  const token = readOwnerToken(process.env, join(projectRoot, ".dev.vars"));
  const client = makeOwnerClient({ url: args.to, token });
  await checkReachable(args.to);
  const query = new URLSearchParams({
    exchange: args.exchange,
    day: args.day,
    ...(args.ticker !== null && { ticker: args.ticker }),
  });
  const answer = v.safeParse(
    RemovalBody,
    await client.send(args.yes ? "POST" : "GET", `/api/admin/removals?${query.toString()}`),
  );
  if (!answer.success) {
    throw new CommandError("The Worker's answer is not understood: is it of another version?");
  }
  const { rows, index_rows: indexRows, removed } = answer.output;
  const what = `${rows} rows of shares and ${indexRows} of indices of ${args.day} (${args.exchange}${args.ticker === null ? "" : `, ${args.ticker}`})`;
  if (rows + indexRows === 0) {
    print(`There are no such rows: ${what}. Nothing was changed.`);
    return;
  }
  print(
    removed ? `Removed: ${what}.` : `Would be removed: ${what}. Nothing was changed; --yes removes them.`,
  );
  if (removed) {
    for (const line of await judgeAgain(client, args.exchange, { from: null, accept: args.accept })) {
      print(line);
      process.exitCode = line.startsWith("Not ") ? 1 : process.exitCode;
    }
  }
});
