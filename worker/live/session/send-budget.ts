/**
 * How much one socket may have on its way (WS9d). The platform does not show what a client has read, and an object that holds
 * what nobody reads dies of it with all its sockets: so the whole is fixed, and each socket gets an equal share of it.
 */

/** WS9: what may be sent and not acknowledged, in UTF-16 units of frames; beyond it a socket is lagging. */
export const WINDOW = 262_144;
/** What all sockets that ack may have on their way together. */
const ALL_WINDOWS = 83_886_080;
/** Of it, what each socket has for itself: an equal share where an object is full (2,000 sockets). */
const OWN_WINDOW = ALL_WINDOWS / 2_000;
/** The rest is lent: a socket may borrow at most this part of what is left, so that there is always some left. */
const LENT = 1 / 16;
/** After how much a client has to confirm. In the mean half of it is unconfirmed, and what is on its way besides. */
const CONFIRM: readonly [least: number, most: number] = [65_536, 114_688];
/** Of an equal share: with more, readers that are late by half a second borrow all there is, and wait for each other. */
const CONFIRM_SHARE = 0.8;
/** A client that never acks may have read nothing of what it was sent: it is closed after this much... */
const NEVER_ACKED = 8_388_608;
/** ...or after its share of this, once all such clients together were sent more. */
const ALL_NEVER_ACKED = 16_777_216;

/** How many sockets an object has, what they have borrowed, and among them those that never acked. */
export interface Load {
  readonly sockets: number;
  /** Sum of {@link borrowedOf} of the sockets that ack. */
  readonly borrowed: number;
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

/** Of what a socket has on its way, what is not its own share. */
export function borrowedOf(outstanding: number): number {
  return Math.max(0, outstanding - OWN_WINDOW);
}

/** A socket that stands still can take what is lent, and never what another has for itself. */
export function sendBudgetOf({ sockets, borrowed, unacked, unackedSent }: Load): SendBudget {
  const left = Math.max(0, ALL_WINDOWS - OWN_WINDOW * sockets - borrowed);
  return {
    window: Math.min(WINDOW, OWN_WINDOW + left * LENT),
    unconfirmed: unackedSent > ALL_NEVER_ACKED ? ALL_NEVER_ACKED / Math.max(1, unacked) : NEVER_ACKED,
  };
}

/** The amount that `connected` names (WS9e), in UTF-16 units. */
export function confirmAfter(sockets: number): number {
  const [least, most] = CONFIRM;
  return Math.min(most, Math.max(least, Math.floor((CONFIRM_SHARE * ALL_WINDOWS) / Math.max(1, sockets))));
}
