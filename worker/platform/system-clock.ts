/** The platform's own time, in one place, because everything else gets its clock from whoever composes it. */
import type { Clock } from "../app/ports/clock.ts";

export const systemClock: Clock = { now: () => Date.now() };

/** Resolves after so many milliseconds. */
export async function wait(ms: number): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** What time it is, and how it passes: a program may live at another time than this machine's. */
export interface Time {
  readonly clock: Clock;
  wait(ms: number): Promise<void>;
}

export const systemTime: Time = { clock: systemClock, wait };
