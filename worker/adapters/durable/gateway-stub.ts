/** The {@link GatewayPort} over RPC. A gateway calls itself `{region}/{shard}`; that name is its address. */
import type { GatewayPort } from "../../app/ports/live.ts";
import { asking } from "../../app/ports/neighbour-error.ts";
import { gatewayObject } from "./gateway-object.ts";
import type { ObjectBindings } from "./bindings.ts";

export function makeGatewayPort(gateways: ObjectBindings["GATEWAY"], name: string): GatewayPort {
  return {
    deliver: async (delivery) =>
      asking("Gateway", "deliver", async () => gatewayObject(gateways, name).deliver(delivery)),
  };
}
