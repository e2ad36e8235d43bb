/** Waits until a Worker that was just started has something to show: it answers, and the demo's past is in its book. */
import { setTimeout as sleep } from "node:timers/promises";
import { makeProgress, type ProgressOutput } from "../terminal/progress.ts";
import type { DataState } from "./serve-health.ts";

/** About the rows of the demo's past: 2,700 shares, most of them through all of 400 sessions. */
export const DEMO_ROWS = 1_050_000;
const STEP_MS = 200;
const LABEL = "Preparing the demo market";

export interface Waiting {
  /** `null` while nothing answers. */
  read(): Promise<DataState | null>;
  /** `true` ends the wait; throws when there is nothing to wait for any more. */
  isOver(): boolean;
  readonly output: ProgressOutput;
  readonly patienceMs: number;
}

/** The last state that was read, ready or not when the time is over; `null` when nothing answered or the wait was ended. */
export async function awaitData(waiting: Waiting): Promise<DataState | null> {
  const until = Date.now() + waiting.patienceMs;
  const progress = makeProgress(LABEL, waiting.output);
  let isAnnounced = waiting.output.isTTY === true;
  let seen: DataState | null = null;
  try {
    while (!waiting.isOver()) {
      seen = (await waiting.read()) ?? seen;
      if ((seen !== null && !seen.preparing) || Date.now() > until) {
        return seen;
      }
      if (seen !== null) {
        if (!isAnnounced) {
          // A log has a line each tenth, and a busy book counts none of them: the first line must not wait for one.
          waiting.output.write(`${LABEL} ...\n`);
          isAnnounced = true;
        }
        // The scan comes after the rows: not 100 % before it is ready.
        progress.update(Math.min(seen.rows, 0.99 * DEMO_ROWS), DEMO_ROWS);
      }
      await sleep(STEP_MS);
    }
    return null;
  } finally {
    progress.end();
  }
}
