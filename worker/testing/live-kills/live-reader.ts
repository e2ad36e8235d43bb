/**
 * The page's own socket on Node through every death of its server: what it shows of prices, signals and the feed, and whether a place
 * in a topic was ever given twice, left out, or taken back.
 */
import type { LiveSocket } from "../../../web/live/ports.ts";
import type { Update } from "../../../web/live/update.ts";
import { openLive } from "../faults/wire-reader.ts";
import { TopicPlaces } from "./topic-places.ts";

type PriceUpdate = Extract<Update, { type: "price_update" }>;
type SignalUpdate = Extract<Update, { type: "signal_update" }>;

export class LiveReader {
  readonly broken: string[] = [];
  /** The last one of each share. */
  readonly prices = new Map<string, PriceUpdate>();
  /** Of the signals on the list, by id. */
  readonly states = new Map<string, string>();
  feedState: string | null = null;
  messages = 0;
  /** A latest value began a new epoch, or a stream could not go on. */
  resets = 0;
  readonly #live: LiveSocket;
  readonly #places = new TopicPlaces();

  constructor(url: string, topics: readonly string[], random: () => number) {
    this.#live = openLive(url, random);
    for (const topic of topics) {
      this.#live.subscribe(topic, {
        message: (update) => {
          this.#take(topic, update);
        },
        reset: () => {
          this.resets += 1;
        },
      });
    }
  }

  get isOpen(): boolean {
    return this.#live.snapshot().connection.phase.name === "open";
  }

  /** A page does so when its reader presses the button. */
  retry(): void {
    this.#live.retry();
  }

  close(): void {
    this.#live.close();
  }

  #take(topic: string, update: Update): void {
    this.messages += 1;
    const isWhole = "snapshot" in update && update.snapshot === true;
    this.broken.push(...this.#places.take(topic, { ...update, isWhole }));
    if (update.type === "price_update") {
      this.#takePrice(update);
    } else if (update.type === "signal_update") {
      this.#takeSignals(update, isWhole);
    } else if (update.type === "feed_update") {
      this.feedState = update.data.state;
    }
  }

  #takePrice(update: PriceUpdate): void {
    const [was, is] = [this.prices.get(update.ticker)?.data.volume ?? 0, update.data.volume ?? 0];
    if (is < was) {
      this.broken.push(`${update.topic}: the volume ${is} came after ${was}`);
    }
    this.prices.set(update.ticker, update);
  }

  #takeSignals({ data }: SignalUpdate, isWhole: boolean): void {
    if (isWhole) {
      this.states.clear();
    }
    for (const { id, state } of data.signals) {
      this.states.set(id, state);
    }
    for (const id of data.removed) {
      this.states.delete(id);
    }
  }
}
