/** A clock that the test drives: whoever waits on it moves it. */
import type { Clock } from "../../app/ports/clock.ts";

export class VirtualClock implements Clock {
  #now: number;

  /** Milliseconds since the epoch. */
  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  /** Also backwards, to begin another scene. */
  moveTo(at: number): void {
    this.#now = at;
  }

  advance(ms: number): void {
    this.#now += ms;
  }

  /** A wait takes no time but the clock's own. */
  readonly wait = async (ms: number): Promise<void> => {
    this.advance(ms);
    await Promise.resolve();
  };
}
