/** When to confirm what has arrived: the server stops sending to a reader that does not confirm (WS9). */

/** Confirm once this much has come, where the server does not state more: an `ack` costs the server half a frame of 15 KB. */
const ACK_AFTER = 65_536;
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
  /** An `ack` is due once this much is open. */
  readonly after: number;
}

/** Of a socket that has just opened. */
export const NO_ACKS: Acks = {
  received: 0,
  receivedAt: -Infinity,
  confirmed: 0,
  confirmedAt: -Infinity,
  after: ACK_AFTER,
};

/** The server has stated after how much it wants an `ack`; an older one states nothing. */
export function confirmAfter(acks: Acks, stated: number | undefined): Acks {
  return { ...acks, after: Math.max(ACK_AFTER, stated ?? ACK_AFTER) };
}

/** After a frame whose text has `length` UTF-16 units, at `at` in milliseconds. */
export function receive(acks: Acks, length: number, at: number): Acks {
  return { ...acks, received: acks.received + length, receivedAt: at };
}

/** When the next `ack` is due by its amount; `null`: too little has come, and the next ping confirms it. */
export function nextAckAt({ received, receivedAt, confirmed, confirmedAt, after }: Acks): number | null {
  const open = received - confirmed;
  if (open < QUIET_BYTES) {
    return null;
  }
  return Math.max(confirmedAt + ACK_GAP_MS, open < after ? receivedAt + QUIET_MS : -Infinity);
}

/** After an `ack` for everything received, sent at `at`. */
export function confirm(acks: Acks, at: number): Acks {
  return { ...acks, confirmed: acks.received, confirmedAt: at };
}

/** After an `ack` that was due. Where the server fell silent before, it may have waited: from then on it gets one earlier. */
export function confirmDue(acks: Acks, at: number): Acks {
  const wasQuiet = acks.received - acks.confirmed < acks.after;
  return confirm(wasQuiet ? { ...acks, after: ACK_AFTER } : acks, at);
}
