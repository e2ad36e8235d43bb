/** Every message of a server, as one union: the client parses with it, and tests check the server against it. */
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
