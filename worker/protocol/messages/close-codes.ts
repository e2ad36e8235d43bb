/**
 * Why a socket was closed, by number. The class is what the client does next: below 4000 and 40xx stop and show it to the
 * reader, 41xx come back later, 42xx come back at once (WS11).
 */
export const CLOSE = {
  binary: { code: 1003, reason: "text frames only" },
  tooBig: { code: 1009, reason: "at most 16384 characters a frame" },
  version: { code: 4000, reason: "another version of the protocol" },
  idle: { code: 4001, reason: "nothing subscribed within 30 s" },
  forbidden: { code: 4003, reason: "this origin may not connect" },
  rate: { code: 4100, reason: "too many messages" },
  slow: { code: 4101, reason: "too slow, or silent" },
  full: { code: 4103, reason: "full, come back later" },
  drain: { code: 4201, reason: "moving, come back" },
} as const satisfies Readonly<Record<string, { readonly code: number; readonly reason: string }>>;

export type CloseName = keyof typeof CLOSE;
