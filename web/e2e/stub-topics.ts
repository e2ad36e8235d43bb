/** Which socket of a stub follows which topic, and the place of each topic's messages, counted as the server counts: by topic. */
import type { WebSocketRoute } from "playwright-core";
import { vi } from "vitest";
import { assert } from "../../worker/core/assert.ts";

const EPOCH = "e1";
/** A page's code may still be on its way. */
const PATIENT = { timeout: 20_000, interval: 20 };

/** Sent on a topic, without its place. */
export interface TopicMessage {
  readonly topic: string;
  readonly [field: string]: unknown;
}

/** A message reaches the sockets that follow its topic, and no other. */
export class StubbedTopics {
  readonly #sockets = new Map<WebSocketRoute, Set<string>>();
  readonly #seqs = new Map<string, number>();

  get sockets(): readonly WebSocketRoute[] {
    return [...this.#sockets.keys()];
  }

  /** Until its page closes it or is left. */
  add(socket: WebSocketRoute): void {
    this.#sockets.set(socket, new Set());
    socket.onClose((code, reason) => {
      this.#sockets.delete(socket);
      void socket.close({ ...(code !== undefined && { code }), ...(reason !== undefined && { reason }) });
    });
  }

  /** The sockets stay open, and nothing is sent to them any more. */
  clear(): void {
    this.#sockets.clear();
  }

  /** From now on; with what the topic is at present, `null` without such a state. */
  follow(socket: WebSocketRoute, topic: string, current: object | null, timestamp: string): void {
    this.#sockets.get(socket)?.add(topic);
    const place = this.#placeOf(topic);
    this.send(socket, { type: "subscribed", topic, ...place, recovered: false });
    if (current !== null) {
      this.send(socket, { ...place, timestamp, ...current });
    }
  }

  leave(socket: WebSocketRoute, topic: string): void {
    this.#sockets.get(socket)?.delete(topic);
  }

  /** Once somebody follows the topic: who comes later gets what it is by then, and never the change before. */
  async followed(topic: string): Promise<void> {
    await vi.waitFor(() => {
      assert(this.#followers(topic).length > 0, `The page follows ${topic}`);
    }, PATIENT);
  }

  #followers(topic: string): readonly WebSocketRoute[] {
    return [...this.#sockets].filter(([, topics]) => topics.has(topic)).map(([socket]) => socket);
  }

  /** Of the last message of the topic; `seq` 1 before any. */
  #placeOf(topic: string): { readonly epoch: string; readonly seq: number } {
    return { epoch: EPOCH, seq: this.#seqs.get(topic) ?? 1 };
  }

  /** The next message of its topic, to all who follow it. */
  publish(message: TopicMessage, timestamp: string): void {
    const { topic } = message;
    this.#seqs.set(topic, this.#placeOf(topic).seq + 1);
    for (const socket of this.#followers(topic)) {
      this.send(socket, { ...this.#placeOf(topic), timestamp, ...message });
    }
  }

  /** To one, about its socket or in answer to what it asked. */
  send(socket: WebSocketRoute, message: object): void {
    if (this.#sockets.has(socket)) {
      socket.send(JSON.stringify(message));
    }
  }
}
