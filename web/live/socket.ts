/**
 * One live socket for a page: the thin shell round the connection machine and the subscriptions. It performs effects and
 * arms one timer for the next thing due.
 */
import { CLOSE } from "../../worker/protocol/messages/codes.ts";
import { decodeServer } from "../../worker/protocol/messages/codec.ts";
import type { Connected } from "../../worker/protocol/messages/session-message.ts";
import { nextTickAt, step } from "./connection.ts";
import { type Connection, IDLE } from "./connection-state.ts";
import type { ConnectionEffect, ConnectionEvent } from "./connection-event.ts";
import { takeMessage } from "./inbox.ts";
import { DueTimer } from "./due-timer.ts";
import { type Link, makeLink } from "./link.ts";
import type { LiveSnapshot, LiveSocket, LiveSocketOptions, Subscription } from "./ports.ts";
import { makeServerTime, type ServerTime } from "./server-time.ts";
import { makeSubscriptions } from "./subscriptions.ts";
import { makeTopicListeners } from "./topic-listeners.ts";
import type { TopicListener } from "./update.ts";
import type { Wake } from "./wake.ts";

/** Changes of what is wanted are sent at most this often, because every message counts against the flood limit. */
const FLUSH_GAP_MS = 1_000;

/**
 * Opens nothing before the first subscription, and closes a little after the last. A failure is a state, never thrown.
 *
 * @example
 * const live = makeLiveSocket({ url, clock, timers, random: Math.random, WebSocket });
 * const prices = live.subscribe("price:005930", { message: (update) => show(update) });
 * prices.release();
 */
export function makeLiveSocket(options: LiveSocketOptions): LiveSocket {
  return new LiveSocketShell(options);
}

class LiveSocketShell implements LiveSocket {
  readonly #options: LiveSocketOptions;
  readonly #link: Link;
  readonly #subscriptions = makeSubscriptions();
  readonly #listeners = makeTopicListeners();
  readonly #watchers = new Set<() => void>();
  readonly #timer: DueTimer;
  readonly #around: (deliver: () => void) => void;
  readonly serverTime: ServerTime;
  #connection: Connection = IDLE;
  #hello: Connected | null = null;
  /** The last socket on which the server has sent its greeting. */
  #greeted = 0;
  #flushedAt = -Infinity;
  #openedAt = 0;
  #isClosed = false;

  constructor(options: LiveSocketOptions) {
    this.#options = options;
    const now = (): number => this.#now;
    this.#link = makeLink(options.WebSocket, options.url, now);
    this.#around = options.around ?? ((deliver) => deliver());
    this.serverTime = makeServerTime(options.clock);
    this.#timer = new DueTimer(now, options.timers, () => {
      this.#flush();
      this.#link.confirmDue(this.#now);
      this.#tick();
    });
  }

  subscribe(topic: string, listener: TopicListener): Subscription {
    const last = this.#subscriptions.want(topic);
    this.#listeners.renew(topic);
    const leave = this.#listeners.add(topic, listener);
    if (last !== null) {
      listener.message(last);
    }
    this.#on({ type: "want", at: this.#now });
    let isHeld = true;
    return {
      release: () => {
        if (isHeld) {
          isHeld = false;
          leave();
          this.#release(topic);
        }
      },
      isCurrent: () => this.#isOpen && this.#subscriptions.isCurrent(topic),
      renew: () => {
        this.#subscriptions.renew(topic);
        this.#listeners.renew(topic);
        this.#arm();
      },
    };
  }

  snapshot(): LiveSnapshot {
    return { connection: this.#connection, hello: this.#hello, waiting: this.#listeners.waiting };
  }

  watch(listener: () => void): () => void {
    this.#watchers.add(listener);
    return () => {
      this.#watchers.delete(listener);
    };
  }

  wake(wake: Wake): void {
    // A sleep stops a machine's timers, and not everywhere its clock: what came due meanwhile is due now, before anything on its way.
    this.#timer.cancel();
    this.#tick();
    this.#on({ type: wake, at: this.#now });
  }

  learnTime(stated: string, askedAt: number): void {
    this.#on({ type: "slept", at: this.#now, ms: this.serverTime.learn(stated, askedAt) });
  }

  pause(): void {
    this.#listeners.pause();
    this.#on({ type: "pause", at: this.#now });
  }

  resume(): void {
    this.#around(() => {
      this.#listeners.resume();
    });
    this.#on({ type: "resume", at: this.#now });
  }

  retry(): void {
    this.#on({ type: "retry", at: this.#now });
  }

  close(): void {
    this.#isClosed = true;
    this.#timer.cancel();
    this.#watchers.clear();
    this.#link.close();
  }

  get #now(): number {
    return this.#options.clock.now();
  }

  get #isOpen(): boolean {
    return this.#connection.phase.name === "open";
  }

  #tick(): void {
    this.#on({ type: "tick", at: this.#now, chance: this.#options.random() });
  }

  #release(topic: string): void {
    this.#subscriptions.release(topic, this.#now);
    if (this.#subscriptions.size === 0) {
      this.#on({ type: "release", at: this.#now });
    }
    this.#arm();
  }

  #on(event: ConnectionEvent): void {
    if (this.#isClosed) {
      return;
    }
    const wasOpen = this.#isOpen;
    const before = this.#connection;
    const [next, effects] = step(before, event);
    this.#connection = next;
    if (wasOpen && !this.#isOpen) {
      this.#subscriptions.lost();
    }
    for (const effect of effects) {
      this.#perform(effect);
    }
    if (next !== before) {
      for (const watcher of this.#watchers) {
        watcher();
      }
    }
    this.#arm();
  }

  #perform(effect: ConnectionEffect): void {
    if (effect.type === "open") {
      this.#open(effect.socket);
    } else if (effect.type === "close") {
      this.#link.close();
    } else {
      this.#link.ping(this.#now);
    }
  }

  #open(socket: number): void {
    this.#flushedAt = -Infinity;
    this.#openedAt = this.#now;
    this.#link.open({
      opened: () => {
        this.#on({ type: "opened", at: this.#now, socket });
      },
      frame: (text) => {
        this.#onFrame(socket, text);
      },
      closed: (code, reason) => {
        const chance = this.#options.random();
        this.#on({ type: "closed", at: this.#now, socket, code, reason, chance });
      },
    });
  }

  #onFrame(socket: number, text: string): void {
    if (this.#isClosed || !this.#isOpen) {
      return;
    }
    const at = this.#now;
    const messages = decodeServer(text)?.messages ?? [];
    if (this.#greeted !== socket && messages[0]?.type !== "connected") {
      this.#refuse(socket);
      return;
    }
    this.#greeted = socket;
    let hasData = false;
    this.#around(() => {
      for (const message of messages) {
        const { data, flow, hello } = takeMessage(message, at, this.#subscriptions, this.#listeners);
        hasData ||= data;
        if (hello !== undefined) {
          this.#hello = hello;
          this.#link.confirmAfter(hello.ack_after);
          this.learnTime(hello.server_time, this.#openedAt);
        }
        if (flow !== undefined) {
          this.#on({ type: "flow", at, flow });
        }
      }
    });
    this.#on({ type: "frame", at, socket, data: hasData });
    const recovered = this.#connection.lostAt === null ? null : this.#subscriptions.settled();
    if (recovered !== null) {
      this.#on({ type: "caught_up", at, ...recovered });
    }
  }

  /** WS2: the first message is `connected`. A server whose greeting cannot be read speaks another protocol. */
  #refuse(socket: number): void {
    const { code, reason } = CLOSE.version;
    this.#link.close();
    this.#on({ type: "closed", at: this.#now, socket, code, reason, chance: 0 });
  }

  #flush(): void {
    const now = this.#now;
    if (this.#isOpen && now >= this.#flushedAt + FLUSH_GAP_MS) {
      for (const message of this.#subscriptions.flush(now)) {
        this.#flushedAt = now;
        this.#link.send(message);
      }
    }
  }

  /** A timer that fires too early does nothing. */
  #arm(): void {
    if (this.#isClosed) {
      return;
    }
    const due = [nextTickAt(this.#connection)];
    if (this.#isOpen) {
      const flushAt = this.#subscriptions.nextFlushAt();
      const mayFlushAt = this.#flushedAt + FLUSH_GAP_MS;
      due.push(this.#link.nextConfirmAt(), flushAt === null ? null : Math.max(flushAt, mayFlushAt));
    }
    this.#timer.arm(due);
  }
}
