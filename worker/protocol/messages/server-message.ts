/**
 * Every message of a server, as one union: the client parses with it, and tests check the server against it.
 *
 * About the socket, from the object that holds it (a gateway, or the Topic of `/ws/{topic}`):
 * - `connected`: first of all, once.
 * - `subscribed`, `unsubscribed`: one for each topic of a request; after `subscribed` the missed messages or a snapshot.
 * - `reset`: before a snapshot that replaces what the client has, after a gap, a new epoch or a switch of the exchange.
 * - `error`: in place of an answer, or for input that cannot be read.
 * - `pong`: for a `ping`, from the platform, so that a sleeping object stays asleep.
 *
 * Streams, from the outbox of the book of an exchange; the stream's Topic numbers them, and each one arrives:
 * - `signal_update` (topic `signal:vcp`): signals that appeared, moved or left, after a scan and after a tick.
 * - `market_gate_update` (`market_gate`): the gate of a session, after its scan.
 *
 * Latest values, numbered and sent by the feed of an exchange at most once a tick; a later one replaces the one before:
 * - `price_update` (`price:{ticker}`) and `index_update` (`index:KOSPI`, `index:KOSDAQ`): when the value moved.
 * - `scan_update` (`scan`): the stages and the end of a run, of which the book notifies the feed.
 * - `feed_update` (`feed`): when the state of the feed changes.
 */
import * as v from "valibot";
import { FeedUpdate, IndexUpdate, PriceUpdate, ScanUpdate } from "./live-update.ts";
import { MarketGateUpdate, SignalUpdate } from "./stream-update.ts";
import { Connected, ErrorMessage, Pong, Reset, Subscribed, Unsubscribed } from "./session-message.ts";
import { Count } from "../vocabulary.ts";

/** The place that a Topic gives to a message of its stream (WS5). */
const place = { epoch: v.string(), seq: Count };

const PlacedSignalUpdate = v.object({ ...SignalUpdate.entries, ...place });
export type PlacedSignalUpdate = v.InferOutput<typeof PlacedSignalUpdate>;

const PlacedMarketGateUpdate = v.object({ ...MarketGateUpdate.entries, ...place });
export type PlacedMarketGateUpdate = v.InferOutput<typeof PlacedMarketGateUpdate>;

/** A newer server may send more: {@link decodeServer} counts what is not in here and passes over it. */
export const ServerMessage = v.variant("type", [
  Connected,
  Subscribed,
  Unsubscribed,
  PlacedSignalUpdate,
  PlacedMarketGateUpdate,
  PriceUpdate,
  IndexUpdate,
  ScanUpdate,
  FeedUpdate,
  Reset,
  ErrorMessage,
  Pong,
]);
export type ServerMessage = v.InferOutput<typeof ServerMessage>;

/** Puts its place into a message that was serialised without one, without parsing it again. */
export function placeBody(body: string, at: { readonly epoch: string; readonly seq: number }): string {
  const head = `{"epoch":${JSON.stringify(at.epoch)},"seq":${at.seq}`;
  return body === "{}" ? `${head}}` : `${head},${body.slice(1)}`;
}
