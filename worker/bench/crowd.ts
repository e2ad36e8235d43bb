/** Many sockets at one server, from this process: opens them at a bounded pace, confirms what arrives, and tells each frame. */
import { PING_TEXT } from "../protocol/client-message.ts";
import { RawSocket } from "./raw-socket.ts";

/** Handshakes that are under way at once. */
const AT_ONCE = 64;
const PING_MS = 25_000;
/** Confirmed as the page does it (`web/live/acks.ts`): so much has come, and not more often than this. */
const ACK_BYTES = 32_768;
const ACK_GAP_MS = 1_000;
/** The number that stands first in every message of the bench's feed. */
const TICK = /^\[?\{"seq":(\d+)/;

export interface CrowdOptions {
  readonly port: number;
  readonly path: string;
  readonly size: number;
  /** Subscribed to after the handshake, with acks; none for rooms that know no protocol. */
  readonly topics: readonly string[];
  /** A frame that begins with a tick's number; `at` in milliseconds since the epoch. */
  tick(member: number, tick: number, at: number): void;
  /** Every text frame, also that. */
  frame?(member: number, length: number, head: Buffer): void;
  closed?(member: number, code: number, status: number | null): void;
}

export function now(): number {
  return performance.timeOrigin + performance.now();
}

/** One of the crowd. Confirms as the page does, by the same rule. */
class Member {
  readonly #socket: RawSocket;
  #received = 0;
  #confirmed = 0;
  #confirmedAt = 0;
  isOpen = false;

  constructor(options: CrowdOptions, member: number, settled: () => void) {
    this.#socket = new RawSocket(options.port, options.path, {
      open: () => {
        this.isOpen = true;
        if (options.topics.length > 0) {
          this.say({ type: "subscribe", topics: options.topics, ack: true });
        }
        settled();
      },
      frame: (length, head) => {
        const at = now();
        this.#confirm(length, at, options.topics.length > 0);
        options.frame?.(member, length, head);
        const tick = TICK.exec(head.toString("latin1"))?.[1];
        if (tick !== undefined) {
          options.tick(member, Number(tick), at);
        }
      },
      closed: (code, status) => {
        this.isOpen = false;
        options.closed?.(member, code, status);
        settled();
      },
    });
  }

  say(message: unknown): void {
    this.#socket.say(typeof message === "string" ? message : JSON.stringify(message));
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #confirm(length: number, at: number, isAcking: boolean): void {
    this.#received += length;
    const isDue = this.#received - this.#confirmed >= ACK_BYTES && at - this.#confirmedAt >= ACK_GAP_MS;
    if (isAcking && isDue) {
      this.#confirmed = this.#received;
      this.#confirmedAt = at;
      this.say({ type: "ack", bytes: this.#confirmed });
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
        member.say(PING_TEXT);
      }
    }, PING_MS);
  }

  get open(): number {
    return this.#members.filter(({ isOpen }) => isOpen).length;
  }

  /** Resolves with how long it took, in milliseconds, when every handshake has ended one way or the other. */
  async gather(): Promise<number> {
    const from = now();
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < this.#options.size) {
        const member = next;
        next += 1;
        await new Promise<void>((resolve) => {
          this.#members[member] = new Member(this.#options, member, resolve);
        });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    return now() - from;
  }

  say(member: number, message: unknown): void {
    this.#members[member]?.say(message);
  }

  leave(): void {
    clearInterval(this.#pings);
    for (const member of this.#members) {
      member.destroy();
    }
  }
}
