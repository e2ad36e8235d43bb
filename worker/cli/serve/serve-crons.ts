/** Fires the Cron Triggers of wrangler.toml at a local Worker, through the same handler that Cloudflare calls. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Cron, cronsIn, lastDue, parseCron } from "./cron.ts";
import type { FrontTarget } from "./front.ts";
import { reasonOf } from "../terminal/command-error.ts";

const STEP_MS = 15_000;

/** `at`: the minute that was due, in milliseconds since the epoch; the Worker knows the evening's scan by it (JB21). */
async function fire(
  worker: FrontTarget | null,
  cron: Cron,
  at: number,
  log: (line: string) => void,
): Promise<void> {
  try {
    if (worker === null) {
      throw new Error("no Worker runs");
    }
    // The Worker takes the key for the cron: anybody else's is ignored.
    const url = `http://127.0.0.1:${worker.port}/cdn-cgi/local/scheduled?cron=${worker.key}&time=${at}`;
    const response = await fetch(url, { signal: AbortSignal.timeout(300_000) });
    await response.text();
    // One that comes every few minutes and goes well needs no line.
    if (!response.ok || !cron.text.includes("/")) {
      log(`cron ${cron.text}: ${response.status}`);
    }
  } catch (error) {
    log(`cron ${cron.text}: ${reasonOf(error)}`);
  }
}

/** Returns the function that ends it. Nothing that was due before the start is made up for. */
export function startCrons(
  target: () => FrontTarget | null,
  root: string,
  log: (line: string) => void,
): () => void {
  const crons = cronsIn(readFileSync(join(root, "wrangler.toml"), "utf8")).flatMap((text) => {
    const cron = parseCron(text);
    if (cron === null) {
      log(`cron ${text}: not understood, never fired here`);
    }
    return cron ? [cron] : [];
  });
  let checked = Date.now();
  /** One after the other: after a sleep the watch would make up for the evening's scan that is fired beside it. */
  let last: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    const [from, to] = [checked, Date.now()];
    checked = to;
    for (const cron of crons) {
      const at = lastDue(cron, from, to);
      if (at !== null) {
        last = last.then(async () => fire(target(), cron, at, log));
      }
    }
  }, STEP_MS);
  return () => {
    clearInterval(timer);
  };
}
