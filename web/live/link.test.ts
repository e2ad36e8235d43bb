/** What goes out on a socket, by the socket's own state. */
import { describe, it } from "vitest";
import { makeLink } from "./link.ts";
import type { SocketLike } from "./ports.ts";

let readyState = 0;
const sent: string[] = [];

class FixedSocket implements SocketLike {
  get readyState(): number {
    return readyState;
  }

  addEventListener(): void {
    // Nothing happens on it.
  }

  send(text: string): void {
    sent.push(text);
  }

  close(): void {
    readyState = 3;
  }
}

describe("link", () => {
  it("[LV18] sends on an open socket only: between an end and its event a browser would complain", ({
    expect,
  }) => {
    const link = makeLink(FixedSocket, "ws://radar.example/ws", () => 0);
    link.open({ opened: () => undefined, frame: () => undefined, closed: () => undefined });
    for (const state of [0, 2, 3]) {
      readyState = state;
      link.ping(0);
      link.send({ type: "subscribe", topics: ["scan"] });
    }
    expect(sent).toEqual([]);
    readyState = 1;
    link.ping(0);
    expect(sent).toEqual(['{"type":"ping"}']);
  });
});
