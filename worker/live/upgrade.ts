/** The moment a request becomes a socket, the same on both doors. */
import type { Exchange } from "../core/instrument.ts";
import { CLOSE } from "../protocol/close-codes.ts";
import { addressBlock } from "../protocol/address-block.ts";
import type { Door } from "./door.ts";

/** Set by the route in front, which has seen the request's origin (WS13): whom to count a socket for. */
const ADDRESS_HEADER = "X-Socket-Address";

/** WS13: sockets of one address on one object, when they do not come from a page of our own. */
const MAX_SOCKETS_AN_ADDRESS = 256;

export interface Hello {
  readonly build: string;
  readonly exchange: Exchange;
  /** Subscribed to at once. */
  readonly topics: readonly string[];
}

/** `null`: go on. 503 when the object is full: the route tries another one. */
export function refuseUnlessUpgrade(request: Request, size: number, max: number): Response | null {
  if (request.headers.get("Upgrade")?.toLowerCase() !== "websocket") {
    return new Response(null, { status: 426, headers: { Upgrade: "websocket" } });
  }
  return size >= max ? new Response(null, { status: 503, headers: { "Retry-After": "5" } }) : null;
}

export function admit(request: Request, door: Door, hello: Hello): Response {
  const { 0: client, 1: server } = new WebSocketPair();
  const said = request.headers.get(ADDRESS_HEADER);
  const address = said === null ? null : addressBlock(said);
  if (address !== null && countOf(door, address) >= MAX_SOCKETS_AN_ADDRESS) {
    server.accept();
    server.close(CLOSE.full.code, CLOSE.full.reason);
  } else {
    door.open(server, { id: crypto.randomUUID(), address, ...hello });
  }
  return new Response(null, { status: 101, webSocket: client });
}

function countOf(door: Door, address: string): number {
  let count = 0;
  for (const session of door.sessions()) {
    count += session.address === address ? 1 : 0;
  }
  return count;
}
