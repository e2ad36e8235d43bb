/** WS9: values on their way to the gateways. Each gateway has one delivery on its way, and a slow one keeps nobody waiting. */
import type { Fragment, GatewayPort } from "../../app/ports/live.ts";
import type { WantedTopics } from "./wanted-topics.ts";

/** A gateway that does not take a delivery in this time gets everything anew with the next one. */
const DELIVERY_MS = 2_000;

export interface DeliveryDeps {
  readonly wanted: WantedTopics;
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
    this.#busy.add(gateway);
    const taken = await inTime(this.#deps.gateway(gateway).deliver({ fragments }));
    this.#busy.delete(gateway);
    const { wanted } = this.#deps;
    if (taken === null) {
      this.#behind.add(gateway);
    } else if (!taken && wanted.gateways().get(gateway) === topics) {
      // It wants none of these; what it wants beside them stands, and so does what it asked for meanwhile.
      wanted.drop(gateway, new Set(fragments.map(({ topic }) => topic)));
    }
  }
}

/** The gateway's answer; `null` when it failed or took too long. */
async function inTime(answer: Promise<boolean>): Promise<boolean | null> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, DELIVERY_MS, null);
  });
  const taken = await Promise.race([answer.catch(() => null), late]);
  clearTimeout(timer);
  return taken;
}
