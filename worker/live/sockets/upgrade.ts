/** The moment a request becomes a socket, the same on both doors. */
import type { Exchange } from "../../core/instrument/instrument.ts";
import { CLOSE } from "../../protocol/messages/close-codes.ts";
import { addressBlock } from "../../protocol/address-block.ts";
import type { SocketHub } from "./socket-hub.ts";
import type { AddressBlocklist } from "./address-blocklist.ts";

/** Set by the route in front on every upgrade: where it comes from. */
const ADDRESS_HEADER = "X-Socket-Address";

/** A tag of a socket has at most 256 characters; an address has 39, and what is longer is none. */
const MAX_ADDRESS = 64;

/** Said of everyone whose address the platform did not tell: they share one sendBudget, and not the blame. */
const UNKNOWN = "unknown";

/** WS13: sockets of one address on one object, when they do not come from a page of our own. */
const MAX_SOCKETS_AN_ADDRESS = 256;

export interface Hello {
  readonly build: string;
  readonly exchange: Exchange;
  /** Subscribed to at once. */
  readonly topics: readonly string[];
}

/** WS15: 429 for an address that did harm, before anything is asked or opened. `null`: go on. */
export function refuseIfHarmful(request: Request, refused: AddressBlocklist): Response | null {
  const address = addressOf(request);
  const seconds = address === null ? null : refused.secondsLeft(address);
  return seconds === null
    ? null
    : new Response(null, { status: 429, headers: { "Retry-After": String(seconds) } });
}

/** `null`: go on. 503 when the object is full: the route tries another one. */
export function refuseUnlessUpgrade(request: Request, size: number, max: number): Response | null {
  if (request.headers.get("Upgrade")?.toLowerCase() !== "websocket") {
    return new Response(null, { status: 426, headers: { Upgrade: "websocket" } });
  }
  return size >= max ? new Response(null, { status: 503, headers: { "Retry-After": "5" } }) : null;
}

export function admit(request: Request, hub: SocketHub, hello: Hello): Response {
  const { 0: client, 1: server } = new WebSocketPair();
  const from = addressOf(request);
  // The route in front has refused every origin but our own.
  const address = request.headers.get("Origin") === null ? from : null;
  if (address !== null && countOf(hub, address) >= MAX_SOCKETS_AN_ADDRESS) {
    server.accept();
    server.close(CLOSE.full.code, CLOSE.full.reason);
  } else {
    const tags = from === null || from === UNKNOWN ? [] : [from];
    hub.open(server, { id: crypto.randomUUID(), address, tags, ...hello });
  }
  return new Response(null, { status: 101, webSocket: client });
}

/** `null` where no route is in front. */
function addressOf(request: Request): string | null {
  const said = request.headers.get(ADDRESS_HEADER);
  return said === null ? null : addressBlock(said).slice(0, MAX_ADDRESS);
}

function countOf(hub: SocketHub, address: string): number {
  let count = 0;
  for (const session of hub.sessions()) {
    count += session.address === address ? 1 : 0;
  }
  return count;
}
