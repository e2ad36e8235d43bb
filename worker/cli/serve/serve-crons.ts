/** Fires the Cron Triggers of wrangler.toml at a local Worker, through the same handler that Cloudflare calls. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Cron, cronsIn, parseCron, wasDue } from "./cron.ts";

const STEP_MS = 15_000;

async function fire(url: string, cron: Cron, log: (line: string) => void): Promise<void> {
  const path = `/cdn-cgi/local/scheduled?cron=${encodeURIComponent(cron.text)}`;
  try {
    const response = await fetch(new URL(path, url), { signal: AbortSignal.timeout(300_000) });
    await response.text();
    log(`cron ${cron.text}: ${response.status}`);
  } catch (error) {
    log(`cron ${cron.text}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Returns the function that ends it. Nothing that was due before the start is made up for. */
export function startCrons(url: string, root: string, log: (line: string) => void): () => void {
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
      void fire(url, cron, log);
    }
    checked = now;
  }, STEP_MS);
  return () => {
    clearInterval(timer);
  };
}
