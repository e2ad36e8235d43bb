/** What was asked of `npm run restore`. */
import { resolve } from "node:path";
import { FILE_EXCHANGE, isSimulated, parseExchange } from "../../core/instrument/exchange-profile.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { readArgs, usageError } from "../terminal/command-args.ts";
import { readPlace } from "./same-target.ts";

export const RESTORE_USAGE = `Usage: npm run restore -- FOLDER [options]

Puts a backup of KRX back into a running Worker: reads the folder from end to end, replaces the rows of KRX in the database as
one transaction, sends the bars, makes KRX the active exchange, with a new epoch of every stream, so that each open page gets a
reset and the restored state, and holds what is there then against the backup. Rows of DEMO, the owner's log and settings stay.

  --to URL          the running Worker (default http://127.0.0.1:8787)
  --remote          the deployment at Cloudflare; --to must name it
  --state DIR       the folder of \`npm start -- --state DIR\`
  --exchange NAME   KRX (default); the demo is not restored, it makes its past by itself
  --yes             also when the target has rows of KRX: they are replaced
  --force           also without manifest.json, which older backups have not
  --dry-run         looks at folder and target, changes nothing, and refuses what the restore would refuse

The owner's token is read from OWNER_TOKEN, else from .dev.vars.
Bars are never removed: a target with bars that the backup has not is refused. A restore that was interrupted goes on when the
same command is given again, with --yes.
Exit code: 0 restored, 1 refused or failed, 2 wrong usage.`;

export interface RestoreArgs {
  readonly folder: string;
  readonly url: URL;
  readonly remote: boolean;
  readonly state: string | null;
  readonly exchange: Exchange;
  readonly yes: boolean;
  readonly force: boolean;
  readonly dryRun: boolean;
}

/** `null`: help was asked for. */
export function readRestoreArgs(args: readonly string[]): RestoreArgs | null {
  const options = {
    to: { type: "string" },
    remote: { type: "boolean" },
    state: { type: "string" },
    exchange: { type: "string" },
    yes: { type: "boolean" },
    force: { type: "boolean" },
    "dry-run": { type: "boolean" },
    help: { type: "boolean", short: "h" },
  } as const;
  const { values, positionals } = readArgs(args, options, RESTORE_USAGE);
  if (values.help === true) {
    return null;
  }
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) {
    throw usageError("One folder of a backup is to be named", RESTORE_USAGE);
  }
  const exchange = parseExchange(values.exchange?.toUpperCase() ?? FILE_EXCHANGE);
  if (exchange === null || isSimulated(exchange)) {
    throw usageError(`Only KRX is restored, not "${values.exchange}"`, RESTORE_USAGE);
  }
  const remote = values.remote === true;
  if (remote && values.state !== undefined) {
    throw usageError("--state is a folder of this machine and --remote is not", RESTORE_USAGE);
  }
  return {
    folder: resolve(folder),
    url: readPlace({ text: values.to, remote }, RESTORE_USAGE),
    remote,
    state: values.state === undefined ? null : resolve(values.state),
    exchange,
    yes: values.yes === true,
    force: values.force === true,
    dryRun: values["dry-run"] === true,
  };
}
