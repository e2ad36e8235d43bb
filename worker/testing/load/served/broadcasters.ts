/** What the gateway is compared with: the same frames to the same sockets, without a protocol. */
import { DurableObject } from "cloudflare:workers";
import { Server } from "partyserver";
import { CLOSE } from "../../../protocol/messages/codes.ts";
import { MAX_CLIENT_FRAME } from "../../../protocol/messages/codec.ts";
import { counts, noteDelivered, noteFlush } from "./counts.ts";

/** The cheapest possible broadcast: a Durable Object without a protocol that loops `send` over its hibernatable sockets. */
export class BareBroadcaster extends DurableObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    counts.broadcasters += 1;
  }

  override fetch(): Response {
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    return new Response(null, { status: 101, webSocket: client });
  }

  /** Sends each of the frames to everyone. */
  broadcast(tick: number, frames: readonly string[]): void {
    noteDelivered(tick);
    noteFlush();
    for (const frame of frames) {
      for (const socket of this.ctx.getWebSockets()) {
        socket.send(frame);
      }
    }
  }

  /** Messages are ignored; one that is too big ends its socket, so that its sender sees that it has arrived. */
  override webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): void {
    if (typeof data === "string" && data.length > MAX_CLIENT_FRAME) {
      socket.close(CLOSE.tooBig.code);
    }
  }
}

/** The comparison: the same broadcast by `partyserver`, Cloudflare's own layer over hibernatable sockets. */
export class PartyBroadcaster extends Server {
  static override readonly options = { hibernate: true };

  /** Sends each of the frames to everyone. */
  toEveryone(tick: number, frames: readonly string[]): void {
    noteDelivered(tick);
    noteFlush();
    for (const frame of frames) {
      this.broadcast(frame);
    }
  }
}
