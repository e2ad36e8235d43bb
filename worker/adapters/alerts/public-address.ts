/** AL40: which IP addresses belong to the public network. The ranges are the library's; what is left out here is what it calls unicast by default. */
import ipaddr from "ipaddr.js";

/** Global unicast is given out of this block alone (RFC 4291): old ways to write IPv4 in IPv6 lie outside it. */
const GIVEN_OUT = ipaddr.IPv6.parseCIDR("2000::/3");

/** `text` is an address without brackets and port. Whatever cannot be read is not public. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) {
    return false;
  }
  const address = ipaddr.parse(text);
  if (address.range() !== "unicast") {
    return false;
  }
  return address.kind() === "ipv4" ? ipaddr.IPv4.isValidFourPartDecimal(text) : address.match(GIVEN_OUT);
}
