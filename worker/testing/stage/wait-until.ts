/** Waits for a condition and never for a duration: a slow machine only takes longer. */
import { setTimeout as sleep } from "node:timers/promises";

/** Asks until `done` is true; throws with `what` when that is not in time. */
export async function waitUntil(
  done: () => Promise<boolean>,
  what: string,
  timeoutMs: number,
): Promise<void> {
  const until = Date.now() + timeoutMs;
  while (Date.now() < until) {
    if (await done()) {
      return;
    }
    await sleep(100);
  }
  throw new Error(`Waited ${timeoutMs} ms in vain: ${what}`);
}
