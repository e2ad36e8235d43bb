/** The tick of latest values: what waits for it, the last of each topic (WS1), and how it is shared out. */
import type { Fragment } from "../../app/ports/live.ts";
import type { SubscriberGroup } from "./topic-index.ts";

/** The pace of latest values, in milliseconds; streams go at once. */
export const TICK_MS = 250;

interface Tick {
  /** The last value of each topic that changed. */
  readonly values: ReadonlyMap<string, Fragment>;
  /** Sessions to be looked at, whatever came. */
  readonly woken: ReadonlySet<string>;
  /** By session, which of the values it was sent by another way. */
  readonly sent: ReadonlyMap<string, ReadonlySet<Fragment>>;
}

/** Gathers what comes within one tick, so that a socket gets one frame for it. */
export class TickQueue {
  readonly #due: (tick: Tick) => void;
  #pending = new Map<string, Fragment>();
  #woken = new Set<string>();
  #sent = new Map<string, Set<Fragment>>();
  #isTicking = false;

  constructor(due: (tick: Tick) => void) {
    this.#due = due;
  }

  /** A timer is set, so the object will not sleep before the next tick. */
  get isTicking(): boolean {
    return this.#isTicking;
  }

  add(fragment: Fragment): void {
    this.#pending.set(fragment.topic, fragment);
    this.#schedule();
  }

  wake(session: string): void {
    this.#woken.add(session);
    this.#schedule();
  }

  /** The session has the value of the topic that waits; a later value goes to it again. */
  markSent(session: string, topic: string): void {
    const fragment = this.#pending.get(topic);
    if (fragment !== undefined) {
      const sent = this.#sent.get(session) ?? new Set<Fragment>();
      this.#sent.set(session, sent.add(fragment));
    }
  }

  forget(session: string): void {
    this.#woken.delete(session);
    this.#sent.delete(session);
  }

  /**
   * A value that comes after a rest goes out at once and begins a tick; a value that comes within a tick waits for its end. A
   * timer keeps the object awake, so there is one only within a tick.
   */
  #schedule(): void {
    if (!this.#isTicking) {
      this.#isTicking = true;
      setTimeout(() => this.#tick(), 0);
    }
  }

  #tick(): void {
    const tick = { values: this.#pending, woken: this.#woken, sent: this.#sent };
    this.#pending = new Map();
    this.#woken = new Set();
    this.#sent = new Map();
    this.#isTicking = tick.values.size > 0 || tick.woken.size > 0;
    if (this.#isTicking) {
      setTimeout(() => this.#tick(), TICK_MS);
      this.#due(tick);
    }
  }
}

/** `chosenBy`: the topics of the group whose whole share `fragments` are; `null`: they are this session's own share. */
type Push = (session: string, fragments: readonly Fragment[], chosenBy: ReadonlySet<string> | null) => void;

/**
 * Pushes once to each session with values, without those that it was sent by another way, and to each that is to be looked at.
 * A push may end sessions, and move others to other groups.
 */
export function fanOutTick(
  { values, woken, sent }: Tick,
  groupsOf: (topic: string) => Iterable<SubscriberGroup>,
  push: Push,
): void {
  // Value by value: a group costs what is due to it, however many values of others there are.
  const shares = new Map<SubscriberGroup, Fragment[]>();
  for (const [topic, value] of values) {
    for (const group of groupsOf(topic)) {
      const share = shares.get(group);
      if (share === undefined) {
        shares.set(group, [value]);
      } else {
        share.push(value);
      }
    }
  }
  const waiting = new Set(woken);
  for (const [{ topics, sessions }, share] of shares) {
    for (const session of sessions) {
      const known = sent.get(session);
      if (known === undefined) {
        push(session, share, topics);
      } else {
        const unknown = share.filter((fragment) => !known.has(fragment));
        push(session, unknown, null);
      }
      waiting.delete(session);
    }
  }
  for (const session of waiting) {
    push(session, [], null);
  }
}
