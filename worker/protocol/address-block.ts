/** The address that a socket or a request counts for: one IPv4 address, or the /64 of an IPv6 address, because a household has all of it (WS13b, RT23). */

/** Set by the route in front on every upgrade, read by the object that takes the socket: the address a socket comes from. */
export const SOCKET_ADDRESS_HEADER = "X-Socket-Address";

/** The address of a client, as the platform in front of the Worker states it; `null` where nothing stands in front. */
export function clientAddress(headers: { get(name: string): string | null }): string | null {
  return headers.get("CF-Connecting-IP");
}

const GROUPS = 8;
const NETWORK_GROUPS = 4;

/** Text that is no address counts as itself. */
export function addressBlock(address: string): string {
  if (!address.includes(":") || address.includes(".")) {
    return address;
  }
  const [head = "", tail] = address.toLowerCase().split("::");
  const first = groupsOf(head);
  const last = tail === undefined ? [] : groupsOf(tail);
  const zeros = Array.from({ length: Math.max(0, GROUPS - first.length - last.length) }, () => "0");
  const groups = [...first, ...zeros, ...last].slice(0, NETWORK_GROUPS);
  return `${groups.map((group) => group.replace(/^0+(?=.)/, "")).join(":")}::/64`;
}

function groupsOf(text: string): readonly string[] {
  return text === "" ? [] : text.split(":");
}
