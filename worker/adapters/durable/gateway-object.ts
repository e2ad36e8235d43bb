/** The object of a gateway, at the place that its name says. */
import { gatewayPlace } from "./gateway-place.ts";

/** A stub dies with its object's process, so each call takes a new one. */
export function gatewayObject(
  gateways: Env["GATEWAY"],
  name: string,
): ReturnType<Env["GATEWAY"]["getByName"]> {
  return gateways.getByName(name, gatewayPlace(name));
}
