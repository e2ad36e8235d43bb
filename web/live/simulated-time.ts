/** Time that passes only as a test lets it: clocks and timers that fire in order, whatever the machine does. */
import type { Clock, Timers } from "./time.ts";

/** Both ports of time, and the hand that moves them. */
export interface SimulatedTime {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Milliseconds since the epoch by the server's clock, which no sleep stops and nobody sets. */
  server(): number;
  /** Lets `ms` pass; timers that come due on the way run at their moment. */
  pass(ms: number): void;
  /** Lets `ms` pass without a timer: what came due meanwhile runs with the next `pass`. `isStopped`: as on a platform whose monotonic clock stands still in a sleep. */
  sleep(ms: number, isStopped: boolean): void;
  /** Sets the machine's own clock forward by `ms`, or back by a negative number. */
  set(ms: number): void;
}

/** What the monotonic clock shows at first: no moment of any calendar. */
const ORIGIN_MS = 5_000;

/** `start`: the server's time at first, in milliseconds since the epoch. */
export function makeSimulatedTime(start = 1_000_000): SimulatedTime {
  let now = ORIGIN_MS;
  let stopped = 0;
  let ahead = 0;
  let order = 0;
  const due = new Map<number, { readonly at: number; readonly run: () => void }>();

  function server(): number {
    return start - ORIGIN_MS + now + stopped;
  }
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
    clock: { now: () => now, wall: () => server() + ahead },
    server,
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
    sleep: (ms, isStopped) => {
      if (isStopped) {
        stopped += ms;
      } else {
        now += ms;
      }
    },
    set: (ms) => {
      ahead += ms;
    },
  };
}
