/** Lets a stand-in pass for the platform's own type: it has the part that is used, and anything more fails at its first use. */
import { assert } from "../../../core/assert.ts";
import { SOCKET_ADDRESS_HEADER } from "../../../protocol/address-block.ts";

function isState(value: object): value is DurableObjectState {
  return "storage" in value;
}

function isSocket(value: object): value is WebSocket {
  return "serializeAttachment" in value;
}

function isEnv(value: object): value is Env {
  return "TOPIC" in value;
}

function isRequest(value: object): value is Request {
  return "url" in value;
}

/** As much of an upgrade as the objects look at; making a real request costs more than answering it. `address`: of a client that is no page. */
export function upgradeTo(url: string, address: string | null = null): Request {
  const headers = new Map([["Upgrade", "websocket"]]);
  if (address !== null) {
    headers.set(SOCKET_ADDRESS_HEADER, address);
  }
  const request = {
    url,
    headers: { get: (name: string) => headers.get(name) ?? null },
    clone: () => request,
  };
  assert(isRequest(request), "A request has an address");
  return request;
}

export function standForState(value: object): DurableObjectState {
  assert(isState(value), "A state has storage");
  return value;
}

export function standForSocket(value: object): WebSocket {
  assert(isSocket(value), "A socket carries an attachment");
  return value;
}

export function standForEnv(value: object): Env {
  assert(isEnv(value), "An environment has topics");
  return value;
}
