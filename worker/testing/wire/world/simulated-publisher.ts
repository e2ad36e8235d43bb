/** The drain of an outbox: one message of a stream after the other, each again until its Topic has acknowledged it (WS8). */
import type { Platform } from "./platform.ts";
import type { Published } from "./simulated-market.ts";

const RETRY_MS = 3_000;

export class SimulatedPublisher {
  readonly #platform: Platform;
  readonly #publish: (message: Published) => Promise<unknown>;
  readonly #queues = new Map<string, Published[]>();
  readonly #busy = new Set<string>();

  constructor(platform: Platform, publish: (message: Published) => Promise<unknown>) {
    this.#platform = platform;
    this.#publish = publish;
  }

  get isEmpty(): boolean {
    return [...this.#queues.values()].every((queue) => queue.length === 0);
  }

  add(message: Published): void {
    const { topic } = message;
    const queue = this.#queues.get(topic) ?? [];
    queue.push(message);
    this.#queues.set(topic, queue);
    if (!this.#busy.has(topic)) {
      this.#busy.add(topic);
      void this.#drain(topic, queue);
    }
  }

  async #drain(topic: string, queue: Published[]): Promise<void> {
    for (let message = queue[0]; message !== undefined; message = queue[0]) {
      try {
        await this.#publish(message);
        if (queue[0] === message) {
          queue.shift();
        }
      } catch {
        await this.#platform.later(this.#platform.random() * RETRY_MS, null);
      }
    }
    this.#busy.delete(topic);
  }
}
