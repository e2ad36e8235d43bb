/** `/ws/stats` (WS14): what gateways and topics hold at this moment, counted from the sockets themselves. */
import * as v from "valibot";
import { FeedUpdate } from "../messages/live-update.ts";
import { Count, KstTime } from "../vocabulary.ts";

export const SocketStats = v.object({
  active_connections: Count,
  /** Listeners by topic, over `/ws` and `/ws/{topic}`. */
  subscriptions: v.record(v.string(), Count),
  /** Gateways with a socket. */
  gateways: Count,
  feed: FeedUpdate.entries.data,
  /** Seconds since the longest-lived of them was born; an object that slept was born anew. */
  uptime_s: Count,
  generated_at: KstTime,
});
export type SocketStats = v.InferOutput<typeof SocketStats>;
