/** When the attachment of a socket is written: at once for what decides what it gets next, later for what only counts. */
import { describe, it } from "vitest";
import { AT, fragment, Played, PRICE, STREAM } from "../../testing/stage/played-session.ts";
import { standForSocket } from "../../testing/wire/world/stand-in.ts";
import type { Session } from "../session/session.ts";
import { Connections } from "./connections.ts";
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
