/** The peer: the same broadcast by `partyserver`, Cloudflare's own layer over hibernatable sockets. */
import { Server } from "partyserver";
import { noteDelivered, noteFlush } from "./counts.ts";

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
