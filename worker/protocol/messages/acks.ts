/** When to tell the server how much has arrived: it holds back what a reader does not confirm (WS9). */

/** Confirm once this much has come: each word costs the server a quarter of a frame. */
const ACK_BYTES = 65_536;
/** Not more often than this: every message counts against the flood limit. */
const ACK_GAP_MS = 1_000;
/** A crowded server gives a reader less, and then waits for its word: so much is confirmed as soon as nothing more comes. */
const QUIET_BYTES = 32_768;
const QUIET_MS = 500;

/** `received` and `confirmed` count the text lengths of all frames of this socket; times in milliseconds. */
export interface Acks {
  readonly received: number;
  readonly receivedAt: number;
  readonly confirmed: number;
  readonly confirmedAt: number;
}

export const NO_ACKS: Acks = { received: 0, receivedAt: -Infinity, confirmed: 0, confirmedAt: -Infinity };

export function receive(acks: Acks, length: number, at: number): Acks {
  return { ...acks, received: acks.received + length, receivedAt: at };
}

/** When the next `ack` is due by its amount; `null`: too little has come. The rest goes with the ping. */
export function nextAckAt({ received, receivedAt, confirmed, confirmedAt }: Acks): number | null {
  const open = received - confirmed;
  if (open < QUIET_BYTES) {
    return null;
  }
  return Math.max(confirmedAt + ACK_GAP_MS, open < ACK_BYTES ? receivedAt + QUIET_MS : -Infinity);
}

export function confirm(acks: Acks, at: number): Acks {
  return { ...acks, confirmed: acks.received, confirmedAt: at };
}
