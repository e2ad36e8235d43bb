/** What a live socket takes from its platform, so that a browser, Node and a simulated world can all give it; and what it offers. */
import type { Connected } from "../../worker/protocol/messages/session-message.ts";
import type { Connection } from "./connection-state.ts";
import type { ServerTime } from "./server-time.ts";
import type { Clock, Timers } from "./time.ts";
import type { TopicListener } from "./update.ts";
import type { Wake } from "./wake.ts";

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

/** `WebSocket` of a browser, or a simulated one. */
export type SocketConstructor = new (url: string) => SocketLike;

/** What one socket is made of. */
export interface LiveSocketOptions {
  /** `ws://host/ws`. */
  readonly url: string;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly timers: Timers;
  readonly WebSocket: SocketConstructor;
  /** Wraps all deliveries of one frame; a view library batches them here. */
  readonly around?: (deliver: () => void) => void;
}

/** One reference to a topic; the topic is left when its last one is gone. */
export interface Subscription {
  /** Gives up the reference; a second time changes nothing. */
  release(): void;
  /** Whether what was delivered is the server's state, as far as its messages show. */
  isCurrent(): boolean;
  /** Asks for the whole again. */
  renew(): void;
}

/** The state of a socket at one moment; never changed afterwards. */
export interface LiveSnapshot {
  readonly connection: Connection;
  /** The server's greeting; `null` before the first connection. */
  readonly hello: Connected | null;
  /** Changes held back by a pause. */
  readonly waiting: number;
}

/** What a page may ask of its socket. */
export interface LiveSocket {
  /** `listener` gets the messages of the topic, in order. A text that names no topic is refused by the server, not here. */
  subscribe(topic: string, listener: TopicListener): Subscription;
  /** The state now; listeners of `watch` run when it may have changed. */
  snapshot(): LiveSnapshot;
  /** Returns how to stop. */
  watch(listener: () => void): () => void;
  readonly serverTime: Pick<ServerTime, "now" | "isKnown">;
  /** The server has `stated` its time (ISO 8601) between `askedAt` and now, elsewhere than in a greeting. */
  learnTime(stated: string, askedAt: number): void;
  wake(wake: Wake): void;
  pause(): void;
  resume(): void;
  /** Tries now, also after a refusal. */
  retry(): void;
  /** For ever: nothing is delivered or opened afterwards. */
  close(): void;
}
