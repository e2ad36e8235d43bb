/** DR6: prices that no connection shows: asked for by turns, and all at once after a connection has begun in the middle of a session. */
import { logFailure, type Log } from "../../app/ports/log.ts";
import type { Clock } from "../../app/ports/clock.ts";
import { indexOfKey, type QuotingBook } from "../../app/ports/live-upstream.ts";
import { type Ticker, tickerOf } from "../../core/nominal.ts";
import type { SlotPlan } from "./slots.ts";
import type { SessionValues } from "./session-values.ts";

/** Between the beginnings of two turns: with the answer and the batch a price is seen within twenty seconds. */
export const TURN_MS = 18_000;
/** From then on the vendor's quotes are of the day, or it states that there is none. */
const DAY_STATED_MS = 120_000;
/** A share that nobody has asked for yet does not wait for the next turn. */
const NEW_MS = 2_000;

export interface PriceTurnsDeps {
  readonly clock: Clock;
  readonly log: Log;
  book(): QuotingBook;
}

export class PriceTurns {
  readonly #deps: PriceTurnsDeps;
  /** The question under way. */
  #running: Promise<boolean> | null = null;
  #begunAt = Number.NEGATIVE_INFINITY;
  /** Shares that have been asked for in this session, also those that have no trade. */
  #asked: Set<string> = new Set();
  #beganAt = 0;
  /** The vendor has been asked since it could state whether there is a session. */
  #isDayKnown = false;
  /** The last question had no answer: what nobody has asked for yet waits for the next turn too. */
  #hasFailed = false;
  /** The vendor states that there is no session on this day. */
  closedOn: number | null = null;

  constructor(deps: PriceTurnsDeps) {
    this.#deps = deps;
  }

  begin(): void {
    this.#asked = new Set();
    this.#begunAt = Number.NEGATIVE_INFINITY;
    this.#isDayKnown = false;
    this.#hasFailed = false;
    this.#beganAt = this.#deps.clock.now();
  }

  /** What is known of these is no more of now: where one is wanted again it is asked for as one that nobody has asked for yet. */
  forget(tickers: readonly string[]): void {
    for (const ticker of tickers) {
      this.#asked.delete(ticker);
    }
  }

  /** Resolves with `true` when every share of the plan has been asked for, after a question that is under way. Never rejects. */
  async all(plan: SlotPlan, values: SessionValues): Promise<boolean> {
    const shares = sharesOf(plan);
    if (shares.length === 0) {
      return true;
    }
    // Its answer may be of before the connection: it stands for none of this one.
    await this.#running;
    return this.#ask([...shares, ...plan.polled], values);
  }

  /** What is due of the next turn. Never rejects. */
  async next(plan: SlotPlan, values: SessionValues): Promise<void> {
    const since = this.#deps.clock.now() - this.#begunAt;
    const fresh = [...sharesOf(plan), ...plan.polled].filter((ticker) => !this.#asked.has(ticker));
    const tickers =
      since >= TURN_MS
        ? [...new Set([...fresh, ...plan.polled])]
        : since >= NEW_MS && !this.#hasFailed
          ? fresh
          : [];
    // A day off that the vendor alone knows of is one also where nobody wants a share.
    const isOwed = !this.#isDayKnown && since >= TURN_MS && this.#couldStateDay(values);
    if (tickers.length > 0 || isOwed) {
      await this.#ask(tickers, values);
    }
  }

  /** Not in the first moments either, when it is not known yet which shares are wanted. */
  #couldStateDay({ hours }: SessionValues): boolean {
    const now = this.#deps.clock.now();
    return now >= hours.opensAt + DAY_STATED_MS && now >= this.#beganAt + NEW_MS;
  }

  async #ask(tickers: readonly Ticker[], values: SessionValues): Promise<boolean> {
    if (this.#running !== null) {
      return false;
    }
    this.#running = this.#apply(tickers, values);
    try {
      return await this.#running;
    } finally {
      this.#running = null;
    }
  }

  async #apply(tickers: readonly Ticker[], values: SessionValues): Promise<boolean> {
    this.#hasFailed = true;
    this.#begunAt = this.#deps.clock.now();
    try {
      const answer = await this.#deps.book().quotes(tickers);
      this.#isDayKnown ||= this.#couldStateDay(values);
      if (answer?.status === "closed") {
        this.closedOn = values.hours.day;
      }
      if (answer?.status !== "ok") {
        return false;
      }
      for (const quote of answer.value) {
        values.complete(quote, answer.at);
      }
      for (const ticker of tickers) {
        this.#asked.add(ticker);
      }
      this.#hasFailed = false;
      return true;
    } catch (error) {
      // The next turn asks again.
      logFailure(this.#deps.log, "prices_not_asked", error, { tickers: tickers.length });
      return false;
    }
  }
}

function sharesOf({ followed }: SlotPlan): readonly Ticker[] {
  return followed.flatMap((key) => (indexOfKey(key) === null ? [tickerOf(key)] : []));
}
