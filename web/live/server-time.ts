/** What time it is by the server's clock, from what the server stated and the monotonic time since: no set clock moves it. */
import type { Clock } from "./time.ts";

/** A machine's own clock that is further ahead of the monotonic one was set, or the machine slept: which, only the server knows. */
export const LEAP_MS = 10_000;

/** All three are differences to the monotonic clock: the server's time lies between `low` and `high`. */
interface Known {
  readonly low: number;
  readonly high: number;
  /** The machine's own clock. */
  readonly wall: number;
}

/** What the page knows of the server's clock. */
export interface ServerTime {
  /**
   * Takes the server's `stated` time (ISO 8601), made between `askedAt` on the monotonic clock and now. Returns how many
   * milliseconds the monotonic clock stood still since the statement before: the server and the machine's own clock agree on
   * them.
   */
  learn(stated: string, askedAt: number): number;
  /** Milliseconds since the epoch: by the machine's own clock before the first statement, `null` while it may have slept. */
  now(): number | null;
  /** The server has stated it, and nothing has cast doubt on it since. */
  isKnown(): boolean;
}

/** Knows nothing at first. */
export function makeServerTime(clock: Clock): ServerTime {
  let known: Known | null = null;

  function wall(): number {
    return clock.wall() - clock.now();
  }
  function hasLeapt(): boolean {
    return known !== null && wall() - known.wall > LEAP_MS;
  }
  return {
    learn: (stated, askedAt) => {
      const before = known;
      const at = Date.parse(stated);
      const next = { low: at - clock.now(), high: at - askedAt, wall: wall() };
      const low = Math.max(next.low, before?.low ?? -Infinity);
      const high = Math.min(next.high, before?.high ?? Infinity);
      // The narrowest bounds that all statements allow; one that contradicts them begins anew.
      known = low <= high ? { ...next, low, high } : next;
      return before === null ? 0 : Math.max(0, Math.min(next.low - before.high, next.wall - before.wall));
    },
    now: () => {
      if (known === null) {
        return clock.wall();
      }
      // Set back: a sleep after it shows as a leap from here.
      known = { ...known, wall: Math.min(known.wall, wall()) };
      return hasLeapt() ? null : clock.now() + (known.low + known.high) / 2;
    },
    isKnown: () => known !== null && !hasLeapt(),
  };
}
