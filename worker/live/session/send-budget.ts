/**
 * How much one socket may have on its way (WS9d). The platform does not show what a client has read, and an object that holds
 * what nobody reads dies of it with all its sockets: so the whole is fixed, and each socket gets an equal share of it.
 */

/** WS9: what may be sent and not acknowledged, in UTF-16 units of frames; beyond it a socket is lagging. */
export const WINDOW = 262_144;
/** What all sockets that ack may have on their way together. */
const ALL_WINDOWS = 83_886_080;
/** A client that never acks may have read nothing of what it was sent: it is closed after this much... */
const NEVER_ACKED = 8_388_608;
/** ...or after its share of this, once all such clients together were sent more. */
const ALL_NEVER_ACKED = 16_777_216;

/** How many sockets an object has, and among them those that never acked. */
export interface Load {
  readonly sockets: number;
  readonly unacked: number;
  /** UTF-16 units sent to the unacked ones. */
  readonly unackedSent: number;
}

/** Limits of one socket, in UTF-16 units of frames. */
export interface SendBudget {
  /** A reader that has more than this on its way waits until it has confirmed. */
  readonly window: number;
  /** A client that never acked is closed after this much. */
  readonly unconfirmed: number;
}

/** At 2,000 sockets a window is 40 KiB, which is more than a page of ours confirms at a time (`protocol/acks.ts`). */
export function sendBudgetOf({ sockets, unacked, unackedSent }: Load): SendBudget {
  return {
    window: Math.min(WINDOW, ALL_WINDOWS / Math.max(1, sockets)),
    unconfirmed: unackedSent > ALL_NEVER_ACKED ? ALL_NEVER_ACKED / Math.max(1, unacked) : NEVER_ACKED,
  };
}
