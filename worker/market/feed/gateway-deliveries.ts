/** WS9: deliveries of values to the gateways, one at a time for each, so that a slow gateway delays no other. */
import { type Log, logFailure } from "../../app/ports/log.ts";
import type { Fragment, GatewayPort } from "../../app/ports/live.ts";
import { within } from "../../platform/within.ts";
import type { WantedTopics } from "./wanted-topics.ts";

/** After this time a delivery counts as failed, and the gateway gets everything that it wants with the next one. */
const DELIVERY_MS = 2_000;

/** What the deliveries ask of their feed. */
export interface DeliveryDeps {
  readonly wanted: WantedTopics;
  readonly log: Log;
  gateway(name: string): GatewayPort;
  /** The last message of a topic. */
  current(topic: string): Fragment | null;
}

/** A latest value need not queue: what a busy gateway missed goes with its next delivery, in its newest state. */
export class GatewayDeliveries {
  readonly #deps: DeliveryDeps;
  readonly #busy = new Set<string>();
  /** Gateways that missed a value. It may never change again, so their next delivery has all that they want. */
  readonly #behind = new Set<string>();

  constructor(deps: DeliveryDeps) {
    this.#deps = deps;
  }

  /** Sends each gateway the changed values that it wants, in one delivery. `except`: a gateway that has them already. */
  send(changed: ReadonlyMap<string, Fragment>, except: string | null = null): void {
    for (const [gateway, topics] of this.#deps.wanted.gateways()) {
      const isBehind = this.#behind.has(gateway);
      const fragments = Array.from(topics).flatMap(
        (topic) => (isBehind ? this.#deps.current(topic) : changed.get(topic)) ?? [],
      );
      if (gateway === except || fragments.length === 0) {
        continue;
      }
      if (this.#busy.has(gateway)) {
        this.#behind.add(gateway);
      } else {
        this.#behind.delete(gateway);
        void this.#deliver(gateway, topics, fragments);
      }
    }
  }

  async #deliver(
    gateway: string,
    topics: ReadonlySet<string>,
    fragments: readonly Fragment[],
  ): Promise<void> {
    const { wanted, log } = this.#deps;
    this.#busy.add(gateway);
    try {
      const taken = await within(DELIVERY_MS, "Gateway", this.#deps.gateway(gateway).deliver({ fragments }));
      if (!taken && wanted.gateways().get(gateway) === topics) {
        // The gateway refused these topics; the others of its list stay, and so does a list that came meanwhile.
        wanted.drop(gateway, new Set(fragments.map(({ topic }) => topic)));
      }
    } catch (error) {
      logFailure(log, "values_not_delivered", error, { gateway, values: fragments.length });
      this.#behind.add(gateway);
    } finally {
      this.#busy.delete(gateway);
    }
  }
}
