/** What the gateway is compared with: the same frames to the same sockets, without a protocol. */
import { DurableObject } from "cloudflare:workers";
import { Server } from "partyserver";
import { CLOSE } from "../../../protocol/messages/codes.ts";
import { MAX_CLIENT_FRAME } from "../../../protocol/messages/codec.ts";
import { counts, noteDelivered, noteFlush } from "./counts.ts";

/** Tag of a socket whose messages are answered. */
const ANSWERING = "answers";

/** The cheapest possible broadcast: a Durable Object without a protocol that loops `send` over its hibernatable sockets. */
export class BareBroadcaster extends DurableObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    counts.broadcasters += 1;
  }

  /** `?answers`: each message is answered, as its sender waits for that. */
  override fetch(request: Request): Response {
    const { 0: client, 1: server } = new WebSocketPair();
    const isAnswering = new URL(request.url).searchParams.has("answers");
    this.ctx.acceptWebSocket(server, isAnswering ? [ANSWERING] : []);
    if (isAnswering) {
      server.send("{}");
    }
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
    } else if (this.ctx.getTags(socket).includes(ANSWERING)) {
      socket.send("{}");
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
