/** Valid frames of both directions, as the shipped ends write them, for the fuzzer to break. */
import { PING_TEXT } from "../../protocol/messages/client-message.ts";
import { encodeFrame } from "../../protocol/messages/codec.ts";
import { placeBody } from "../../protocol/messages/server-message.ts";
import { encodeError, encodeReset } from "../../protocol/messages/session-message.ts";
import { priceUpdate } from "../../market/feed/feed-messages.ts";
import { HELLO } from "../stage/played-session.ts";
import { WireMarket } from "./world/simulated-market.ts";

const PLACE = { epoch: "e1", seq: 3 };
const AT = Date.UTC(2025, 5, 16);
const market = new WireMarket("KRX", () => 0.9);
const quote = {
  price: 1_000,
  previous: 990,
  volume: 5,
  open: 1_000,
  high: 1_010,
  low: 980,
  bid: null,
  ask: 1_001,
};

function placed(body: object): string {
  return placeBody(JSON.stringify(body), PLACE);
}

export const CLIENT_SAMPLES: readonly string[] = [
  PING_TEXT,
  '{"type":"subscribe","topic":"signal:vcp","id":1,"ack":true}',
  '{"type":"subscribe","topics":["signal:vcp","market_gate","price:005930"],"id":"a","since":{"signal:vcp":{"epoch":"e1","seq":7}}}',
  '{"type":"unsubscribe","topics":["signal:vcp","price:005930"],"id":2}',
  '{"type":"ack","bytes":40000}',
  '[{"type":"ack","bytes":1},{"type":"subscribe","topic":"scan"}]',
  JSON.stringify({
    type: "subscribe",
    topics: Array.from({ length: 256 }, (_, k) => `price:D${String(k).padStart(5, "0")}`),
  }),
];

export const SERVER_SAMPLES: readonly string[] = [
  JSON.stringify(HELLO),
  JSON.stringify({ type: "subscribed", topic: "signal:vcp", ...PLACE, recovered: true, id: 1 }),
  JSON.stringify({ type: "subscribed", topic: "scan", epoch: null, seq: 0, recovered: false, id: 1 }),
  encodeReset("signal:vcp", PLACE),
  encodeError("unavailable", "market_gate", 2),
  placed(market.moveSignals().body),
  placed({ ...market.moveSignals().body, snapshot: true }),
  placed(market.moveGate().body),
  placed(
    priceUpdate("005930", quote, { exchange: "KRX", source: "test", at: AT, session: "open", stale: false }),
  ),
  encodeFrame([encodeReset("signal:vcp", PLACE), placed(market.moveSignals().body)]),
];
