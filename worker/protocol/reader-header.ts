/** Who reads, as the route in front states it to the object that takes a socket (RD6). */

/** Set, or removed, by the route in front on every upgrade. */
export const SOCKET_READER_HEADER = "X-Socket-Reader";

/** A client with the owner's token: it has no session that could end. */
export const OWNER_READER = "owner";

/** A reader that has logged in. */
export interface ReaderSession {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

export function encodeReader({ id, until }: ReaderSession): string {
  return `${until} ${id}`;
}

const TEXT = /^(\d{1,15}) ([\w-]{1,64})$/;

/** `null` for the owner and for whatever is no session. */
export function parseReader(text: string): ReaderSession | null {
  const [, until, id] = TEXT.exec(text) ?? [];
  return until === undefined || id === undefined ? null : { id, until: Number(until) };
}
