/**
 * Checks everything that passes one server's end: `connected` first, every request answered exactly once, and each stream
 * contiguous, also when the sequencer sends a message again or one goes missing on the way (WS2, WS5).
 */
import type { PositionText, Subscribe, Unsubscribe } from "../../protocol/messages/client-message.ts";
import { topicsOf } from "../../protocol/messages/client-message.ts";
import { decodeClient } from "../../protocol/messages/codec.ts";
import type { ServerMessage } from "../../protocol/messages/server-message.ts";
import { STREAMS } from "../../protocol/messages/topic.ts";
import { framed } from "./world/framed.ts";
import type { LineWatch } from "./world/socket-line.ts";

const STREAM_NAMES: ReadonlySet<string> = new Set(STREAMS);

export class SocketWatch implements LineWatch {
  readonly #report: (problem: string) => void;
  /** Answers owed, by request and topic, with the place a resume began from. */
  readonly #owed = new Map<string, PositionText | null>();
  /** `null`: the next message of the stream must be a snapshot. */
  readonly #places = new Map<string, PositionText | null>();
  #isGreeted = false;

  /** `topics`: subscribed to by the address. */
  constructor(topics: readonly string[], report: (problem: string) => void) {
    this.#report = report;
    for (const topic of topics) {
      this.#owed.set(keyOf(undefined, topic), null);
    }
  }

  /** Requests that were not answered. */
  get owed(): readonly string[] {
    return [...this.#owed.keys()];
  }

  place(topic: string): PositionText | null {
    return this.#places.get(topic) ?? null;
  }

  received(text: string): void {
    for (const entry of decodeClient(text)) {
      if (entry.ok && (entry.message.type === "subscribe" || entry.message.type === "unsubscribe")) {
        this.#owe(entry.message);
      }
    }
  }

  sent(text: string): void {
    for (const message of framed(text)) {
      if (!this.#isGreeted && message.type !== "connected") {
        this.#report(`[WS2] ${message.type} came before connected`);
      }
      this.#isGreeted = true;
      this.#take(message);
    }
  }

  #owe(message: Subscribe | Unsubscribe): void {
    for (const topic of topicsOf(message)) {
      const since = message.type === "subscribe" ? (message.since?.[topic] ?? null) : null;
      this.#owed.set(keyOf(message.id, topic, message.type), since);
    }
  }

  #pay(id: string | number | undefined, topic: string, types: readonly string[]): PositionText | null {
    for (const type of types) {
      const key = keyOf(id, topic, type);
      const since = this.#owed.get(key);
      if (since !== undefined) {
        this.#owed.delete(key);
        return since;
      }
    }
    this.#report(`[WS2b] an answer that nobody asked for: ${topic} ${id}`);
    return null;
  }

  #take(message: ServerMessage): void {
    switch (message.type) {
      case "subscribed": {
        const since = this.#pay(message.id, message.topic, ["subscribe"]);
        if (!STREAM_NAMES.has(message.topic)) {
          this.#places.delete(message.topic);
        } else if (message.epoch !== null) {
          const whole = message.seq === 0 ? { epoch: message.epoch, seq: 0 } : null;
          this.#places.set(message.topic, message.recovered ? since : whole);
        }
        return;
      }
      case "unsubscribed":
        this.#pay(message.id, message.topic, ["unsubscribe"]);
        this.#places.delete(message.topic);
        return;
      case "error":
        if (message.topic !== undefined) {
          this.#pay(message.id, message.topic, ["subscribe", "unsubscribe"]);
        }
        return;
      case "reset":
        this.#places.set(message.topic, message.seq === 0 ? { epoch: message.epoch, seq: 0 } : null);
        return;
      case "signal_update":
      case "market_gate_update":
        this.#follow(message);
        return;
      case "price_update":
      case "index_update":
      case "scan_update":
      case "feed_update":
        this.#grow(message);
        return;
      case "connected":
      case "pong":
    }
  }

  #grow({ topic, epoch, seq }: { readonly topic: string } & PositionText): void {
    const place = this.#places.get(topic);
    if (place?.epoch === epoch && seq < place.seq) {
      this.#report(`[WS5] ${topic} ${seq} of ${epoch} came after ${place.seq} on a socket`);
    }
    this.#places.set(topic, { epoch, seq });
  }

  #follow({
    topic,
    epoch,
    seq,
    snapshot,
  }: Extract<ServerMessage, { type: "signal_update" | "market_gate_update" }>): void {
    const place = this.#places.get(topic);
    const isNext = place?.epoch === epoch && seq === place.seq + 1;
    if (snapshot !== true && !isNext) {
      this.#report(
        `[WS5] ${topic} ${seq} of ${epoch} came after ${place?.seq} of ${place?.epoch} on a socket`,
      );
    }
    this.#places.set(topic, { epoch, seq });
  }
}

function keyOf(id: string | number | undefined, topic: string, type = "subscribe"): string {
  return `${type} ${topic} ${id}`;
}
