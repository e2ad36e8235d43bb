/** What the owner looks at when nothing seems to move: readiness with ages, and what the sockets hold. */
import * as v from "valibot";
import { FeedStatusBody, FeedUpdate } from "../messages/live-update.ts";
import { Count, ExchangeName, Figure, KstTime, listOf, SessionDate } from "../vocabulary.ts";
import { RunBody } from "./scan-run.ts";

/** `/health`: whether everything answers, with ages. */
export const HealthBody = v.object({
  status: v.literal("ok"),
  build: v.string(),
  exchange: ExchangeName,
  server_time: KstTime,
  book: v.object({
    tickers: Count,
    rows: Count,
    sessions: Count,
    first_day: v.nullable(SessionDate),
    last_day: v.nullable(SessionDate),
  }),
  /** `age_s`: seconds since it ended, or since it began while it runs. */
  last_run: v.nullable(v.object({ ...RunBody.entries, age_s: Figure })),
  /** The scan that should be there by now is missing; absent from a version that did not answer this. */
  overdue: v.optional(v.boolean()),
  /** Where live prices stand; `null` where no feed is served. */
  feed: v.nullable(FeedStatusBody),
  /**
   * The switch of the exchange that the store records (its number grows with each), and the objects that stand on another;
   * absent from a version without numbers.
   */
  exchange_switch: v.optional(
    v.object({
      exchange: ExchangeName,
      generation: Count,
      disagreeing: listOf(v.object({ object: v.string(), exchange: ExchangeName, generation: Count })),
    }),
  ),
  /** Messages saved and not yet published, and the age of the oldest in seconds. */
  outbox: v.object({ waiting: Count, oldest_age_s: v.nullable(Figure) }),
  /** The last failure of each neighbour that is remembered, by its name. `event` is the log's name of what failed. */
  failures: listOf(v.object({ neighbour: v.string(), at: KstTime, event: v.string(), detail: v.string() })),
});
export type HealthBody = v.InferOutput<typeof HealthBody>;

/** The answer to a command to the demo: where the feed stands after it. */
export const DemoAnswer = v.object({ exchange: v.literal("DEMO"), feed: FeedStatusBody });
export type DemoAnswer = v.InferOutput<typeof DemoAnswer>;

/** `/ws/stats` (WS14): what gateways and topics hold at this moment, counted from the sockets themselves. */
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
