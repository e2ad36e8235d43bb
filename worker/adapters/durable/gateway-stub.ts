/** The {@link GatewayPort} over RPC. A gateway calls itself `{region}/{shard}`; that name is its address. */
import type { GatewayPort } from "../../app/ports/live.ts";
import { gatewayPlace } from "./gateway-place.ts";

/** A stub dies with its object's process, so each call takes a new one. */
export function makeGatewayPort(gateways: Env["GATEWAY"], name: string): GatewayPort {
  return {
    deliver: async (delivery) => gateways.getByName(name, gatewayPlace(name)).deliver(delivery),
  };
}
