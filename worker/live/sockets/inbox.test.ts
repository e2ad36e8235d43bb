/** What an object reads of its sockets, when, and what it does not read. */
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, it, vi } from "vitest";
import { AT } from "../../testing/stage/played-session.ts";
import { standForSocket } from "../../testing/wire/world/stand-in.ts";
import { Inbox } from "./inbox.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const LONG = "x".repeat(16_384);

/** An inbox with what was read (`n`), and answered unread (`-n`), of frames that are numbered from 1. */
class Filled {
  readonly inbox = new Inbox();
  readonly sockets = Array.from({ length: 300 }, () =>
    standForSocket({ serializeAttachment: () => undefined }),
  );
  readonly read: number[] = [];
  #sent = 0;

  send(socket: number, data: string | ArrayBuffer, address: string | null = null, at = AT): void {
    this.#sent += 1;
    const number = this.#sent;
    this.inbox.receive({ socket: this.of(socket), address, data, at }, (isTooMuch) => {
      this.read.push(isTooMuch ? -number : number);
    });
  }

  of(socket: number): WebSocket {
    const found = this.sockets[socket];
    if (found === undefined) {
      throw new Error("There is no such socket");
    }
    return found;
  }
}

describe("Inbox", () => {
  it("[WS16b] reads an ack of another socket at once, and one behind a longer frame after that", ({
    expect,
  }) => {
    const filled = new Filled();
    [LONG, LONG, LONG].forEach((text) => filled.send(0, text));
    filled.send(0, "ack");
    filled.send(1, "ack");
    filled.send(0, new ArrayBuffer(1));
    filled.send(2, `${LONG}x`);
    expect(filled.read).toEqual([1, 2, 5, 6, 7]);
    vi.runAllTimers();
    expect(filled.read).toEqual([1, 2, 5, 6, 7, 3, 4]);
  });

  it("[WS16b] keeps 64 Ki units of a socket and 4 Mi of all, and answers what is beyond as not read", ({
    expect,
  }) => {
    const one = new Filled();
    for (let n = 0; n < 8; n++) {
      one.send(0, LONG);
    }
    expect(one.read).toEqual([1, 2, -7, -8]);
    const short = new Filled();
    [LONG, LONG, LONG].forEach((text) => short.send(0, text));
    for (let n = 0; n < 100; n++) {
      short.send(0, "ping");
    }
    expect(short.read.filter((number) => number < 0).length).toBe(37);
    const all = new Filled();
    for (let n = 0; n < 300; n++) {
      all.send(n, LONG);
    }
    expect(all.read.filter((number) => number < 0).length).toBe(300 - 2 - 256);
  });

  it("[WS16b] reads nothing of a socket that is gone, and has room for others again", ({ expect }) => {
    const filled = new Filled();
    for (let n = 0; n < 258; n++) {
      filled.send(n, LONG);
    }
    for (let n = 2; n < 258; n++) {
      filled.inbox.forget(filled.of(n));
    }
    filled.send(299, LONG);
    vi.runAllTimers();
    expect(filled.read).toEqual([1, 2, 259]);
  });

  it("[WS16b] reads each frame once, in the order of its socket, whatever comes and goes", ({ expect }) => {
    const act = fc.record({
      socket: fc.integer({ min: 0, max: 4 }),
      length: fc.integer({ min: 1, max: 16_384 }),
      after: fc.constantFrom("nothing", "turn", "leave"),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 80 }), (acts) => {
        const filled = new Filled();
        const left = new Set<number>();
        acts.forEach(({ socket, length, after }, n) => {
          filled.send(socket, "x".repeat(length));
          if (after === "turn") {
            vi.advanceTimersToNextTimer();
          } else if (after === "leave") {
            filled.inbox.forget(filled.of(socket));
            acts.slice(0, n + 1).forEach((one, k) => one.socket === socket && left.add(k + 1));
          }
        });
        vi.runAllTimers();
        for (const socket of [0, 1, 2, 3, 4]) {
          const own = acts.flatMap((one, n) => (one.socket === socket ? [n + 1] : []));
          const read = filled.read.filter((number) => own.includes(number));
          expect(read).toEqual(read.toSorted((a, b) => a - b));
          const ended = new Set(filled.read.map(Math.abs));
          expect(own.filter((number) => !ended.has(number) && !left.has(number))).toEqual([]);
        }
        expect(new Set(filled.read.map(Math.abs)).size).toBe(filled.read.length);
      }),
    );
  });
});

describe("an address", () => {
  it("[WS13e] has 131,072 units read at once and 32,768 a second, over all its sockets, and pages have no such bound", ({
    expect,
  }) => {
    const filled = new Filled();
    const taken = (address: string | null, at: number): number => {
      const before = filled.read.length;
      for (let n = 0; n < 100; n++) {
        filled.send(n, "x".repeat(4_096), address, at);
      }
      vi.runAllTimers();
      return filled.read.slice(before).filter((number) => number > 0).length;
    };
    expect(taken("192.0.2.1", AT)).toBe(32);
    expect(taken("192.0.2.1", AT)).toBe(0);
    expect(taken("192.0.2.2", AT)).toBe(32);
    expect(taken("192.0.2.1", AT + 1_000)).toBe(8);
    expect(taken("192.0.2.1", AT + 500)).toBe(0);
    expect(taken("192.0.2.1", AT + 60_000)).toBe(32);
    expect(taken(null, AT)).toBe(100);
  });

  it("[WS13e] has its 4,096 topics named in full frames at once, and again", ({ expect }) => {
    const filled = new Filled();
    const topics = Array.from({ length: 256 }, (_, n) => `price:D${String(n).padStart(5, "0")}`);
    for (let n = 0; n < 32; n++) {
      filled.send(n, JSON.stringify({ type: "subscribe", topics, ack: true }), "192.0.2.1");
    }
    vi.runAllTimers();
    expect(filled.read.every((number) => number > 0)).toBe(true);
  });

  it("[WS13e] is remembered when its sockets are gone, among 1,024 that sent something of late", ({
    expect,
  }) => {
    const filled = new Filled();
    const isRead = (address: string): boolean => {
      filled.send(0, "x".repeat(16_384), address);
      vi.runAllTimers();
      return (filled.read.at(-1) ?? 0) > 0;
    };
    while (isRead("192.0.2.1")) {
      filled.inbox.forget(filled.of(0));
    }
    for (let n = 0; n < 1_023; n++) {
      isRead(`198.51.100.${n}`);
    }
    expect(isRead("192.0.2.1")).toBe(false);
    isRead("203.0.113.1");
    expect(isRead("192.0.2.1")).toBe(true);
  });
});
