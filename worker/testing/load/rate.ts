/** Moves every price at a fixed rate for as long as a measurement lasts. */
import { setTimeout as sleep } from "node:timers/promises";
import { now } from "./crowd.ts";

export interface Rate {
  readonly hz: number;
  readonly ticks: number;
  /** The number of the first tick. */
  readonly first: number;
  /** Makes one tick; resolves when the server has it. */
  readonly move: (tick: number) => Promise<void>;
  /** Each tick is made in its time, also while the server has not answered to the one before. */
  readonly isOpenLoop?: boolean;
  /** Called at each tick with the seconds since the beginning. */
  readonly watch?: (second: number) => void;
}

/** Resolves with the number of ticks that were made: one that the server is not ready for is skipped, but in an open loop. */
export async function keepRate({ hz, ticks, first, move, isOpenLoop, watch }: Rate): Promise<number> {
  const gap = 1_000 / hz;
  const from = now();
  let made = 0;
  const moving: Promise<void>[] = [];
  for (let n = 0; n < ticks; n++) {
    await sleep(Math.max(0, from + n * gap - now()));
    if (isOpenLoop) {
      moving.push(move(first + made));
      made += 1;
    } else if (now() < from + (n + 1) * gap) {
      await move(first + made);
      made += 1;
    }
    watch?.(n / hz);
  }
  await Promise.all(moving);
  return made;
}

/** The names of the first `count` prices of a measurement. */
export function priceTopics(count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => `price:D${String(i).padStart(5, "0")}`);
}
