/** Latest values as they move: prices, indices, the progress of a scan, the state of the feed. A later one replaces. */
import * as v from "valibot";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { MarketGate } from "../../core/scan/gate.ts";
import { formatKst } from "../format.ts";
import { encodeRunningGate, RunningGateData } from "../market-gate.ts";
import {
  Count,
  ExchangeName,
  Figure,
  IndexName,
  KstTime,
  PhaseName,
  SessionDate,
  WayName,
} from "../vocabulary.ts";

const Missing = v.nullable(Figure);
const place = { epoch: v.string(), seq: Count };
/** `null`: the feed has no clock of sessions. */
const SessionState = v.nullable(v.picklist(["open", "closed", "break"]));

/** `preparing`: the market's past is on its way in; `none`: this exchange has no live feed, which is never "stale". */
const FeedStateName = v.picklist(["preparing", "live", "paused", "closed", "stale", "none"]);

const Coverage = v.object({
  slots: Count,
  followed: Count,
  polled: Count,
  dropped: Count,
  /** Seconds between two turns of the polled. */
  turn_s: Count,
});

/** The latest price of one share; `data` in won, `change_rate` in per cent. */
export const PriceUpdate = v.object({
  type: v.literal("price_update"),
  topic: v.string(),
  ...place,
  ticker: v.string(),
  /** Changes are against the previous close, `change_rate` in per cent; `volume` is the session's so far. */
  data: v.object({
    price: Figure,
    change: Missing,
    change_rate: Missing,
    volume: Missing,
    bid_price: Missing,
    ask_price: Missing,
    /** Of the session, as high and low; a message of an earlier server has none. */
    open: v.optional(Missing, null),
    high: Missing,
    low: Missing,
    session: SessionState,
    stale: v.boolean(),
    /** In a session of a real exchange: trade by trade, or asked for by turns. */
    via: v.exactOptional(WayName),
    /** The vendor states that it does not trade at this moment. */
    halted: v.exactOptional(v.boolean()),
    /** A volatility interruption gathers orders: the price is the last one that was paid. */
    vi: v.exactOptional(v.boolean()),
  }),
  timestamp: KstTime,
  source: v.string(),
});
export type PriceUpdate = v.InferOutput<typeof PriceUpdate>;

/** The latest value of one index, in points. */
export const IndexUpdate = v.object({
  type: v.literal("index_update"),
  topic: v.string(),
  ...place,
  exchange: ExchangeName,
  code: IndexName,
  name: v.string(),
  /** The session of the value: a close may be older than its message. */
  as_of: SessionDate,
  data: v.object({ index: Figure, change: Missing, change_rate: Missing, volume: Missing }),
  timestamp: KstTime,
  source: v.string(),
});
export type IndexUpdate = v.InferOutput<typeof IndexUpdate>;

/** The progress that `/scan/status` shows, as it moves; with `idle` the run that has just come to its end. */
export const ScanUpdate = v.object({
  type: v.literal("scan_update"),
  topic: v.literal("scan"),
  ...place,
  exchange: ExchangeName,
  data: v.object({
    run_id: v.nullable(v.string()),
    stage: v.picklist(["idle", "reading", "saving"]),
    done: Count,
    total: Count,
    /** `null` while a run goes on. `saved`: signals written; `reason`: why it failed or was skipped. */
    ended: v.nullable(
      v.object({
        run_id: v.string(),
        status: v.picklist(["done", "failed", "skipped"]),
        saved: Count,
        reason: v.nullable(v.string()),
      }),
    ),
  }),
  timestamp: KstTime,
});
export type ScanUpdate = v.InferOutput<typeof ScanUpdate>;

/** What the live prices are worth now: their state, their source and the feed's own clock. */
export const FeedStatusBody = v.object({
  exchange: ExchangeName,
  state: FeedStateName,
  source: v.string(),
  clock: v.nullable(KstTime),
  session: SessionState,
  tickers: Count,
  /** Of a real exchange; prices are of its regular session alone, whatever the phase. */
  phase: v.exactOptional(PhaseName),
  /** Of a session that runs: how many names are followed trade by trade, asked for by turns, and left out. */
  coverage: v.exactOptional(Coverage),
  /** The last judgement of a session that runs: how many names `/api/kr/forming` lists, and since when. */
  forming: v.exactOptional(v.object({ at: KstTime, count: Count })),
  /** Provisional: of the session that runs, or of the last one, until its own scan. */
  gate: v.exactOptional(RunningGateData),
  /** That brings the prices of `source`: since when it is connected, or when it was last there. */
  machine: v.exactOptional(v.object({ present: v.boolean(), at: KstTime })),
});
export type FeedStatusBody = v.InferOutput<typeof FeedStatusBody>;

/** Where live prices stand, before it is written; instants in milliseconds since the epoch. */
export interface FeedStatusFacts extends Omit<
  FeedStatusBody,
  "clock" | "coverage" | "forming" | "gate" | "machine"
> {
  readonly clock: number | null;
  readonly coverage?: Omit<v.InferOutput<typeof Coverage>, "turn_s"> & { readonly turnSeconds: number };
  readonly forming?: { readonly at: number; readonly count: number };
  readonly machine?: { readonly isPresent: boolean; readonly at: number };
  readonly gate?: { readonly at: number; readonly gate: MarketGate; readonly meansOf: TradingDay | null };
}

export function encodeFeedStatus({
  clock,
  coverage,
  forming,
  gate,
  machine,
  ...rest
}: FeedStatusFacts): FeedStatusBody {
  return {
    ...rest,
    clock: clock === null ? null : formatKst(clock),
    ...(coverage === undefined ? {} : { coverage: encodeCoverage(coverage) }),
    ...(forming === undefined ? {} : { forming: { ...forming, at: formatKst(forming.at) } }),
    ...(machine === undefined ? {} : { machine: { present: machine.isPresent, at: formatKst(machine.at) } }),
    ...(gate === undefined ? {} : { gate: encodeRunningGate(gate.gate, gate.at, gate.meansOf) }),
  };
}

function encodeCoverage({
  turnSeconds,
  ...counts
}: NonNullable<FeedStatusFacts["coverage"]>): v.InferOutput<typeof Coverage> {
  return { ...counts, turn_s: turnSeconds };
}

/** A change of that state. */
export const FeedUpdate = v.object({
  type: v.literal("feed_update"),
  topic: v.literal("feed"),
  ...place,
  /** `clock` is the feed's own, the demo's runs apart. */
  data: FeedStatusBody,
  timestamp: KstTime,
});
export type FeedUpdate = v.InferOutput<typeof FeedUpdate>;
