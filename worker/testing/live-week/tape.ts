/** The trades of one share in one session: a path through its open, high, low and close whose bar is known beforehand. */
import type { MarketQuote } from "../../app/ports/market-sources.ts";
import type { SessionHours } from "../../core/calendar/krx-calendar.ts";
import type { Ticker } from "../../core/nominal.ts";
import type { FakeTrade } from "../fakes/kis/kis-trades.ts";

/** Before the close orders are gathered, and nothing is traded until one trade behind it. */
const AUCTION_MS = 600_000;

interface Point {
  readonly at: number;
  readonly price: number;
}

export class Tape {
  readonly ticker: Ticker;
  readonly base: number;
  /** Behind the close, to the second. */
  readonly closesAt: number;
  readonly #random: () => number;
  readonly #points: readonly Point[];
  #next = 1;
  #high = 0;
  #low = Number.POSITIVE_INFINITY;
  #open = 0;
  #volume = 0;
  #last: FakeTrade | null = null;
  #earlier: FakeTrade | null = null;

  constructor(ticker: Ticker, base: number, hours: SessionHours, random: () => number) {
    this.ticker = ticker;
    this.base = base;
    this.#random = random;
    this.closesAt = hours.closesAt + 10_000 + Math.floor(random() * 15) * 1_000;
    const until = hours.closesAt - AUCTION_MS - 2_000;
    const near = (price: number, by: number): number => Math.round(price * (1 + by * (2 * random() - 1)));
    const [open, close] = [near(base, 0.015), near(base, 0.03)];
    const high = Math.round(Math.max(open, close) * (1 + 0.015 * random()));
    const low = Math.round(Math.min(open, close) * (1 - 0.015 * random()));
    const within = (): number => hours.opensAt + 120_000 + random() * (until - hours.opensAt - 120_000);
    const middle = [
      { at: within(), price: high },
      { at: within(), price: low },
    ].toSorted((a, b) => a.at - b.at);
    this.#points = [
      { at: hours.opensAt + 1_000 + random() * 60_000, price: open },
      ...middle,
      { at: this.closesAt, price: close },
    ];
  }

  /** The bar so far; `null` before the first trade. */
  quote(): MarketQuote | null {
    const last = this.#last;
    if (last === null) {
      return null;
    }
    const { price, open, high, low, volume, base } = last;
    return { ticker: this.ticker, price, open, high, low, volume, value: null, base };
  }

  /** A turn of the path since the last trade is a trade of its own, for an instant; otherwise one near the path. */
  trade(now: number): FakeTrade | null {
    const [first] = this.#points;
    if (first === undefined || now < first.at) {
      return null;
    }
    if (this.#last === null) {
      return this.#at(now, first.price);
    }
    const turn = this.#points[this.#next];
    if (turn !== undefined && now >= turn.at) {
      this.#next += 1;
      return this.#at(now, turn.price);
    }
    const [from, to] = [this.#points[this.#next - 1], turn];
    return from === undefined || to === undefined ? null : this.#at(now, this.#between(from, to, now));
  }

  /** Whether the closing trade has come. */
  get isOver(): boolean {
    return this.#next >= this.#points.length;
  }

  get last(): FakeTrade | null {
    return this.#last;
  }

  /** The trade before the last one, which a vendor sends late. */
  get earlier(): FakeTrade | null {
    return this.#earlier;
  }

  #between(from: Point, to: Point, now: number): number {
    const share = (now - from.at) / (to.at - from.at);
    const price = from.price + (to.price - from.price) * share;
    const noisy = Math.round(price * (1 + 0.004 * (2 * this.#random() - 1)));
    const prices = this.#points.map((point) => point.price);
    return Math.min(Math.max(...prices), Math.max(Math.min(...prices), noisy));
  }

  #at(at: number, price: number): FakeTrade {
    this.#open = this.#open === 0 ? price : this.#open;
    this.#high = Math.max(this.#high, price);
    this.#low = Math.min(this.#low, price);
    this.#volume += 1 + Math.floor(this.#random() * 40);
    const { ticker, base } = this;
    const [open, high, low, volume] = [this.#open, this.#high, this.#low, this.#volume];
    const trade = { ticker, at, price, base, open, high, low, volume };
    this.#earlier = this.#last;
    this.#last = trade;
    return trade;
  }
}
