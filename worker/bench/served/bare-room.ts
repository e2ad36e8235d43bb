/** The floor under a broadcast: a Durable Object that knows nothing and loops `send` over its hibernatable sockets. */
import { DurableObject } from "cloudflare:workers";
import { CLOSE } from "../../protocol/messages/close-codes.ts";
import { MAX_CLIENT_FRAME } from "../../protocol/messages/codec.ts";
import { counts, noteDelivered, noteFlush } from "./counts.ts";

export class BareRoom extends DurableObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    counts.rooms += 1;
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

  /** Nobody is listened to here; a frame that is too big ends its socket, so that its sender sees that it has come. */
  override webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): void {
    if (typeof data === "string" && data.length > MAX_CLIENT_FRAME) {
      socket.close(CLOSE.tooBig.code);
    }
  }
}
