/** When to tell the server how much has arrived: it holds back what a reader does not confirm (WS9). */

/** Confirm once this much has come; the server stops at 256 KiB. */
const ACK_BYTES = 32_768;
/** Not more often than this: every message counts against the flood limit. */
const ACK_GAP_MS = 1_000;

/** `received` and `confirmed` count the text lengths of all frames of this socket. */
export interface Acks {
  readonly received: number;
  readonly confirmed: number;
  readonly confirmedAt: number;
}

export const NO_ACKS: Acks = { received: 0, confirmed: 0, confirmedAt: -Infinity };

export function receive(acks: Acks, length: number): Acks {
  return { ...acks, received: acks.received + length };
}

/** When the next `ack` is due by its amount; `null`: too little has come. The rest goes with the ping. */
export function nextAckAt(acks: Acks): number | null {
  return acks.received - acks.confirmed >= ACK_BYTES ? acks.confirmedAt + ACK_GAP_MS : null;
}

export function confirm(acks: Acks, at: number): Acks {
  return { ...acks, confirmed: acks.received, confirmedAt: at };
}
