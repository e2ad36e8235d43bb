/** Stands for the feed of prices: knows what gateways want and sends each one batch a tick, as the real one does. */
import { DurableObject } from "cloudflare:workers";
import { makeGatewayPort } from "../../../adapters/durable/stubs.ts";
import { type Fragment, seqOf } from "../../../app/ports/live.ts";
import { counts } from "./counts.ts";

const EPOCH_LENGTH = 8;

/** Keeps its state in storage, because an object that is idle for ten seconds is evicted. */
export class BenchFeed extends DurableObject<Env> {
  readonly #epoch: string;
  readonly #wanted: Map<string, readonly string[]>;
  #tick = 0;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#epoch = ctx.storage.kv.get<string>("epoch") ?? crypto.randomUUID().slice(0, EPOCH_LENGTH);
    this.#wanted = ctx.storage.kv.get<Map<string, readonly string[]>>("wanted") ?? new Map();
    ctx.storage.kv.put("epoch", this.#epoch);
  }

  want(gateway: string, topics: readonly string[]): readonly Fragment[] {
    counts.wants += 1;
    this.#wanted.set(gateway, topics);
    this.ctx.storage.kv.put("wanted", this.#wanted);
    return this.#tick === 0 ? [] : topics.map((topic) => priceAt(topic, this.#epoch, this.#tick));
  }

  /** Every wanted price moves once, or the one of `parts` parts whose turn it is. Resolves when the gateways have them. */
  async tick(seq: number, parts: number): Promise<void> {
    this.#tick = seq;
    await Promise.all(
      Array.from(this.#wanted, async ([gateway, topics]) => {
        const moved =
          parts === 1 ? topics : topics.filter((topic) => numberOf(topic) % parts === seq % parts);
        const fragments = moved.map((topic) => priceAt(topic, this.#epoch, seq));
        const isWanted = await makeGatewayPort(this.env.GATEWAY, gateway).deliver({ fragments });
        if (!isWanted) {
          this.#wanted.delete(gateway);
        }
      }),
    );
  }
}

/** 42 for `price:D00042`; NaN for a topic that is no price. */
function numberOf(topic: string): number {
  return Number(topic.slice("price:D".length));
}

/** As long as a real price's message; `seq` stands first, so that a reader finds it without parsing. */
export function priceAt(topic: string, epoch: string, seq: number): Fragment {
  const text = JSON.stringify({
    seq,
    epoch,
    type: "price_update",
    topic,
    ticker: topic.slice("price:".length),
    data: {
      price: 70_000 + seq,
      change: 500,
      change_rate: 0.72,
      volume: 12_345_678,
      bid_price: 69_900,
      ask_price: 70_000,
      high: 70_500,
      low: 69_100,
      session: "open",
      stale: false,
    },
    timestamp: "2026-11-23T10:00:00.000+09:00",
    source: "bench",
  });
  return { topic, epoch, seq: seqOf(seq), text };
}
