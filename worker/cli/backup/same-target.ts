/** A Worker is named by its address, its database by its folder: this proves that the two belong together. */
import { randomBytes } from "node:crypto";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { usageError } from "../terminal/command-args.ts";
import { CommandError } from "../terminal/command-error.ts";
import type { OwnerClient } from "../terminal/owner-client.ts";

const LOCAL = "http://127.0.0.1:8787";
const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
const NO_ROWS = "index,date,open,high,low,close,volume\n";

export function isLoopback(url: URL): boolean {
  return LOOPBACK.test(url.hostname);
}

/** The Worker's address. Here with the database of this machine, elsewhere with `--remote`; anything else is wrong usage. */
export function readPlace(
  { text, remote }: { readonly text: string | undefined; readonly remote: boolean },
  usage: string,
): URL {
  const url = URL.parse(text ?? LOCAL);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw usageError(`--to takes an address like ${LOCAL}, not "${text}"`, usage);
  }
  if (remote === isLoopback(url)) {
    throw usageError(
      remote
        ? `--remote needs the Worker's address there: --to https://...`
        : `${url.origin} is not on this machine: its database is reached with --remote`,
      usage,
    );
  }
  return url;
}

/** A request of the owner that brings no rows and leaves one in the owner's log of the Worker's database; resolves with its path there. */
export async function leaveMark(client: OwnerClient, exchange: Exchange): Promise<string> {
  const path = `/api/admin/indices?exchange=${exchange}&mark=${randomBytes(8).toString("hex")}`;
  await client.send("POST", path, { type: "text/csv", bytes: new TextEncoder().encode(NO_ROWS) });
  return path;
}

/** The mark was not found. */
export function elsewhere(consequence: string): CommandError {
  return new CommandError(
    `The Worker keeps its data in another database than the one that was named: --state, --remote and the address must name one place. ${consequence}`,
  );
}
