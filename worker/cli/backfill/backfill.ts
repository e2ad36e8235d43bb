/** `npm run backfill`: begins to fetch the past of the real market in a running Worker, and shows how far it is until it is done. */
import { join } from "node:path";
import { isSimulated } from "../../core/instrument/exchange-profile.ts";
import { ExchangeBody } from "../../protocol/rest/query.ts";
import { LOCAL, readUrl } from "../import/import-args.ts";
import { understand } from "../import/send-files.ts";
import { readArgs, usageError } from "../terminal/command-args.ts";
import { runCommand } from "../terminal/command-error.ts";
import { checkReachable, makeOwnerClient } from "../terminal/owner-client.ts";
import { readOwnerToken } from "../terminal/owner-token.ts";
import { projectRoot } from "../terminal/project-root.ts";
import { followBackfill } from "./follow-backfill.ts";

const USAGE = `Usage: npm run backfill [-- --to URL]

  --to URL   the Worker (default ${LOCAL})

Begins to fetch the past of the real market at once, or goes on with what waits, and shows how far it is until it is done. It
goes on in the Worker, whoever watches: Ctrl-C ends the watching alone.

Exit code: 0 done, 1 it waits for something that the last line names, 2 wrong usage, 130 Ctrl-C.`;

await runCommand(async () => {
  const options = { to: { type: "string" }, help: { type: "boolean", short: "h" } } as const;
  const { values, positionals } = readArgs(process.argv.slice(2), options, USAGE);
  if (values.help === true) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  if (positionals.length > 0) {
    throw usageError(`Not understood: ${positionals.join(" ")}`, USAGE);
  }
  const url = readUrl(values.to ?? LOCAL, USAGE);
  const client = makeOwnerClient({ url, token: readOwnerToken(process.env, join(projectRoot, ".dev.vars")) });
  await checkReachable(url);
  const end = Promise.withResolvers<null>();
  let isOver = false;
  process.once("SIGINT", () => {
    isOver = true;
    end.resolve(null);
  });
  const line = await followBackfill({
    client,
    output: process.stderr,
    isOver: () => isOver,
    wait: async (ms) => {
      const { promise, resolve } = Promise.withResolvers<null>();
      const timer = setTimeout(() => {
        resolve(null);
      }, ms);
      await Promise.race([promise, end.promise]);
      clearTimeout(timer);
    },
  });
  process.stdout.write(`${line}\n`);
  if (isOver) {
    process.exitCode = 130;
    return;
  }
  const { exchange } = understand(ExchangeBody, await client.send("GET", "/api/admin/exchange"));
  process.stdout.write(
    isSimulated(exchange)
      ? "Its scan follows within the minute, and the page shows KRX from then on, unless you chose an exchange before; then `npm run use -- KRX` switches it.\n"
      : "The page shows KRX; its scan follows within the minute.\n",
  );
});
