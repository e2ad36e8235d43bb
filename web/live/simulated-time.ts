/** Time that passes only as a test lets it: a clock and timers that fire in order, whatever the machine does. */
import type { Clock, Timers } from "./ports.ts";

/** Both ports of time, and the hand that moves them. */
export interface SimulatedTime {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Lets `ms` pass; timers that come due on the way run at their moment. */
  pass(ms: number): void;
}

/** `start` in milliseconds, as the clock shows it before anything has passed. */
export function makeSimulatedTime(start = 1_000_000): SimulatedTime {
  let now = start;
  let order = 0;
  const due = new Map<number, { readonly at: number; readonly run: () => void }>();

  function next(until: number): number | null {
    let first: number | null = null;
    for (const [id, { at }] of due) {
      const best = first === null ? undefined : due.get(first);
      if (at <= until && (best === undefined || at < best.at)) {
        first = id;
      }
    }
    return first;
  }
  return {
    clock: { now: () => now },
    timers: {
      after: (ms, run) => {
        order += 1;
        const id = order;
        due.set(id, { at: now + ms, run });
        return () => {
          due.delete(id);
        };
      },
    },
    pass: (ms) => {
      const until = now + ms;
      for (let id = next(until); id !== null; id = next(until)) {
        const timer = due.get(id);
        due.delete(id);
        now = Math.max(now, timer?.at ?? now);
        timer?.run();
      }
      now = until;
    },
  };
}
