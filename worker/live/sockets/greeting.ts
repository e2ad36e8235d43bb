/** The first message of every socket (WS2): what its client has to know of the object that took it in. */
import type { Exchange } from "../../core/instrument/instrument.ts";
import { formatKst } from "../../protocol/format.ts";
import { MAX_TOPICS_A_SOCKET } from "../../protocol/messages/client-message.ts";
import { type Connected, PROTOCOL_VERSION } from "../../protocol/messages/session-message.ts";
import { confirmAfter } from "../session/send-budget.ts";
import { TICK_MS } from "./tick.ts";

/** WS10: how often the client pings. */
const HEARTBEAT_MS = 25_000;

/** A request for a socket that was admitted. */
export interface Arrival {
  readonly id: string;
  readonly address: string | null;
  /** Who reads; `null`: somebody who has not logged in. */
  readonly reader: string | null;
  readonly build: string;
  readonly exchange: Exchange;
  readonly topics: readonly string[];
}

/** `at` in milliseconds since the epoch; `sockets` that the object has, the new one included. */
export function greetingOf({ id, build, exchange }: Arrival, at: number, sockets: number): Connected {
  return {
    type: "connected",
    client_id: id,
    protocol: PROTOCOL_VERSION,
    build,
    exchange,
    server_time: formatKst(at),
    heartbeat_ms: HEARTBEAT_MS,
    tick_ms: TICK_MS,
    max_topics: MAX_TOPICS_A_SOCKET,
    ack_after: confirmAfter(sockets),
  };
}
