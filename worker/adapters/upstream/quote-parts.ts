/** The prices of many shares in as many calls as a vendor needs for them: what every vendor of a snapshot does alike. */
import { logFailure } from "../../app/ports/log.ts";
import type { Answer, MarketQuote, SourceId } from "../../app/ports/market-sources.ts";
import { NeighbourError } from "../../app/ports/neighbour-error.ts";
import type { SessionHours } from "../../core/calendar/krx-calendar.ts";
import type { Ticker } from "../../core/nominal.ts";
import type { Surroundings } from "./surroundings.ts";

/** Until then a quote may still have the open of no trade, or the bar of the session before. */
const AFTER_OPENING_MS = 60_000;
/** From this share of quotes on that contradict themselves, the vendor has not turned the day yet. */
const STALE_SHARE = 0.5;

/** What one call came to. */
export interface QuotePart {
  readonly quotes: readonly MarketQuote[];
  /** Rows that contradict themselves, that cannot be read, and that nobody asked for. */
  readonly stale: number;
  readonly refused: number;
  readonly unasked: number;
}

export interface QuotePartsDeps {
  readonly vendor: SourceId;
  /** Tickers of a call. */
  readonly perCall: number;
  readonly surroundings: Pick<Surroundings, "clock" | "log">;
  readonly ask: (tickers: readonly Ticker[]) => Promise<Answer<QuotePart>>;
}

/** `not_ready` before the first minute of the session is over; `null` from then on, and on a day that is none. */
export function beforeQuotes(
  hours: Pick<SessionHours, "opensAt"> | null,
  now: number,
): Extract<Answer<never>, { status: "not_ready" }> | null {
  return hours !== null && now < hours.opensAt + AFTER_OPENING_MS
    ? { status: "not_ready", retryAt: hours.opensAt + AFTER_OPENING_MS }
    : null;
}

export class QuoteParts {
  readonly #deps: QuotePartsDeps;

  constructor(deps: QuotePartsDeps) {
    this.#deps = deps;
  }

  /**
   * Asked for no ticker it calls nobody. Parts that fail are left out and logged; when the first one fails the call rejects: it is asked
   * alone, and proves key and address.
   */
  async quotes(tickers: readonly Ticker[]): Promise<Answer<readonly MarketQuote[]>> {
    const { ask, perCall, surroundings } = this.#deps;
    const all = [...new Set(tickers)];
    const [first, ...others] = Array.from({ length: Math.ceil(all.length / perCall) }, (_, n) =>
      all.slice(n * perCall, (n + 1) * perCall),
    );
    if (first === undefined) {
      return { status: "not_ready", retryAt: surroundings.clock.now() + AFTER_OPENING_MS };
    }
    const answer = await ask(first);
    if (answer.status !== "ok") {
      return answer;
    }
    const parts = [answer.value];
    for (const one of await Promise.all(others.map((chunk) => this.#askOrLog(chunk)))) {
      if (one !== null && one.status !== "ok") {
        return one;
      }
      if (one !== null) {
        parts.push(one.value);
      }
    }
    return this.#conclude(tickers.length, parts);
  }

  /** How many tickers of one call have a row at this moment, also one that no session would take. */
  async sample(tickers: readonly Ticker[]): Promise<Answer<number>> {
    const answer = await this.#deps.ask(tickers.slice(0, this.#deps.perCall));
    return answer.status === "ok"
      ? { ...answer, value: answer.value.quotes.length + answer.value.stale + answer.value.refused }
      : answer;
  }

  async #askOrLog(tickers: readonly Ticker[]): Promise<Answer<QuotePart> | null> {
    const { ask, surroundings, vendor } = this.#deps;
    try {
      return await ask(tickers);
    } catch (error) {
      if (!(error instanceof NeighbourError)) {
        throw error;
      }
      logFailure(surroundings.log, `${vendor}_quotes_missing`, error, { tickers: tickers.length });
      return null;
    }
  }

  #conclude(asked: number, parts: readonly QuotePart[]): Answer<readonly MarketQuote[]> {
    const { surroundings, vendor } = this.#deps;
    const now = surroundings.clock.now();
    const quotes = parts.flatMap((part) => part.quotes);
    const sum = (field: "stale" | "refused" | "unasked"): number =>
      parts.reduce((total, part) => total + part[field], 0);
    const [stale, refused, unasked] = [sum("stale"), sum("refused"), sum("unasked")];
    if (stale + refused + unasked > 0) {
      surroundings.log.write("warn", `${vendor}_quotes_refused`, { asked, stale, refused, unasked });
    }
    if (quotes.length === 0 || stale >= STALE_SHARE * (quotes.length + stale)) {
      return { status: "not_ready", retryAt: now + AFTER_OPENING_MS };
    }
    return { status: "ok", value: quotes, at: now };
  }
}
