/** One timer for the earliest of many things that are due. */
import type { Timers } from "./time.ts";

/** Runs at most once a moment that it is armed for; armed again for later, it keeps the earlier one. */
export class DueTimer {
  readonly #now: () => number;
  readonly #timers: Timers;
  readonly #run: () => void;
  #armed: { readonly at: number; readonly cancel: () => void } | null = null;

  constructor(now: () => number, timers: Timers, run: () => void) {
    this.#now = now;
    this.#timers = timers;
    this.#run = run;
  }

  /** Runs at the earliest of `due`, in milliseconds on the clock of `now`, or before; `null`: never. */
  arm(due: readonly (number | null)[]): void {
    const at = Math.min(...due.map((time) => time ?? Infinity));
    if (at === Infinity || (this.#armed !== null && this.#armed.at <= at)) {
      return;
    }
    this.cancel();
    const cancel = this.#timers.after(Math.max(0, at - this.#now()), () => {
      this.#armed = null;
      this.#run();
    });
    this.#armed = { at, cancel };
  }

  cancel(): void {
    this.#armed?.cancel();
    this.#armed = null;
  }
}
