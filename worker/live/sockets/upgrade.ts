/** How a request becomes a socket, the same on `/ws` and `/ws/{topic}`. */
import type { Exchange } from "../../core/instrument/instrument.ts";
import { CLOSE } from "../../protocol/messages/codes.ts";
import { addressBlock, SOCKET_ADDRESS_HEADER } from "../../protocol/address-block.ts";
import { SOCKET_READER_HEADER } from "../../protocol/reader-header.ts";
import { RETRY_LATER } from "../../protocol/rest/problem.ts";
import type { SocketHub } from "./socket-hub.ts";

/** An address has at most 39 characters: what is longer is none, and is not kept whole in every session. */
const MAX_ADDRESS = 64;

/** WS9, WS13c: how many sockets an object takes. Our own limit: one thread writes to a thousand sockets in about 50 ms. */
const MAX_SOCKETS = 2_000;

/** WS13: how many sockets of one address an object takes that do not come from a page of our own. */
const MAX_SOCKETS_AN_ADDRESS = 256;

/** What the greeting states. */
export interface Hello {
  readonly build: string;
  readonly exchange: Exchange;
  /** Subscribed to at once. */
  readonly topics: readonly string[];
}

/** `null` where the request may become a socket. 503 when the object is full, and the route tries another one. */
export function refuseUnlessUpgrade(request: Request, size: number): Response | null {
  if (request.headers.get("Upgrade")?.toLowerCase() !== "websocket") {
    return new Response(null, { status: 426, headers: { Upgrade: "websocket" } });
  }
  return size >= MAX_SOCKETS ? new Response(null, { status: 503, headers: RETRY_LATER }) : null;
}

/** Refuses at once what will be refused; otherwise `null`, when it is this request's turn (WS16b). */
export async function waitForTurn(request: Request, hub: SocketHub): Promise<Response | null> {
  const refusal = refuseUnlessUpgrade(request, hub.size);
  if (refusal === null) {
    await hub.turn();
  }
  return refusal;
}

/** Always 101: an address with too many sockets gets one that closes with 4103, because only a close code reaches its page. */
export function admit(request: Request, hub: SocketHub, hello: Hello): Response {
  const { 0: client, 1: server } = new WebSocketPair();
  // The route in front has refused every origin but our own.
  const address = request.headers.get("Origin") === null ? addressOf(request) : null;
  const reader = request.headers.get(SOCKET_READER_HEADER);
  if (!hub.readers.mayStay(hello.exchange, reader)) {
    server.accept();
    server.close(CLOSE.login.code, CLOSE.login.reason);
  } else if (address !== null && hub.socketsOf(address) >= MAX_SOCKETS_AN_ADDRESS) {
    server.accept();
    server.close(CLOSE.full.code, CLOSE.full.reason);
  } else {
    hub.open(server, { id: crypto.randomUUID(), address, reader, ...hello });
  }
  return new Response(null, { status: 101, webSocket: client });
}

/** `null` where no route is in front. */
function addressOf(request: Request): string | null {
  const text = request.headers.get(SOCKET_ADDRESS_HEADER);
  return text === null ? null : addressBlock(text).slice(0, MAX_ADDRESS);
}
