/** TK1: the text of a ticker, as the grammar of its exchange has it. A ticker is never a number. */
import { profileOf } from "./exchange-profile.ts";
import type { Exchange } from "./instrument.ts";
import type { Ticker } from "../nominal.ts";

/**
 * Raises lower case; `null` when the text is not a ticker of that exchange.
 *
 * @example
 * parseTicker("KRX", "0013a0"); // "0013A0"
 * parseTicker("KRX", "D00001"); // null: a ticker of the demo
 */
export function parseTicker(exchange: Exchange, text: string): Ticker | null {
  const raised = text.toUpperCase();
  return isTicker(exchange, raised) ? raised : null;
}

function isTicker(exchange: Exchange, text: string): text is Ticker {
  return profileOf(exchange).ticker.grammar.test(text);
}
