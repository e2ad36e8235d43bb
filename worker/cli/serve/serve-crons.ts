/** Fires the Cron Triggers of wrangler.toml at a local Worker, through the same handler that Cloudflare calls. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Cron, cronsIn, parseCron, wasDue } from "./cron.ts";
import type { FrontTarget } from "./front.ts";

const STEP_MS = 15_000;

async function fire(worker: FrontTarget | null, cron: Cron, log: (line: string) => void): Promise<void> {
  try {
    if (worker === null) {
      throw new Error("no Worker runs");
    }
    // The Worker takes the key for the cron: anybody else's is ignored.
    const url = `http://127.0.0.1:${worker.port}/cdn-cgi/local/scheduled?cron=${worker.key}`;
    const response = await fetch(url, { signal: AbortSignal.timeout(300_000) });
    await response.text();
    // One that comes every few minutes and goes well needs no line.
    if (!response.ok || !cron.text.includes("/")) {
      log(`cron ${cron.text}: ${response.status}`);
    }
  } catch (error) {
    log(`cron ${cron.text}: ${error instanceof Error ? error.message : String(error)}`);
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
  const timer = setInterval(() => {
    const now = Date.now();
    for (const cron of crons.filter((one) => wasDue(one, checked, now))) {
      void fire(target(), cron, log);
    }
    checked = now;
  }, STEP_MS);
  return () => {
    clearInterval(timer);
  };
}
