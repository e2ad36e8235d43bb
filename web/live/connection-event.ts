/** What happens to a connection, and what it asks its shell to do. Time and chance travel as data. */

/** Whether values should be flowing. `unknown` before the feed's first message, `resting` out of session, `stalled` when the feed itself is stale. */
export type Flow = "unknown" | "flowing" | "resting" | "stalled";

/** `at` in milliseconds on the client's monotonic clock; `chance` uniform in [0, 1). `socket` is the number that `open` gave it. */
export type ConnectionEvent =
  | { readonly type: "want"; readonly at: number }
  | { readonly type: "release"; readonly at: number }
  | { readonly type: "opened"; readonly at: number; readonly socket: number }
  /** `data`: the frame brought something new, not only a sign of life. */
  | { readonly type: "frame"; readonly at: number; readonly socket: number; readonly data: boolean }
  | {
      readonly type: "closed";
      readonly at: number;
      readonly socket: number;
      readonly code: number;
      readonly reason: string;
      readonly chance: number;
    }
  /** Every topic has been answered since the socket opened. */
  | { readonly type: "caught_up"; readonly at: number; readonly messages: number; readonly reset: boolean }
  | { readonly type: "flow"; readonly at: number; readonly flow: Flow }
  | { readonly type: "online"; readonly at: number }
  | { readonly type: "offline"; readonly at: number }
  | { readonly type: "hidden"; readonly at: number }
  | { readonly type: "shown"; readonly at: number }
  /** No timer ran for a while. */
  | { readonly type: "awake"; readonly at: number }
  /** The monotonic clock may have stood still: what came before may be older than it seems. */
  | { readonly type: "leapt"; readonly at: number }
  /** For `ms` it did, since the server's statement before. */
  | { readonly type: "slept"; readonly at: number; readonly ms: number }
  | { readonly type: "pause"; readonly at: number }
  | { readonly type: "resume"; readonly at: number }
  /** The reader asks to try now. */
  | { readonly type: "retry"; readonly at: number }
  | { readonly type: "tick"; readonly at: number; readonly chance: number };

/** `socket` numbers the sockets of a page from 1, so that a late event of an earlier one is recognised. */
export type ConnectionEffect =
  | { readonly type: "open"; readonly socket: number }
  | { readonly type: "close"; readonly socket: number }
  | { readonly type: "ping" };
