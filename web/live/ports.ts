/** What a live socket takes from its platform, so that a browser, Node and a simulated world can all give it. */

export interface Clock {
  /** Milliseconds, only compared with each other. */
  now(): number;
}

export interface Timers {
  /** Runs once after `ms`; returns how to cancel. */
  after(ms: number, run: () => void): () => void;
}

/** The part of a WebSocket that is used. */
export interface SocketLike {
  addEventListener(type: "open", listener: () => void): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(
    type: "close",
    listener: (event: { readonly code: number; readonly reason: string }) => void,
  ): void;
  /** 1 while it is open, 2 and 3 from its end on, before its `close` event. */
  readonly readyState: number;
  /** Only for a socket that is open: before, it throws; after, a browser drops it and complains. */
  send(text: string): void;
  close(code?: number): void;
}

export type SocketConstructor = new (url: string) => SocketLike;
