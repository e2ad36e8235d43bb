/** When to confirm what has arrived: the server stops sending to a reader that does not confirm (WS9). */

/** Confirm once this much has come: each `ack` costs the server a quarter of a frame. */
const ACK_BYTES = 65_536;
/** The shortest time between two of them: every message counts against the flood limit. */
const ACK_GAP_MS = 1_000;
/** A crowded server sends a reader less before it waits for an `ack`: this much is confirmed as soon as nothing more comes. */
const QUIET_BYTES = 32_768;
const QUIET_MS = 500;

/** `received` and `confirmed` count the text lengths of all frames of this socket; times in milliseconds. */
export interface Acks {
  readonly received: number;
  readonly receivedAt: number;
  readonly confirmed: number;
  readonly confirmedAt: number;
}

/** Of a socket that has just opened. */
export const NO_ACKS: Acks = { received: 0, receivedAt: -Infinity, confirmed: 0, confirmedAt: -Infinity };

/** After a frame whose text has `length` UTF-16 units, at `at` in milliseconds. */
export function receive(acks: Acks, length: number, at: number): Acks {
  return { ...acks, received: acks.received + length, receivedAt: at };
}

/** When the next `ack` is due by its amount; `null`: too little has come, and the next ping confirms it. */
export function nextAckAt({ received, receivedAt, confirmed, confirmedAt }: Acks): number | null {
  const open = received - confirmed;
  if (open < QUIET_BYTES) {
    return null;
  }
  return Math.max(confirmedAt + ACK_GAP_MS, open < ACK_BYTES ? receivedAt + QUIET_MS : -Infinity);
}

/** After an `ack` for everything received, sent at `at`. */
export function confirm(acks: Acks, at: number): Acks {
  return { ...acks, confirmed: acks.received, confirmedAt: at };
}
