/** Sockets that ended unseen: each call on one throws. */
import { describe, it } from "vitest";
import { standForSocket } from "../../testing/wire/world/stand-in.ts";
import { SocketIo } from "./socket-io.ts";

function endedSocket(): WebSocket {
  const fail = (): never => {
    throw new Error("ended");
  };
  return standForSocket({ send: fail, close: fail, serializeAttachment: fail });
}

describe("SocketIo", () => {
  it.for<[event: string, level: string, act: (io: SocketIo, socket: WebSocket) => void]>([
    ["socket_send_failed", "warn", (io, socket) => io.send(socket, ["{}"])],
    ["socket_close_failed", "info", (io, socket) => io.close(socket, "slow")],
    ["socket_close_failed", "info", (io, socket) => io.answerClose(socket, 1000)],
    ["socket_attach_failed", "warn", (io, socket) => io.attach(socket, {})],
  ])("[TP6] logs %s once a socket and goes on", ([event, level, act], { expect }) => {
    const lines: unknown[] = [];
    const io = new SocketIo({ write: (...line) => lines.push(line) });
    const socket = endedSocket();
    act(io, socket);
    act(io, socket);
    act(io, endedSocket());
    expect(lines).toEqual(Array.from({ length: 2 }, () => [level, event, { error: "ended" }]));
  });
});
