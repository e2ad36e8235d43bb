/** What a stream's messages add up to, as a text that two readers can compare: one entry a signal, or the gate's level. */
import type { MarketGateUpdate, SignalUpdate } from "../../protocol/messages/stream-update.ts";

export type StreamBody = SignalUpdate | MarketGateUpdate;

export class StreamState {
  readonly #rows = new Map<string, number>();
  #level: number | null = null;
  #isKnown = false;

  /** Nothing is known, which is not the same as empty. */
  clear(): void {
    this.#rows.clear();
    this.#level = null;
    this.#isKnown = false;
  }

  apply(body: StreamBody): void {
    this.#isKnown = true;
    if (body.type === "market_gate_update") {
      this.#level = body.data.level;
      return;
    }
    if (body.snapshot === true) {
      this.#rows.clear();
    }
    for (const { id, score } of body.data.signals) {
      this.#rows.set(id, score);
    }
    for (const id of body.data.removed) {
      this.#rows.delete(id);
    }
  }

  get text(): string {
    if (!this.#isKnown) {
      return "nothing";
    }
    return this.#level === null
      ? [...this.#rows]
          .map(([id, score]) => `${id}=${score}`)
          .toSorted()
          .join(" ")
      : String(this.#level);
  }
}
