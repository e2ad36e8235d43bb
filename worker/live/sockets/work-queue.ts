/**
 * What clients make an object do, in bounded pieces: a turn of the object does so much of it, and the rest waits for the next
 * one, so that values and the calls of others come between (WS16b).
 */

/** What a turn does, in UTF-16 units of frames: eight messages of 256 prices, a few milliseconds. Time stands still within a turn. */
const UNITS_A_TURN = 32_768;

/** Between two turns everything that came meanwhile is dealt with, however short the time is. */
const TURN_MS = 1;

/** Something that a client asked for; `units` as the UTF-16 units of a frame that costs as much. */
export interface Work {
  readonly units: number;
  readonly run: () => void;
}

export class WorkQueue {
  readonly #waiting = new Set<Work>();
  #left = UNITS_A_TURN;
  /** A timer is set. There is one only after work, because a timer keeps the object awake. */
  #isTurning = false;

  /** Does it at once where this turn has room, otherwise after what came before. Returns whether it waits. */
  add(work: Work): boolean {
    this.#schedule();
    if (this.#left > 0 && this.#waiting.size === 0) {
      this.#left -= work.units;
      work.run();
      return false;
    }
    this.#waiting.add(work);
    return true;
  }

  /** Nobody wants it any more. */
  drop(work: Work): void {
    this.#waiting.delete(work);
  }

  /** Another turn begins after it also where work throws. */
  #schedule(): void {
    if (!this.#isTurning) {
      this.#isTurning = true;
      setTimeout(() => this.#turn(), TURN_MS);
    }
  }

  #turn(): void {
    this.#isTurning = false;
    this.#left = UNITS_A_TURN;
    if (this.#waiting.size > 0) {
      this.#schedule();
    }
    for (const work of this.#waiting) {
      if (this.#left <= 0) {
        break;
      }
      this.#left -= work.units;
      this.drop(work);
      work.run();
    }
  }
}
