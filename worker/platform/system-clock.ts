/** The platform's own time, in one place, because everything else gets its clock from whoever composes it. */
import type { Clock } from "../app/ports/clock.ts";

/** What time it is, and how it passes: a program may live at another time than this machine's. */
export interface Time {
  readonly clock: Clock;
  /** Resolves after so many milliseconds of the clock. */
  readonly wait: (ms: number) => Promise<void>;
}

export const systemTime: Time = {
  clock: { now: () => Date.now() },
  wait: async (ms) => {
    await new Promise((resolve) => {
      setTimeout(resolve, ms);
    });
  },
};
