/** WS6: everyone who holds something of an exchange, called so that each asks for the recorded switch and follows it. */
import { asking, type Neighbour } from "../../app/ports/neighbour-error.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { STREAMS } from "../../protocol/messages/topic.ts";
import { within } from "../../platform/within.ts";
import { allGateways } from "./gateway-place.ts";
import { gatewayObject, makeFeedPort, type ObjectBindings, topicObject } from "./stubs.ts";

/** One that is silent for longer did not follow; the next call finds it done, or asks it again. */
const PATIENCE_MS = 5_000;

/**
 * Idempotent. The feed of the other exchange stops by itself at its next step. One that fails keeps no other waiting; rejects with
 * the first failure when all were called.
 */
export async function followSwitch(
  env: Pick<ObjectBindings, "TOPIC" | "GATEWAY" | "MARKET_FEED">,
  exchange: Exchange,
): Promise<void> {
  const followed = await Promise.allSettled([
    ...STREAMS.map(async (stream) =>
      following("Topic", async () => topicObject(env.TOPIC, stream).followSwitch()),
    ),
    following("MarketFeed", async () => makeFeedPort(env.MARKET_FEED, exchange).followSwitch()),
    ...allGateways().map(async (name) =>
      following("Gateway", async () => gatewayObject(env.GATEWAY, name).followSwitch()),
    ),
  ]);
  const failure = followed.find((one) => one.status === "rejected");
  if (failure !== undefined) {
    throw failure.reason;
  }
}

async function following(neighbour: Neighbour, follow: () => Promise<void>): Promise<void> {
  await within(PATIENCE_MS, neighbour, asking(neighbour, "followSwitch", follow));
}
