/** WS6: another exchange is active. Every stream begins a new epoch with its snapshot, every latest value begins anew. */
import { asking } from "../../app/ports/neighbour-error.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { STREAMS } from "../../protocol/messages/topic.ts";
import { gatewayObject, makeBookPort, makeFeedPort, type ObjectBindings, topicObject } from "./stubs.ts";
import { allGateways } from "./gateway-place.ts";

/** Idempotent: a switch that broke half-way is completed by doing it again. */
export async function switchStreams(env: ObjectBindings, exchange: Exchange): Promise<void> {
  const snapshots = await makeBookPort(env.MARKET_BOOK, exchange).snapshots();
  for (const stream of STREAMS) {
    const body = snapshots.find(({ topic }) => topic === stream)?.body ?? null;
    await asking("Topic", "beginEpoch", async () =>
      topicObject(env.TOPIC, stream).beginEpoch(exchange, body),
    );
  }
  const feed = makeFeedPort(env.MARKET_FEED, exchange);
  await feed.beginEpoch();
  await Promise.all(
    allGateways().map(async (name) =>
      asking("Gateway", "exchangeChanged", async () =>
        gatewayObject(env.GATEWAY, name).exchangeChanged(exchange),
      ),
    ),
  );
  // Wakes the feed of the active exchange; the other one stops by itself at its next step.
  await feed.status();
}
