/** The object of a gateway, at the place that its name states. */
import { gatewayPlace } from "./gateway-place.ts";
import type { ObjectBindings } from "./bindings.ts";

/** A stub dies with its object's process, so each call takes a new one. */
export function gatewayObject(
  gateways: ObjectBindings["GATEWAY"],
  name: string,
): ReturnType<ObjectBindings["GATEWAY"]["getByName"]> {
  return gateways.getByName(name, gatewayPlace(name));
}
