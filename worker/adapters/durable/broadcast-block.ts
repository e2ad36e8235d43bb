/** One word to every door about an address that did harm at one of them (WS15): gateways of all regions, and the streams' own doors. */
import type { AddressRefusal } from "../../app/ports/live.ts";
import { STREAMS } from "../../protocol/messages/topic.ts";
import { gatewayObject } from "./gateway-object.ts";
import { allGateways } from "./gateway-place.ts";
import { topicObject } from "./topic-object.ts";
import type { ObjectBindings } from "./bindings.ts";

/** Never rejects: a door that is out of reach learns it from the next frame of that address. */
export async function broadcastBlock(
  env: Pick<ObjectBindings, "GATEWAY" | "TOPIC">,
  refusal: AddressRefusal,
): Promise<void> {
  await Promise.allSettled([
    ...allGateways().map(async (name) => gatewayObject(env.GATEWAY, name).refuse(refusal)),
    ...STREAMS.map(async (topic) => topicObject(env.TOPIC, topic).refuse(refusal)),
  ]);
}
