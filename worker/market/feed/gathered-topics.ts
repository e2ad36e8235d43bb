/** Topics whose values ticks have changed between two steps of a feed: published together, a moment after the first of them. */

/** Much shorter than a gateway's own tick, long enough for one frame of a vendor. */
const GATHER_MS = 50;

export class GatheredTopics {
  readonly #isWanted: (topic: string) => boolean;
  readonly #publish: (topics: ReadonlySet<string>) => void;
  #changed = new Set<string>();

  constructor(isWanted: (topic: string) => boolean, publish: (topics: ReadonlySet<string>) => void) {
    this.#isWanted = isWanted;
    this.#publish = publish;
  }

  add(topics: readonly string[]): void {
    const isFirst = this.#changed.size === 0;
    for (const topic of topics) {
      if (this.#isWanted(topic)) {
        this.#changed.add(topic);
      }
    }
    if (isFirst && this.#changed.size > 0) {
      setTimeout(() => {
        const changed = this.#changed;
        this.#changed = new Set();
        this.#publish(changed);
      }, GATHER_MS);
    }
  }
}
