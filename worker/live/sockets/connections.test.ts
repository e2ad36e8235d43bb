/** When the attachment of a socket is written: at once for what decides what it gets next, later for what only counts. What an address holds. */
import * as fc from "fast-check";
import { describe, it } from "vitest";
import { encodeAttachment } from "../session/attachment.ts";
import { newSession } from "../session/session.ts";
import { AT, fragment, Played, PRICE, STREAM } from "../../testing/stage/played-session.ts";
import { standForSocket } from "../../testing/wire/world/stand-in.ts";
import type { Session } from "../session/session.ts";
import { type Connection, Connections } from "./connections.ts";
import { SocketIo } from "./socket-io.ts";

describe("Connections", () => {
  it("[WS12d] writes at once what decides what a socket gets next, and what only counts when asked to", ({
    expect,
  }) => {
    let writes = 0;
    const socket = standForSocket({
      serializeAttachment: () => {
        writes += 1;
      },
    });
    const connections = new Connections(
      { getWebSockets: () => [] },
      new SocketIo({ write: () => undefined }),
    );
    const played = new Played();
    const connection: { readonly socket: WebSocket; session: Session } = { socket, session: played.session };
    connections.add(connection);
    const writesOf = (act: () => unknown): number => {
      const before = writes;
      act();
      connections.change(connection, played.session);
      return writes - before;
    };
    expect(writesOf(() => played.join(PRICE, 0, true))).toBe(1);
    expect(writesOf(() => played.join(STREAM, 1))).toBe(1);
    expect(writesOf(() => played.due([fragment(PRICE, 1)], AT))).toBe(0);
    expect(writesOf(() => played.text({ type: "ack", bytes: 10 }, AT))).toBe(0);
    expect(connections.isBehind).toBe(true);
    expect(writesOf(() => played.due([fragment(STREAM, 2)], AT))).toBe(1);
    expect(connections.isBehind).toBe(false);
    expect(writesOf(() => played.text({ type: "ack", bytes: 20 }, AT))).toBe(0);
    connections.writeCounts();
    expect([writes, connections.isBehind]).toEqual([4, false]);
  });
});

/** A session of the address with so many topics, as it is after a sleep. */
function sessionOf(id: string, address: string | null, topics: number): Session {
  const session = newSession(id, address, AT);
  const names = Array.from({ length: topics }, (_, n) => `price:D${String(n).padStart(5, "0")}`);
  return { ...session, durable: { ...session.durable, topics: new Set(names) } };
}

function connectionOf(session: Session): Connection {
  const socket = standForSocket({
    readyState: WebSocket.OPEN,
    serializeAttachment: () => undefined,
    deserializeAttachment: () => encodeAttachment(session),
  });
  return { socket, session };
}

describe("an address", () => {
  it("[WS13d] has 4,096 topics over its sockets, also after a sleep; pages of our own are not counted together", ({
    expect,
  }) => {
    const slept = Array.from({ length: 7 }, (_, n) => connectionOf(sessionOf(`s${n}`, "one", 512)));
    const connections = new Connections(
      { getWebSockets: () => slept.map(({ socket }) => socket) },
      new SocketIo({ write: () => undefined }),
    );
    const eighth = connectionOf(sessionOf("eighth", "one", 0));
    const ninth = connectionOf(sessionOf("ninth", "one", 0));
    const page = connectionOf(sessionOf("page", null, 0));
    [eighth, ninth, page].forEach((connection) => connections.add(connection));
    const most = (): readonly number[] => [eighth, ninth, page].map((one) => connections.maxTopicsOf(one));
    expect([connections.socketsOf("one"), most()]).toEqual([9, [512, 512, 512]]);
    connections.change(eighth, sessionOf("eighth", "one", 500));
    expect(most()).toEqual([512, 12, 512]);
    connections.change(ninth, sessionOf("ninth", "one", 12));
    expect(most()).toEqual([500, 12, 512]);
    connections.remove(eighth);
    expect([connections.socketsOf("one"), connections.maxTopicsOf(ninth)]).toEqual([8, 512]);
  });

  it("[WS13d] is counted like a list of its sockets would be, whatever they do", ({ expect }) => {
    const act = fc.record({
      id: fc.constantFrom("a", "b", "c", "d"),
      address: fc.constantFrom("one", "two", null),
      topics: fc.integer({ min: 0, max: 512 }),
      isGoing: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        const connections = new Connections(
          { getWebSockets: () => [] },
          new SocketIo({ write: () => undefined }),
        );
        const open = new Map<string, Connection>();
        for (const { id, address, topics, isGoing } of acts) {
          const known = open.get(id);
          if (known === undefined) {
            const connection = connectionOf(sessionOf(id, address, 0));
            connections.add(connection);
            open.set(id, connection);
          } else if (isGoing) {
            connections.remove(known);
            open.delete(id);
          } else {
            connections.change(known, sessionOf(id, known.session.address, topics));
          }
        }
        for (const address of ["one", "two"]) {
          const own = Array.from(open.values()).filter(({ session }) => session.address === address);
          expect(connections.socketsOf(address)).toBe(own.length);
          for (const one of own) {
            const others = own.filter((other) => other !== one);
            const held = others.reduce((sum, { session }) => sum + session.durable.topics.size, 0);
            expect(connections.maxTopicsOf(one)).toBe(Math.min(512, 4_096 - held));
          }
        }
      }),
    );
  });
});
