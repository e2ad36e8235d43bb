/** What was asked of `npm start`. */
import { resolve } from "node:path";
import { readArgs, readCount, usageError } from "../terminal/command-args.ts";

export const SERVE_USAGE = `Usage: npm start -- [options]

  --port N      the port on 127.0.0.1 (default 8787)
  --state DIR   where the data is kept (default .wrangler/state)
  --host NAME   another name than localhost that it is reached by; may be given several times
  --session T   how long a session of the demo lasts, 60s to 24h (default 5m)

Ctrl-C stops everything that was started.`;

/** The command line of `npm start`, checked. */
export interface ServeArgs {
  readonly port: number;
  /** `null`: wrangler's own folder. */
  readonly state: string | null;
  /** Seconds; `null`: the length in wrangler.toml. */
  readonly session: number | null;
  /** Names beside the loopback ones, in lower case. */
  readonly hosts: readonly string[] | undefined;
}

const OPTIONS = {
  port: { type: "string" },
  state: { type: "string" },
  session: { type: "string" },
  host: { type: "string", multiple: true },
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
  return {
    port,
    state: values.state === undefined ? null : resolve(values.state),
    session: values.session === undefined ? null : readSession(values.session),
    hosts: values.host?.map(readHost),
  };
}

const UNIT_S: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600 };
const SESSION_S = [60, 86_400] as const;

/** A number with its unit, in seconds. */
function readSession(text: string): number {
  const [, count = "", unit = ""] = /^(\d{1,5})([smh])$/.exec(text) ?? [];
  const seconds = Number(count) * (UNIT_S[unit] ?? 0);
  const [least, most] = SESSION_S;
  if (seconds < least || seconds > most) {
    throw usageError(`--session takes 60s to 24h, as 90s, 5m or 1h, not "${text}"`, SERVE_USAGE);
  }
  return seconds;
}

function readHost(text: string): string {
  const name = URL.parse(`http://${text}`)?.hostname;
  if (name === undefined || name !== text.toLowerCase() || !/^[a-z0-9.[\]:-]+$/.test(name)) {
    throw usageError(`--host takes a name like radar.example, not "${text}"`, SERVE_USAGE);
  }
  return name;
}
