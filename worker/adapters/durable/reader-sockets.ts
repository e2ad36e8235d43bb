/** RD6: the end of a reader's session, at every object that may hold a socket of it. */
import { asking, type Neighbour } from "../../app/ports/neighbour-error.ts";
import { STREAMS } from "../../protocol/messages/topic.ts";
import { within } from "../../platform/within.ts";
import { allGateways } from "./gateway-place.ts";
import { gatewayObject, type ObjectBindings, topicObject } from "./stubs.ts";

const PATIENCE_MS = 5_000;

/** Idempotent. One that fails keeps no other waiting; rejects with the first failure when all were called. */
export async function endReaderSockets(
  env: Pick<ObjectBindings, "TOPIC" | "GATEWAY">,
  session: string,
): Promise<void> {
  const ended = await Promise.allSettled([
    ...STREAMS.map(async (stream) =>
      ending("Topic", async () => topicObject(env.TOPIC, stream).endReader(session)),
    ),
    ...allGateways().map(async (name) =>
      ending("Gateway", async () => gatewayObject(env.GATEWAY, name).endReader(session)),
    ),
  ]);
  const failure = ended.find((one) => one.status === "rejected");
  if (failure !== undefined) {
    throw failure.reason;
  }
}

async function ending(neighbour: Neighbour, end: () => Promise<void>): Promise<void> {
  await within(PATIENCE_MS, neighbour, asking(neighbour, "endReader", end));
}
