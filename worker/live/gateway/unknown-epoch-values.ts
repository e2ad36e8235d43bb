/**
 * Latest values that came in another epoch than the known one: of a feed that was born anew, of a market that is becoming
 * active, or late ones of what is over. The feed's next answer tells them apart.
 */
import type { Fragment } from "../../app/ports/live.ts";

interface UnknownEpochValue {
  readonly fragment: Fragment;
  /** The value was here when the call on its way began. */
  readonly isAsked: boolean;
}

/** What the values came to. */
export interface SettledEpoch {
  readonly epoch: string | null;
  /** Of that epoch. */
  readonly fragments: readonly Fragment[];
  /** `false`: a value came after the call began, and the feed may have been born anew since its answer. */
  readonly isSettled: boolean;
}

/** At most one value a topic. */
export class UnknownEpochValues {
  readonly #byTopic = new Map<string, UnknownEpochValue>();
  /** Epochs of the market before a renewal. Where it is the same market again, its values are as true as before. */
  readonly #left = new Set<string>();

  get isEmpty(): boolean {
    return this.#byTopic.size === 0;
  }

  /** The market whose feed is in `epoch` may be active no more. */
  leave(epoch: string): void {
    this.#left.add(epoch);
  }

  /** Deliveries may arrive in another order. */
  add(fragment: Fragment): void {
    const known = this.#byTopic.get(fragment.topic)?.fragment;
    const isBehind =
      known !== undefined &&
      (known.epoch === fragment.epoch
        ? known.seq >= fragment.seq
        : this.#left.has(fragment.epoch) && !this.#left.has(known.epoch));
    if (!isBehind) {
      this.#byTopic.set(fragment.topic, { fragment, isAsked: false });
    }
  }

  /** A call to the feed begins. */
  markAsked(): void {
    for (const [topic, { fragment }] of this.#byTopic) {
      this.#byTopic.set(topic, { fragment, isAsked: true });
    }
  }

  /**
   * The feed's answer decides which epoch is the present one. Where the answer names no value (`answered` is `null`) the last
   * delivery of a market that was not left does, and without one the epoch stays what it was.
   */
  settle(answered: string | null, before: string | null): SettledEpoch {
    const fragments = Array.from(this.#byTopic.values(), ({ fragment }) => fragment);
    const last = fragments.findLast(({ epoch }) => !this.#left.has(epoch));
    const epoch = answered ?? last?.epoch ?? before;
    for (const [topic, { fragment, isAsked }] of this.#byTopic) {
      const isLate = answered !== null && this.#left.has(fragment.epoch);
      if (isAsked || isLate || fragment.epoch === epoch) {
        this.#byTopic.delete(topic);
      }
    }
    if (epoch !== null) {
      // A first value of the new market may have come before the switch.
      this.#left.delete(epoch);
    }
    return {
      epoch,
      fragments: fragments.filter((fragment) => fragment.epoch === epoch),
      isSettled: this.#byTopic.size === 0,
    };
  }
}
