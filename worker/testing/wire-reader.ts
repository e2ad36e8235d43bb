/**
 * One real client of a stream, holding what its callback gets against the promise: every message once, in order, whatever
 * happened to the server (WS7). Keeps a number, not the messages.
 */
import { type LiveSocket, makeLiveSocket } from "../../web/live/socket.ts";
import type { Timers } from "../../web/live/ports.ts";
import type { Update } from "../../web/live/update.ts";
import { ordinalOf, STREAM } from "./wire-publisher.ts";

/** Full jitter goes up to 20 s; a draw of at most this share of it keeps every pause under 500 ms. */
const SHORT_PAUSES = 500 / 20_000;

const timers: Timers = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};

export class WireReader {
  readonly #live: LiveSocket;
  readonly #name: string;
  /** Of the last message; `null` before the first. */
  last: number | null = null;
  messages = 0;
  /** Milliseconds from the last sign of life to everything made up for, one a recovery. */
  readonly recoveries: number[] = [];
  readonly broken: string[] = [];

  constructor(name: string, url: string, random: () => number) {
    this.#name = name;
    this.#live = makeLiveSocket({
      url,
      clock: { now: () => performance.now() },
      random: () => random() * SHORT_PAUSES,
      timers,
      WebSocket,
    });
    this.#live.subscribe(STREAM, {
      message: (update) => {
        this.#take(update);
      },
      reset: () => {
        this.broken.push(`${this.#name}: was told to begin anew after ${this.last}`);
      },
    });
    let told = this.#live.snapshot().connection.recovery;
    this.#live.watch(() => {
      const { recovery } = this.#live.snapshot().connection;
      if (recovery !== null && recovery !== told) {
        this.recoveries.push(recovery.gapMs);
      }
      told = recovery;
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
