/** AL8, AL9: when what was gathered becomes a message, and when a message that did not arrive is sent again. Times in milliseconds. */

/** A rule that matched nothing for so long has its message. */
const GATHER_MS = 1_000;
/** However much a rule matches, a message gathers no longer. */
const LONGEST_MS = 60_000;
/** Messages of one rule in a minute; what comes beyond them joins the next one. */
const MOST_A_MINUTE = 5;
const MINUTE_MS = 60_000;

/** What decides when a group of events becomes a message. */
export interface Gathering {
  /** When its first and its last event came. */
  readonly openedAt: number;
  readonly lastAt: number;
  /** When earlier messages of the rule were closed, oldest first. */
  readonly earlier: readonly number[];
}

export function messageDue({ openedAt, lastAt, earlier }: Gathering): number {
  const due = Math.min(lastAt + GATHER_MS, openedAt + LONGEST_MS);
  const oldest = earlier.at(-MOST_A_MINUTE);
  return oldest === undefined ? due : Math.max(due, oldest + MINUTE_MS);
}

/** Attempts of one message to one receiver. */
export const MOST_ATTEMPTS = 8;
const FIRST_RETRY_MS = 5_000;
const RETRY_FACTOR = 3;
const LAST_RETRY_MS = 3_600_000;
/** Share of a wait by which it is longer or shorter, so that what failed together does not come again together. */
const JITTER = 0.2;
/** A message that is older is no news. */
export const TOO_OLD_MS = 86_400_000;

/** A failed attempt: its number from 1, and what the receiver asked for. */
export interface FailedAttempt {
  readonly attempt: number;
  readonly createdAt: number;
  readonly now: number;
  /** `null` when it asked for no wait. */
  readonly afterMs: number | null;
  /** In [0, 1). */
  readonly random: number;
}

/** `null`: it is given up. A receiver that asks for a longer wait gets it. */
export function retryAt({ attempt, createdAt, now, afterMs, random }: FailedAttempt): number | null {
  const wait = Math.min(FIRST_RETRY_MS * RETRY_FACTOR ** (attempt - 1), LAST_RETRY_MS);
  const at = now + Math.max(wait * (1 + JITTER * (2 * random - 1)), afterMs ?? 0);
  return attempt >= MOST_ATTEMPTS || at > createdAt + TOO_OLD_MS ? null : Math.round(at);
}
