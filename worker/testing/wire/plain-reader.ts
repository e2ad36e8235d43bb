/** A program without our client: a socket on `/ws/{topic}`, opened again when it ends. What it is sent is watched on the line. */
import { PING_TEXT } from "../../protocol/messages/client-message.ts";
import { StreamState } from "./stream-state.ts";
import type { SimulatedSocket } from "./world/simulated-socket.ts";
import { framed } from "./world/framed.ts";
import type { World } from "./world/world.ts";

const PING_MS = 25_000;

export class PlainReader {
  readonly topic: string;
  readonly #world: World;
  readonly #state = new StreamState();
  #socket: SimulatedSocket;
  #place = "";

  constructor(topic: string, world: World) {
    this.topic = topic;
    this.#world = world;
    this.#socket = this.#open();
    this.#ping();
  }

  get socket(): SimulatedSocket {
    return this.#socket;
  }

  get isCurrent(): boolean {
    const now = this.#world.oracle.position(this.topic);
    const isThere = now === null || now.seq === 0 || this.#place === `${now.epoch} ${now.seq}`;
    return isThere && this.#state.text === (now === null ? "nothing" : this.#world.oracle.textAt(now));
  }

  get picture(): string {
    return `plain ${this.topic} at ${this.#place} "${this.#state.text}"`;
  }

  #open(): SimulatedSocket {
    const WebSocket = this.#world.socketClass((socket) => {
      this.#socket = socket;
    });
    this.#state.clear();
    this.#place = "";
    const socket = new WebSocket(`ws://radar.example/ws/${this.topic}`);
    socket.addEventListener("message", ({ data }) => {
      this.#take(String(data));
    });
    socket.addEventListener("close", () => {
      const { timeline, random } = this.#world.platform;
      timeline.after(500 + random() * 2_000, () => {
        this.#open();
      });
    });
    return this.#socket;
  }

  #ping(): void {
    this.#world.platform.timeline.after(PING_MS, () => {
      if (!this.#socket.isEnded && this.#socket.line !== null) {
        this.#socket.line.toServer(PING_TEXT);
      }
      this.#ping();
    });
  }

  #take(text: string): void {
    for (const message of framed(text)) {
      if (message.type === "reset") {
        this.#state.clear();
      } else if (message.type === "signal_update" || message.type === "market_gate_update") {
        this.#state.apply(message);
        this.#place = `${message.epoch} ${message.seq}`;
      }
    }
  }
}
