/** `npm run remove`: takes the rows of a wrong day out of a running Worker, and has judged again what rested on them. */
import { join } from "node:path";
import { RemovalBody } from "../../protocol/rest/correction.ts";
import { runCommand } from "../terminal/command-error.ts";
import { checkReachable, makeOwnerClient, type OwnerClient } from "../terminal/owner-client.ts";
import { readOwnerToken } from "../terminal/owner-token.ts";
import { projectRoot } from "../terminal/project-root.ts";
import { judgeAgain } from "./judge-again.ts";
import { readBars } from "../backup/restore-target.ts";
import { readRemoveArgs, type RemoveArgs, REMOVE_USAGE } from "./remove-args.ts";
import { understand } from "./send-files.ts";

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Nothing is judged again: nothing is left. */
async function removeAll(client: OwnerClient, { exchange, yes }: RemoveArgs): Promise<void> {
  const { rows, tickers } = await readBars(client, exchange);
  const what = `all of ${exchange}: ${rows} bars of ${tickers} tickers, every signal, run and outcome, and the master`;
  if (!yes) {
    print(`Would be removed: ${what}. Nothing was changed; --yes removes it.`);
    return;
  }
  const bytes = new TextEncoder().encode(JSON.stringify({ empty: exchange }));
  const body = { type: "application/json", bytes } as const;
  await client.send("POST", `/api/admin/removals/all?exchange=${exchange}`, body);
  print(`Removed: ${what}.`);
}

async function removeDay(client: OwnerClient, args: RemoveArgs, day: string): Promise<void> {
  const query = new URLSearchParams({
    exchange: args.exchange,
    day,
    ...(args.ticker !== null && { ticker: args.ticker }),
  });
  const path = `/api/admin/removals?${query.toString()}`;
  const {
    rows,
    index_rows: indexRows,
    removed,
  } = understand(RemovalBody, await client.send(args.yes ? "POST" : "GET", path));
  const what = `${rows} rows of shares and ${indexRows} of indices of ${day} (${args.exchange}${args.ticker === null ? "" : `, ${args.ticker}`})`;
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
  await (args.day === null ? removeAll(client, args) : removeDay(client, args, args.day));
});
