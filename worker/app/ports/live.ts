/**
 * The live half of the path: messages from their sequencers (Topic for streams, MarketFeed for latest values) to the
 * gateways that hold the sockets. A message is serialised once, where it gets its place, and travels as text.
 */
import { AssertionError } from "../../core/assert.ts";
import type { Exchange, IndexCode } from "../../core/instrument/instrument.ts";
import type { Nominal } from "../../core/nominal.ts";
import type { MarketPhase } from "../../core/session/market-phase.ts";
import type { IndexQuote, PriceQuote } from "../../protocol/rest/quote.ts";
import type { FormingCount, ProvisionalGate } from "./forming.ts";
import type { LiveMachine } from "./live-upstream.ts";
import type { RunProgress } from "./market-book.ts";
import type { Neighbour, NeighbourFailure } from "./neighbour-error.ts";
import type { OutboxMessage } from "./scan-ledger.ts";
import type { ExchangeSwitch } from "./settings.ts";

/** A message's number within an epoch of its topic, from 1; 0 stands before the first message. */
export type Seq = Nominal<number, "Seq">;

function isSeq(value: number): value is Seq {
  return Number.isSafeInteger(value) && value >= 0;
}

/** Names a number from storage, from a schema or counted on; one that is negative or not whole is a broken invariant. */
export function seqOf(value: number): Seq {
  // Not `assert`: this runs on every message, and the text of a passing assertion costs more than the check.
  if (!isSeq(value)) {
    throw new AssertionError(`${value} is not a seq`);
  }
  return value;
}

/** Where a message stands in its topic. */
export interface Position {
  readonly epoch: string;
  readonly seq: Seq;
}

/** One message with its place; `text` is the whole message as JSON, epoch and seq included. */
export interface Fragment extends Position {
  readonly topic: string;
  readonly text: string;
}

/** Everything due to a gateway at one moment. Streams go out at once, latest values with the gateway's next tick. */
export interface Delivery {
  readonly fragments: readonly Fragment[];
  /** Of which the fragments are, where the sender is a stream that knows; absent from a feed, and from an earlier version. */
  readonly exchange?: Exchange;
}

/** WS6: how many messages of a stream are kept, to be resumed from by readers that were away. */
export const RING_SIZE = 256;

/** The answer to a stream's new subscriber: the position it reflects and what to send before anything later. */
export interface StreamStart extends Position {
  /** WS6: `fragments` are exactly the missed messages; otherwise they are one snapshot. */
  readonly recovered: boolean;
  /** A position was given and continuity was lost: the client must replace what it has. */
  readonly reset: boolean;
  readonly fragments: readonly Fragment[];
  /** On which the stream stands; absent where it stands on none, and from an earlier version. */
  readonly exchange?: Exchange;
}

/** A gateway, as the sequencers see it. `false`: no socket of it wants any of these topics any more. */
export interface GatewayPort {
  deliver(delivery: Delivery): Promise<boolean>;
}

/** A stream's sequencer, as the gateways see it. The answer to a delivery ends a gateway's subscription. */
export interface TopicPort {
  subscribe(gateway: string, since: Position | null): Promise<StreamStart>;
}

/** Where live prices stand. `preparing`: the market's past is on its way into the book. `none`: the exchange has no live feed, which is a state of its own and never "stale". */
export type FeedState = "preparing" | "live" | "paused" | "closed" | "stale" | "none";

/** Whose prices a real session shows, in names: shares and indices. */
export interface FeedCoverage {
  /** How many names the vendor follows at once. */
  readonly slots: number;
  /** Which of them the vendor has confirmed. */
  readonly followed: number;
  /** Shares that are asked for by turns. */
  readonly polled: number;
  /** Wanted shares for which neither has room. */
  readonly dropped: number;
  /** Seconds between two turns. */
  readonly turnSeconds: number;
}

/** The state of one exchange's live prices, as `feed_update` publishes it. */
export interface FeedStatus {
  readonly exchange: Exchange;
  readonly state: FeedState;
  readonly source: string;
  /** Milliseconds since the epoch, on the feed's own clock. */
  readonly clock: number | null;
  readonly session: "open" | "closed" | "break" | null;
  readonly tickers: number;
  /** Of a real exchange by its calendar; left out by every other feed. */
  readonly phase?: MarketPhase;
  /** Of a session that runs. */
  readonly coverage?: FeedCoverage;
  /** Of a session that runs and was judged. */
  readonly forming?: FormingCount;
  /** KW31: of a feed whose prices a machine of the owner's brings. */
  readonly machine?: LiveMachine;
  /** DR17: of a session that runs, and after its end until the next one begins. */
  readonly gate?: ProvisionalGate;
}

/** The producer of latest values of one exchange: `price:*`, `index:*`, `scan`, `feed`. */
export interface FeedPort {
  /**
   * Replaces what a gateway wants; answers with the current message of each topic that has one. `at` in milliseconds on the
   * gateway's clock: a list that is older than the last one arrived late and changes nothing.
   */
  want(gateway: string, topics: readonly string[], at: number): Promise<readonly Fragment[]>;
  /** Every ticker of the exchange's book, each with a topic of its price; `null` while its past is on its way, or without bars. */
  tickers(): Promise<readonly string[] | null>;
  status(): Promise<FeedStatus>;
  /** The last failure of each neighbour that ever failed the feed. */
  failures(): Promise<readonly NeighbourFailure[]>;
}

/** The values of a feed at one moment; a ticker or an index without a value is left out. */
export interface LatestQuotes {
  readonly prices: readonly PriceQuote[];
  readonly indices: readonly IndexQuote[];
}

/** The feed as a caller sees it that subscribes to nothing. */
export interface QuotingFeed {
  /** The values that sockets get, read without following them. Nothing of an exchange that is not active or does not move. */
  latest(tickers: readonly string[], codes: readonly IndexCode[]): Promise<LatestQuotes>;
}

/** A run that has ended. */
export interface EndedRun {
  readonly runId: string;
  readonly status: "done" | "failed" | "skipped";
  /** Signals that it wrote. */
  readonly saved: number;
  readonly reason: string | null;
}

/** An event of the book for the feed of its exchange: a stage of a scan (`ended` with `idle`), or a close that changed. */
export type BookEvent =
  | {
      readonly kind: "scan";
      readonly at: number;
      readonly progress: RunProgress;
      readonly ended: EndedRun | null;
    }
  | { readonly kind: "closes" };

/** The feed as its book sees it. Rejects when it is out of reach; what a lost event announced is in the stores. */
export interface BookListener {
  onBookEvent(event: BookEvent): Promise<void>;
}

/** The owner's commands to a simulated market. */
export type FeedCommand = "pause" | "resume" | "advance_tick" | "advance_session";

/** The same feed as its owner sees it. */
export interface OwnedFeedPort extends FeedPort {
  /** Resolves when the command has been carried out, a session's scan included. */
  command(command: FeedCommand): Promise<FeedStatus>;
  /** Asks which switch is recorded. One to its exchange that is new to it begins a new epoch with every value. */
  followSwitch(): Promise<void>;
  /** The switch that its values are of; `null` before it asked for one. */
  applied(): Promise<ExchangeSwitch | null>;
}

/** Hands a saved message to the sequencer of its topic. */
export interface Publisher {
  /**
   * Idempotent by the message's id. `generation`: the switch that was recorded when the message had been saved. Resolves only when
   * the topic has the message durably, or the state with which it began a later generation (TP11). Rejects when the topic is out
   * of reach or stands on an earlier generation.
   */
  publish(message: OutboxMessage, generation: number): Promise<void>;
}

/** What an object remembers. */
export interface ObjectState {
  /** The last failure of each neighbour that ever failed it. */
  readonly failures: readonly NeighbourFailure[];
  /** The switch of the exchange that it stands on; `null`: none. */
  readonly applied: ExchangeSwitch | null;
}

/** One object that remembers. */
export interface ObjectMemory {
  /** Names it among all objects, `Topic signal:vcp`. */
  readonly object: string;
  readonly neighbour: Neighbour;
  /** Rejects when it is out of reach. */
  state(): Promise<ObjectState>;
}

/** The sockets of one object. */
export interface HubLoad {
  readonly connections: number;
  readonly subscriptions: Readonly<Record<string, number>>;
  /** Milliseconds since its birth; `null` for the sockets of a single stream, which has no gateway. */
  readonly uptimeMs: number | null;
  /** The switch of the exchange that the object stands on; `null`: none yet; absent from an object of an earlier version. */
  readonly applied?: ExchangeSwitch | null;
  /** The last failure of each neighbour that this object met. */
  readonly failures: readonly NeighbourFailure[];
}
