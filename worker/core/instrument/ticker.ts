/** Ticker grammar of the two exchanges: KRX codes begin with a digit, demo ones with D; the two spaces cannot meet. */
import type { Exchange } from "./instrument.ts";
import type { Nominal } from "../nominal.ts";

export type Ticker = Nominal<string, "Ticker">;

const GRAMMAR: Readonly<Record<Exchange, RegExp>> = {
  KRX: /^[0-9][0-9A-HJ-NP-TV-Z]{5}$/,
  DEMO: /^D[0-9]{5}$/,
};

/** `null` when the text is not a ticker of that exchange. Lower case is raised; a ticker is never a number. */
export function parseTicker(exchange: Exchange, text: string): Ticker | null {
  const raised = text.toUpperCase();
  return isTicker(exchange, raised) ? raised : null;
}

function isTicker(exchange: Exchange, text: string): text is Ticker {
  return GRAMMAR[exchange].test(text);
}

export function exchangeOf(ticker: string): Exchange | null {
  if (GRAMMAR.KRX.test(ticker)) {
    return "KRX";
  }
  return GRAMMAR.DEMO.test(ticker) ? "DEMO" : null;
}
