/** What every object with sockets does with the platform's events, and with the end of a reader's session. */
import { DurableObject } from "cloudflare:workers";
import type { SocketHub } from "./socket-hub.ts";

export abstract class SocketObject extends DurableObject<unknown> {
  protected abstract readonly hub: SocketHub;

  /** The reader has logged out: his sockets here are closed (RD6). */
  endReader(session: string): void {
    this.hub.readers.endSession(session);
  }

  override webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): void {
    this.hub.receive(socket, data);
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    this.hub.close(socket, code);
  }

  override webSocketError(socket: WebSocket): void {
    this.hub.forget(socket);
  }
}
