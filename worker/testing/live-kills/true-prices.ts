/** What is true of each share of a session that is lived: every price that its vendor sends or answers with comes from here. */
import { assert } from "../../core/assert.ts";
import type { SessionRow } from "../fakes/exchange/simulated-exchange.ts";
import type { Present } from "../fakes/kis/kis-quotes.ts";
import type { FakeTrade } from "../fakes/kis/kis-trades.ts";

/** The bar of the session so far, in won. */
export interface TruePrice {
  readonly price: number;
  readonly base: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly volume: number;
}

export class TruePrices {
  readonly #prices = new Map<string, TruePrice>();
  readonly #shown: Map<string, Present>;
  /** Gives the vendor's answers what they have beside prices. */
  readonly #row: SessionRow;

  /** `shown`: what the vendor answers with, by code. */
  constructor(closes: ReadonlyMap<string, number>, shown: Map<string, Present>, row: SessionRow) {
    this.#shown = shown;
    this.#row = row;
    for (const [ticker, base] of closes) {
      this.#set(ticker, { price: base, base, open: base, high: base, low: base, volume: 1_000 });
    }
  }

  of(ticker: string): TruePrice {
    const known = this.#prices.get(ticker);
    assert(known !== undefined, `${ticker} is traded`);
    return known;
  }

  /** One trade; as the vendor's socket sends it to whoever is registered. */
  trade(ticker: string, price: number, volume: number, at: number): FakeTrade {
    const { base, open, high, low, volume: before } = this.of(ticker);
    const next = {
      price,
      base,
      open,
      high: Math.max(high, price),
      low: Math.min(low, price),
      volume: before + volume,
    };
    this.#set(ticker, next);
    return { ticker, at, ...next };
  }

  #set(ticker: string, one: TruePrice): void {
    this.#prices.set(ticker, one);
    const row = { ...this.#row, base: one.base };
    this.#shown.set(ticker, { ...one, row, value: one.price * one.volume, indicative: null });
  }
}
