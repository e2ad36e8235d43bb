/** Latest values waiting for the next tick, the last of each topic for each session (WS1). */
import type { Fragment } from "../app/ports/live.ts";

/** Latest values wait for the next of these; streams go at once. */
export const TICK_MS = 250;

export class TickQueue {
  readonly #due: (session: string, fragments: readonly Fragment[]) => void;
  readonly #waiting = new Map<string, Map<string, Fragment>>();
  #isTicking = false;

  constructor(due: (session: string, fragments: readonly Fragment[]) => void) {
    this.#due = due;
  }

  add(session: string, fragment: Fragment): void {
    this.#of(session).set(fragment.topic, fragment);
  }

  /** Looks at the session with the next tick, whatever comes. */
  wake(session: string): void {
    this.#of(session);
  }

  /** The session has been told of the topic by another way. */
  drop(session: string, topic: string): void {
    this.#waiting.get(session)?.delete(topic);
  }

  forget(session: string): void {
    this.#waiting.delete(session);
  }

  #of(session: string): Map<string, Fragment> {
    const known = this.#waiting.get(session) ?? new Map<string, Fragment>();
    this.#waiting.set(session, known);
    this.#schedule();
    return known;
  }

  /**
   * What comes after a rest goes out at once, and begins a tick; what comes within one waits for its end. A timer keeps the
   * object awake, so there is one only within a tick.
   */
  #schedule(): void {
    if (!this.#isTicking) {
      this.#isTicking = true;
      setTimeout(() => this.#tick(), 0);
    }
  }

  #tick(): void {
    const due = Array.from(this.#waiting);
    this.#waiting.clear();
    this.#isTicking = due.length > 0;
    if (this.#isTicking) {
      setTimeout(() => this.#tick(), TICK_MS);
    }
    for (const [session, fragments] of due) {
      this.#due(session, Array.from(fragments.values()));
    }
  }
}
