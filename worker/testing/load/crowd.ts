/** Many sockets at one server, from this process: opened a bounded number at a time, each acknowledging what arrives. */
import { confirmAfter, confirmDue, nextAckAt, NO_ACKS, receive } from "../../protocol/messages/acks.ts";
import { MAX_TOPICS_A_MESSAGE, PING_TEXT } from "../../protocol/messages/client-message.ts";
import { RawSocket } from "./raw-socket.ts";

/** Handshakes that are under way at once. */
const AT_ONCE = 64;
const PING_MS = 25_000;
/** The number that stands first in every message of the bench's feed. */
const TICK = /^\[?\{"seq":(\d+)/;
/** Longest beginning of a frame that the number stands in. */
const TICK_BYTES = 64;
/** After how much the server wants an ack, in its greeting. */
const ACK_AFTER = /^\{"type":"connected",.*"ack_after":(\d+)/;

export interface CrowdOptions {
  readonly port: number;
  readonly path: string;
  readonly size: number;
  /** Subscribed to after the handshake, with acks; none for a server that knows no protocol. */
  readonly topics: readonly string[];
  /** A frame that begins with a tick's number; `before` is the number of that socket's frame before it, `at` milliseconds since the epoch. */
  tick(tick: number, at: number, before: number): void;
}

export function now(): number {
  return performance.timeOrigin + performance.now();
}

/** One socket of the crowd. Sends acks by the rule of the page. */
class Member {
  readonly #socket: RawSocket;
  #acks = NO_ACKS;
  #later: NodeJS.Timeout | null = null;
  #tick = 0;
  isOpen = false;

  constructor(options: CrowdOptions, settled: () => void) {
    this.#socket = new RawSocket(options.port, options.path, {
      open: () => {
        this.isOpen = true;
        for (let from = 0; from < options.topics.length; from += MAX_TOPICS_A_MESSAGE) {
          const topics = options.topics.slice(from, from + MAX_TOPICS_A_MESSAGE);
          this.send({ type: "subscribe", topics, ack: true });
        }
        settled();
      },
      frame: (length, head) => {
        const at = now();
        if (options.topics.length > 0) {
          this.#greet(head);
          this.#acks = receive(this.#acks, length, at);
          this.#confirm(at);
        }
        const tick = TICK.exec(head.toString("latin1", 0, TICK_BYTES))?.[1];
        if (tick !== undefined) {
          options.tick(Number(tick), at, this.#tick);
          this.#tick = Number(tick);
        }
      },
      closed: () => {
        this.isOpen = false;
        settled();
      },
    });
  }

  send(message: unknown): void {
    this.#socket.send(typeof message === "string" ? message : JSON.stringify(message));
  }

  destroy(): void {
    clearTimeout(this.#later ?? undefined);
    this.#socket.destroy();
  }

  #greet(head: Buffer): void {
    const stated = this.#acks.received === 0 ? ACK_AFTER.exec(head.toString("latin1"))?.[1] : undefined;
    if (stated !== undefined) {
      this.#acks = confirmAfter(this.#acks, Number(stated));
    }
  }

  #confirm(at: number): void {
    const due = nextAckAt(this.#acks);
    if (due === null || this.#later !== null) {
      return;
    }
    if (due <= at) {
      this.#acks = confirmDue(this.#acks, at);
      this.send({ type: "ack", bytes: this.#acks.confirmed });
    } else {
      this.#later = setTimeout(() => {
        this.#later = null;
        this.#confirm(now());
      }, due - at);
    }
  }
}

export class Crowd {
  readonly #options: CrowdOptions;
  readonly #members: Member[] = [];
  readonly #pings: NodeJS.Timeout;

  constructor(options: CrowdOptions) {
    this.#options = options;
    this.#pings = setInterval(() => {
      for (const member of this.#members.filter(({ isOpen }) => isOpen)) {
        member.send(PING_TEXT);
      }
    }, PING_MS);
  }

  get open(): number {
    return this.#members.filter(({ isOpen }) => isOpen).length;
  }

  /** Resolves with the milliseconds until every handshake had succeeded or failed. */
  async gather(): Promise<number> {
    const from = now();
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < this.#options.size) {
        const member = next;
        next += 1;
        await new Promise<void>((resolve) => {
          this.#members[member] = new Member(this.#options, resolve);
        });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    return now() - from;
  }

  leave(): void {
    clearInterval(this.#pings);
    for (const member of this.#members) {
      member.destroy();
    }
  }
}
