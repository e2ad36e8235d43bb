/** A clock beside the machine's: shifted, or faster. The Worker's and its vendors' are set by the same three numbers. */
import type { Clock } from "../../app/ports/clock.ts";

/** Instants in milliseconds since the epoch. */
export interface TimeOptions {
  /** When the two clocks stood `shift` apart. */
  readonly origin: number;
  /** Milliseconds, negative for the past. */
  readonly shift: number;
  /** How often as fast. */
  readonly speed: number;
}

export class OtherTime implements Clock {
  readonly speed: number;
  readonly #options: TimeOptions;

  constructor(options: TimeOptions) {
    this.#options = options;
    this.speed = options.speed;
  }

  now(): number {
    const { origin, shift, speed } = this.#options;
    return Math.floor(origin + shift + (Date.now() - origin) * speed);
  }

  /** When it is so late here, by this machine's clock. */
  realOf(at: number): number {
    const { origin, shift, speed } = this.#options;
    return origin + (at - origin - shift) / speed;
  }

  /** The variables of `other-time-worker.ts`. */
  vars(): Readonly<Record<string, string>> {
    const { origin, shift, speed } = this.#options;
    return { TIME_ORIGIN: String(origin), TIME_SHIFT: String(shift), TIME_SPEED: String(speed) };
  }
}
