/**
 * One real client of a stream, comparing what its callback gets with the promise: every message once, in order, whatever
 * happened to the server (WS7). Keeps a number, not the messages.
 */
import type { LiveSocket, SocketConstructor } from "../../../web/live/ports.ts";
import type { Timers } from "../../../web/live/time.ts";
import { makeLiveSocket } from "../../../web/live/socket.ts";
import type { Update } from "../../../web/live/update.ts";
import { ordinalOf, STREAM } from "./wire-publisher.ts";

const timers: Timers = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** The page's own socket on Node; `random` in [0, 1) draws the pauses before a return. */
export function openLive(
  url: string,
  random: () => number,
  Socket: SocketConstructor = WebSocket,
): LiveSocket {
  return makeLiveSocket({
    url,
    clock: { now: () => performance.now(), wall: () => Date.now() },
    random,
    timers,
    WebSocket: Socket,
  });
}

export class WireReader {
  readonly #live: LiveSocket;
  readonly #name: string;
  /** Of the last message; `null` before the first. */
  last: number | null = null;
  messages = 0;
  /** One a recovery: milliseconds from the last message to the moment when every missed one was there. */
  readonly recoveries: number[] = [];
  readonly broken: string[] = [];

  /** When everything missed was there after the last `subscribe`, milliseconds on the clock of `performance`. */
  currentAt: number | null = null;

  constructor(name: string, live: LiveSocket) {
    this.#name = name;
    this.#live = live;
    this.#live.subscribe(STREAM, {
      message: (update) => {
        this.#take(update);
      },
      reset: () => {
        this.broken.push(`${this.#name}: had to begin anew after ${this.last}`);
      },
    });
    let known = this.#live.snapshot().connection.recovery;
    this.#live.watch(() => {
      const { recovery } = this.#live.snapshot().connection;
      if (recovery !== null && recovery !== known) {
        this.recoveries.push(recovery.gapMs);
        this.currentAt = performance.now();
      }
      known = recovery;
    });
  }

  get isOpen(): boolean {
    return this.#live.snapshot().connection.phase.name === "open";
  }

  close(): void {
    this.#live.close();
  }

  #take(update: Update): void {
    const ordinal = ordinalOf(update);
    const isFirst = this.last === null;
    if (ordinal === null || (!isFirst && "snapshot" in update && update.snapshot === true)) {
      this.broken.push(`${this.#name}: got ${JSON.stringify(update).slice(0, 120)} after ${this.last}`);
    } else if (this.last !== null && ordinal !== this.last + 1) {
      this.broken.push(`${this.#name}: ${ordinal} came after ${this.last}`);
    }
    this.last = ordinal ?? this.last;
    this.messages += 1;
  }
}
