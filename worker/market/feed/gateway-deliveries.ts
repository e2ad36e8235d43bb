/** WS9: values on their way to the gateways. Each gateway has one delivery on its way, and a slow one keeps nobody waiting. */
import { logFailure } from "../../app/log-failure.ts";
import type { Fragment, GatewayPort } from "../../app/ports/live.ts";
import type { Log } from "../../app/ports/log.ts";
import { within } from "../../platform/within.ts";
import type { WantedTopics } from "./wanted-topics.ts";

/** A gateway that does not take a delivery in this time gets everything anew with the next one. */
const DELIVERY_MS = 2_000;

export interface DeliveryDeps {
  readonly wanted: WantedTopics;
  readonly log: Log;
  gateway(name: string): GatewayPort;
  /** What was last said on a topic. */
  current(topic: string): Fragment | null;
}

export class GatewayDeliveries {
  readonly #deps: DeliveryDeps;
  readonly #busy = new Set<string>();
  /** Gateways that missed something. A value may never change again, so they get all that they want next time. */
  readonly #behind = new Set<string>();

  constructor(deps: DeliveryDeps) {
    this.#deps = deps;
  }

  /** Sends each gateway what changed of what it wants, in one delivery. `except`: it has these values already. */
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
        // It wants none of these; what it wants beside them stands, and so does what it asked for meanwhile.
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
