/** What was asked of `npm start`. */
import { resolve } from "node:path";
import { readArgs, readCount, usageError } from "./command-args.ts";

export const SERVE_USAGE = `Usage: npm start -- [options]

  --port N      the port on 127.0.0.1 (default 8787)
  --state DIR   where the data is kept (default .wrangler/state)

Ctrl-C stops everything that was started.`;

export interface ServeArgs {
  readonly port: number;
  /** `null`: wrangler's own folder. */
  readonly state: string | null;
}

const OPTIONS = {
  port: { type: "string" },
  state: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** `null`: help was asked for. */
export function readServeArgs(args: readonly string[]): ServeArgs | null {
  const { values, positionals } = readArgs(args, OPTIONS, SERVE_USAGE);
  if (values.help === true) {
    return null;
  }
  if (positionals.length > 0) {
    throw usageError(`Not understood: ${positionals.join(" ")}`, SERVE_USAGE);
  }
  const port = readCount("--port", values.port ?? "8787", SERVE_USAGE);
  if (port < 1 || port > 65_535) {
    throw usageError(`--port takes a number from 1 to 65535, not ${port}`, SERVE_USAGE);
  }
  return { port, state: values.state === undefined ? null : resolve(values.state) };
}
