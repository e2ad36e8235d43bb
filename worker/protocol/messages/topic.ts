/** The names of everything one can subscribe to: durable streams, and latest values sequenced by their producer. */
import { exchangeOf } from "../../core/instrument/exchange-profile.ts";

/** Streams have a Topic object each: contiguous, resumable. The list is closed. */
export const STREAMS = ["signal:vcp", "market_gate"] as const;
/** The name of a stream, which is also its topic. */
export type Stream = (typeof STREAMS)[number];

/** A topic by kind: `stream` resumes from a position, every other kind has a latest value only. */
export type Topic =
  | { readonly kind: "stream"; readonly name: Stream }
  | { readonly kind: "index"; readonly name: string; readonly code: "KOSPI" | "KOSDAQ" }
  | { readonly kind: "price"; readonly name: string; readonly ticker: string }
  | { readonly kind: "scan"; readonly name: "scan" }
  | { readonly kind: "feed"; readonly name: "feed" };

/** What the topic of a price begins with; its ticker follows. */
export const PRICE_TOPIC = "price:";

/**
 * `null` for text that names no topic. `name` is canonical: a ticker in upper case, everything else exactly as in the grammar.
 *
 * @example
 * parseTopic("price:d00001"); // { kind: "price", name: "price:D00001", ticker: "D00001" }
 * parseTopic("prices"); // null
 */
export function parseTopic(text: string): Topic | null {
  switch (text) {
    case "signal:vcp":
    case "market_gate":
      return { kind: "stream", name: text };
    case "index:KOSPI":
      return { kind: "index", name: text, code: "KOSPI" };
    case "index:KOSDAQ":
      return { kind: "index", name: text, code: "KOSDAQ" };
    case "scan":
      return { kind: "scan", name: text };
    case "feed":
      return { kind: "feed", name: text };
    default:
      return parsePrice(text);
  }
}

function parsePrice(text: string): Topic | null {
  if (!text.startsWith(PRICE_TOPIC)) {
    return null;
  }
  const given = text.slice(PRICE_TOPIC.length);
  const ticker = given.toUpperCase();
  if (exchangeOf(ticker) === null) {
    return null;
  }
  // The text itself where it is canonical: as a key it has been looked up before.
  return { kind: "price", name: ticker === given ? text : `${PRICE_TOPIC}${ticker}`, ticker };
}
