/** KI5: the prices of this moment, thirty shares a call: the session's close when asked between the closing auction and 16:00. */
import * as v from "valibot";
import type { Answer, MarketQuote, MarketSnapshot } from "../../app/ports/market-sources.ts";
import { calendarDay } from "../../core/calendar/krx-calendar.ts";
import { tradingDayAt } from "../../core/calendar/trading-day.ts";
import type { Ticker } from "../../core/nominal.ts";
import { beforeQuotes, type QuotePart, QuoteParts } from "../upstream/quote-parts.ts";
import type { Surroundings } from "../upstream/surroundings.ts";
import { Amount, listOf, MaybeAmount, MaybeSigned, sift, TickerText } from "../upstream/vendor-fields.ts";
import { failure, type KisClient } from "./kis-client.ts";
import { storedOpen } from "./open-days.ts";

const PER_CALL = 30;
/** The exchange itself; the vendor's other venues have prices of their own under the same codes. */
const KRX_VENUE = "J";

/** By which a denial is remembered. */
export const QUOTE_SERVICE = "intstock-multprice";

const QUESTION = {
  service: QUOTE_SERVICE,
  trId: "FHKST11300006",
  doing: "quote prices",
} as const;

/** Prices of an auction that goes on (`intr_antc_*`) are not read: nobody has paid them. */
const Line = v.object({
  inter_shrn_iscd: TickerText,
  inter2_prpr: v.pipe(Amount, v.minValue(1)),
  inter2_oprc: Amount,
  inter2_hgpr: Amount,
  inter2_lwpr: Amount,
  acml_vol: v.pipe(Amount, v.integer()),
  acml_tr_pbmn: MaybeAmount,
  inter2_sdpr: MaybeAmount,
  inter2_prdy_vrss: MaybeSigned,
});
type QuoteLine = v.InferOutput<typeof Line>;

const Body = v.object({ output: listOf(2 * PER_CALL) });

/**
 * The change counts from the base price. Where it does not, price and base are of different days: the vendor shows the bar of the
 * session before under today's date. The sign of the change stands in a field of its own too, so its size alone is held against it.
 */
function isOfOneDay({ inter2_prpr: price, inter2_sdpr: base, inter2_prdy_vrss: change }: QuoteLine): boolean {
  return base === null || base === 0 || change === null || Math.abs(price - base) === Math.abs(change);
}

/** A share that traded has an open, a high and a low; right after the opening the vendor's open lags behind. */
function isWhole({
  acml_vol: volume,
  inter2_oprc: open,
  inter2_hgpr: high,
  inter2_lwpr: low,
}: QuoteLine): boolean {
  return volume === 0 || (open > 0 && low > 0 && high >= low);
}

function quoteOf(line: QuoteLine): MarketQuote {
  const traded = line.acml_vol > 0;
  return {
    ticker: line.inter_shrn_iscd,
    price: line.inter2_prpr,
    open: traded ? line.inter2_oprc : 0,
    high: traded ? line.inter2_hgpr : 0,
    low: traded ? line.inter2_lwpr : 0,
    volume: line.acml_vol,
    value: line.acml_tr_pbmn,
    base: line.inter2_sdpr === 0 ? null : line.inter2_sdpr,
  };
}

function queryOf(tickers: readonly Ticker[]): Record<string, string> {
  return Object.fromEntries(
    tickers.flatMap((ticker, n) => [
      [`FID_COND_MRKT_DIV_CODE_${n + 1}`, KRX_VENUE],
      [`FID_INPUT_ISCD_${n + 1}`, ticker],
    ]),
  );
}

/** Of two rows of one ticker the first counts: the second is another venue's. */
function readPart(asked: readonly Ticker[], body: unknown): QuotePart {
  const parsed = v.safeParse(Body, body);
  if (!parsed.success) {
    throw failure(QUESTION, "an answer without quotes", false);
  }
  const { taken, refused } = sift(Line, parsed.output.output);
  const lines = new Map<Ticker, QuoteLine>();
  for (const line of taken) {
    if (asked.includes(line.inter_shrn_iscd) && !lines.has(line.inter_shrn_iscd)) {
      lines.set(line.inter_shrn_iscd, line);
    }
  }
  const whole = Array.from(lines.values()).filter(isWhole);
  const today = whole.filter(isOfOneDay);
  return {
    quotes: today.map(quoteOf),
    stale: whole.length - today.length,
    refused: refused + lines.size - whole.length,
    unasked: taken.length - lines.size,
  };
}

export class KisSnapshot implements MarketSnapshot {
  readonly id = "kis";
  readonly perCall: number = PER_CALL;
  readonly #client: KisClient;
  readonly #surroundings: Surroundings;
  readonly #parts: QuoteParts;

  constructor(client: KisClient, surroundings: Surroundings) {
    this.#client = client;
    this.#surroundings = surroundings;
    this.#parts = new QuoteParts({
      vendor: this.id,
      perCall: PER_CALL,
      surroundings,
      ask: async (tickers) => this.#askPart(tickers),
    });
  }

  /**
   * Asked for no ticker it calls nobody, and states alone whether there is a session. `closed` on a day that the calendar knows no session of, `not_ready` before the first minute of one. Parts that fail are left
   * out and logged; when all of them fail the call rejects. The first part is asked alone: it proves key and address.
   */
  async quotes(tickers: readonly Ticker[]): Promise<Answer<readonly MarketQuote[]>> {
    return (await this.#tooEarly()) ?? this.#parts.quotes(tickers);
  }

  /** How many of at most thirty tickers have a row at this moment, also one that no session would take. */
  async sample(tickers: readonly Ticker[]): Promise<Answer<number>> {
    return this.#parts.sample(tickers);
  }

  /** The vendor's own calendar counts too, as it was last asked for: on a day off by decree quotes show the session before. */
  async #tooEarly(): Promise<Answer<never> | null> {
    const { clock, store } = this.#surroundings;
    const now = clock.now();
    const day = calendarDay(tradingDayAt(now));
    const stated = await storedOpen(day.day, store);
    if (stated === false || (stated === null && (day.kind === "weekend" || day.kind === "holiday"))) {
      return { status: "closed" };
    }
    return beforeQuotes(day.kind === "session" ? day : null, now);
  }

  async #askPart(tickers: readonly Ticker[]): Promise<Answer<QuotePart>> {
    const answer = await this.#client.ask({ ...QUESTION, query: queryOf(tickers) });
    return answer.status === "ok" ? { ...answer, value: readPart(tickers, answer.value.body) } : answer;
  }
}
