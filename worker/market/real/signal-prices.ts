/** DR4: the prices of open signals, to the book once a second; its answer names the shares that it wants from then on, nearest first. */
import type { Clock } from "../../app/ports/clock.ts";
import { type Log, logFailure } from "../../app/ports/log.ts";
import type { LiveBookPort } from "../../app/ports/market-book.ts";
import { type Ticker, tickerOf } from "../../core/nominal.ts";
import { closingWindowAfter } from "../../core/calendar/closing-window.ts";
import type { SessionHours } from "../../core/calendar/krx-calendar.ts";
import type { SessionValues } from "./session-values.ts";

const SECOND_MS = 1_000;
/** A scan or an owner can open signals meanwhile. */
const ASK_AGAIN_MS = 30_000;
/** What of the session's shares is left for the prices between the close and its certainty: the trade of the closing auction is one. */
const CLOSING_SHARE = 1e-4;

/** Share of the session that has passed: in [0, 1), and greater for a later instant until the close is certain. */
export function elapsedAt(now: number, { opensAt, closesAt }: SessionHours): number {
  const { from } = closingWindowAfter(closesAt);
  const passed = Math.min(1, (now - opensAt) / (closesAt - opensAt)) * (1 - CLOSING_SHARE);
  return passed + (now <= closesAt ? 0 : (CLOSING_SHARE * (now - closesAt)) / (from - closesAt + 60_000));
}

export interface SignalPricesDeps {
  readonly clock: Clock;
  readonly log: Log;
  book(): Pick<LiveBookPort, "tick">;
}

export class SignalPrices {
  readonly #deps: SignalPricesDeps;
  #tickers: readonly Ticker[] = [];
  /** Named anew by the next answer; until then the names of before keep their places at the vendor. */
  #isOld = true;
  #at = Number.NEGATIVE_INFINITY;
  #askedAt = Number.NEGATIVE_INFINITY;
  #running = false;

  constructor(deps: SignalPricesDeps) {
    this.#deps = deps;
  }

  /** Of the open signals, as the book last named them. */
  get tickers(): readonly Ticker[] {
    return this.#tickers;
  }

  /** Shares with an open signal are to be named anew. */
  forget(): void {
    this.#isOld = true;
  }

  /** Milliseconds until the next batch may go: a tick that comes sooner waits for that. */
  dueIn(now: number): number {
    const rest = this.#at + SECOND_MS - now;
    return rest > 0 ? rest : SECOND_MS;
  }

  /** What is due of this second. Never rejects. */
  async send(values: SessionValues): Promise<void> {
    const now = this.#deps.clock.now();
    const isOld = this.#isOld || now - this.#askedAt >= ASK_AGAIN_MS;
    if (this.#running || now < values.hours.opensAt || now - this.#at < SECOND_MS) {
      return;
    }
    const prices = values.takeNews(this.tickers);
    if (prices.length === 0 && !isOld) {
      return;
    }
    this.#running = true;
    this.#at = now;
    this.#askedAt = now;
    this.#isOld = false;
    const batch = { day: values.hours.day, elapsed: elapsedAt(now, values.hours), prices };
    try {
      const tickers = await this.#deps.book().tick(batch);
      this.#tickers = tickers.map((ticker) => tickerOf(ticker));
    } catch (error) {
      // Nothing counts as sent: the next second sends all of it again.
      logFailure(this.#deps.log, "prices_not_shown", error, { prices: prices.length });
      values.forgetNews();
      this.#isOld = true;
    } finally {
      this.#running = false;
    }
  }
}
