/** What outlives an eviction, in memory: the stores of the vendors' adapters in tests. */
import type { UpstreamStore } from "../../app/ports/market-sources.ts";

export class MemoryUpstreamStore implements UpstreamStore {
  readonly values = new Map<string, string>();
  #failing = false;

  /** From now on every call fails. */
  fail(on: boolean): void {
    this.#failing = on;
  }

  async get(key: string): Promise<string | null> {
    await this.#settle();
    return this.values.get(key) ?? null;
  }

  async put(key: string, value: string): Promise<void> {
    await this.#settle();
    this.values.set(key, value);
  }

  async delete(key: string): Promise<void> {
    await this.#settle();
    this.values.delete(key);
  }

  /** A store answers later, never at once. */
  async #settle(): Promise<void> {
    await Promise.resolve();
    if (this.#failing) {
      throw new Error("The store does not answer");
    }
  }
}
