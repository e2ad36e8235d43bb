/**
 * The server's side of the wire for tests: topics with epochs, a short ring and snapshots, and sockets that can be slow, cut,
 * or made to lose, double and shuffle single messages. It speaks the protocol's own messages.
 */
import { assert } from "../../worker/core/assert.ts";
import type { ClientMessage, Subscribe } from "../../worker/protocol/messages/client-message.ts";
import { decodeClient } from "../../worker/protocol/messages/codec.ts";
import { formatKst } from "../../worker/protocol/format.ts";
import type { SocketConstructor, SocketLike } from "./ports.ts";
import type { SimulatedTime } from "./simulated-time.ts";
import type { SimulatedTopic } from "./simulated-topic.ts";

/** Probabilities for each single message on its way. */
export interface Faults {
  readonly drop: number;
  readonly double: number;
  /** Sent behind the message after it. */
  readonly late: number;
}

/** Every frame arrives, once and in order. */
export const NO_FAULTS: Faults = { drop: 0, double: 0, late: 0 };

/** Longest delay of a frame, in milliseconds. */
const MAX_DELAY_MS = 400;

type Listeners = {
  readonly open: (() => void)[];
  readonly message: ((event: { readonly data: unknown }) => void)[];
  readonly close: ((event: { readonly code: number; readonly reason: string }) => void)[];
};

/** One accepted socket. What it was sent arrives in order, each frame after a delay of its own. */
class ServerSocket {
  readonly listeners: Listeners = { open: [], message: [], close: [] };
  readonly topics = new Set<string>();
  state: "opening" | "open" | "ended" = "opening";
  arrivesAt = 0;
  held: string | null = null;
}

/** The server's side of the protocol in memory, with faults of the path; chance comes from a seed. */
export class SimulatedServer {
  readonly topics = new Map<string, SimulatedTopic>();
  /** Everything that clients sent, parsed. */
  readonly heard: ClientMessage[] = [];
  faults: Faults = NO_FAULTS;
  isUp = true;
  /** Neither answers nor closes: a path that swallows everything. */
  isSilent = false;
  /** Sockets asked for, in all. */
  opened = 0;
  readonly WebSocket: SocketConstructor;
  readonly #time: SimulatedTime;
  readonly #random: () => number;
  readonly #sockets = new Set<ServerSocket>();

  constructor(time: SimulatedTime, random: () => number) {
    this.#time = time;
    this.#random = random;
    const accept = (): ServerSocket => this.#accept();
    const receive = (socket: ServerSocket, text: string): void => {
      this.#receive(socket, text);
    };
    const end = (socket: ServerSocket, code: number): void => {
      this.#end(socket, code, "");
    };
    this.WebSocket = class implements SocketLike {
      readonly #socket = accept();

      addEventListener(type: "open", listener: () => void): void;
      addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
      addEventListener(
        type: "close",
        listener: (event: { readonly code: number; readonly reason: string }) => void,
      ): void;
      addEventListener(
        ...[type, listener]:
          | readonly ["open", () => void]
          | readonly ["message", (event: { readonly data: unknown }) => void]
          | readonly ["close", (event: { readonly code: number; readonly reason: string }) => void]
      ): void {
        switch (type) {
          case "open":
            this.#socket.listeners.open.push(listener);
            return;
          case "message":
            this.#socket.listeners.message.push(listener);
            return;
          case "close":
            this.#socket.listeners.close.push(listener);
        }
      }

      get readyState(): number {
        return { opening: 0, open: 1, ended: 3 }[this.#socket.state];
      }

      send(text: string): void {
        assert(this.#socket.state === "open", "A socket sends while it is open");
        receive(this.#socket, text);
      }

      close(code = 1000): void {
        end(this.#socket, code);
      }
    };
  }

  get connections(): number {
    return this.#sockets.size;
  }

  topic(name: string): SimulatedTopic {
    const topic = this.topics.get(name);
    assert(topic, `The simulated server has ${name}`);
    return topic;
  }

  /** To every subscriber. */
  publish(name: string, fragments: readonly string[]): void {
    for (const socket of this.#sockets) {
      if (socket.topics.has(name)) {
        this.#send(socket, fragments);
      }
    }
  }

  /** Ends every socket with `code`. */
  cut(code = 1006, reason = ""): void {
    for (const socket of this.#sockets) {
      this.#end(socket, code, reason);
    }
  }

  /** Forgets every socket, and no client is sent its end: as after a sleep, or on a path that was changed. */
  vanish(): void {
    this.#sockets.clear();
  }

  #accept(): ServerSocket {
    const socket = new ServerSocket();
    this.opened += 1;
    this.#time.timers.after(this.#random() * MAX_DELAY_MS, () => {
      if (this.isSilent || socket.state === "ended") {
        return;
      }
      if (!this.isUp) {
        this.#end(socket, 1006, "");
        return;
      }
      socket.state = "open";
      this.#sockets.add(socket);
      socket.listeners.open.forEach((listener) => listener());
      this.#sendFrame(socket, [this.#connected()]);
    });
    return socket;
  }

  #connected(): string {
    return JSON.stringify({
      type: "connected",
      client_id: `c${this.opened}`,
      protocol: 1,
      build: "test",
      exchange: "KRX",
      server_time: formatKst(this.#time.server()),
      heartbeat_ms: 25_000,
      tick_ms: 250,
      max_topics: 512,
    });
  }

  #end(socket: ServerSocket, code: number, reason: string): void {
    if (socket.state !== "ended") {
      socket.state = "ended";
      this.#sockets.delete(socket);
      socket.listeners.close.forEach((listener) => listener({ code, reason }));
    }
  }

  #receive(socket: ServerSocket, text: string): void {
    if (this.isSilent || !this.#sockets.has(socket)) {
      return;
    }
    for (const entry of decodeClient(text)) {
      assert(entry.ok, `The client speaks the protocol: ${text}`);
      const { message } = entry;
      this.heard.push(message);
      if (message.type === "ping") {
        this.#sendFrame(socket, ['{"type":"pong"}']);
      } else if (message.type === "subscribe") {
        for (const name of message.topics ?? []) {
          this.#subscribe(socket, name, message);
        }
      } else if (message.type === "unsubscribe") {
        for (const name of message.topics ?? []) {
          socket.topics.delete(name);
          this.#send(socket, [JSON.stringify({ type: "unsubscribed", topic: name })]);
        }
      }
    }
  }

  #subscribe(socket: ServerSocket, name: string, { since, id }: Subscribe): void {
    const topic = this.topics.get(name);
    assert(typeof id === "number", "The client numbers what it asks");
    if (topic === undefined) {
      const error = { type: "error", code: "unknown_topic", message: "", topic: name, id };
      this.#sendFrame(socket, [JSON.stringify(error)]);
    } else {
      socket.topics.add(name);
      this.#send(socket, topic.answer(since?.[name] ?? null, id));
    }
  }

  /** Through the faults. */
  #send(socket: ServerSocket, fragments: readonly string[]): void {
    const out: string[] = [];
    for (const fragment of fragments) {
      const [fate, late] = [this.#random(), this.#random()];
      const { drop, double } = this.faults;
      const copies = fate < drop ? [] : [fragment, ...(fate < drop + double ? [fragment] : [])];
      const behind = socket.held;
      socket.held = null;
      if (late < this.faults.late && copies.length > 0) {
        socket.held = fragment;
      } else {
        out.push(...copies);
      }
      out.push(...(behind === null ? [] : [behind]));
    }
    if (out.length > 0) {
      this.#sendFrame(socket, out);
    }
  }

  #sendFrame(socket: ServerSocket, fragments: readonly string[]): void {
    const data = fragments.length === 1 ? fragments[0] : `[${fragments.join(",")}]`;
    const now = this.#time.clock.now();
    socket.arrivesAt = Math.max(socket.arrivesAt, now + this.#random() * MAX_DELAY_MS);
    this.#time.timers.after(socket.arrivesAt - now, () => {
      if (this.#sockets.has(socket) && !this.isSilent) {
        socket.listeners.message.forEach((listener) => listener({ data }));
      }
    });
  }
}
