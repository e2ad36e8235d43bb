/** KI5: the prices of this moment, thirty shares a call: the session's close when asked between the closing auction and 16:00. */
import * as v from "valibot";
import { logFailure } from "../../app/ports/log.ts";
import type { Answer, MarketQuote, MarketSnapshot } from "../../app/ports/market-sources.ts";
import { NeighbourError } from "../../app/ports/neighbour-error.ts";
import { calendarDay } from "../../core/calendar/krx-calendar.ts";
import { tradingDayAt } from "../../core/calendar/trading-day.ts";
import type { Ticker } from "../../core/nominal.ts";
import type { Surroundings } from "../upstream/surroundings.ts";
import { Amount, listOf, MaybeAmount, MaybeSigned, sift, TickerText } from "../upstream/vendor-fields.ts";
import { failure, type KisClient } from "./kis-client.ts";
import { storedOpen } from "./open-days.ts";

const PER_CALL = 30;
/** The exchange itself; the vendor's other venues have prices of their own under the same codes. */
const KRX_VENUE = "J";
/** Until then a quote may still have the open of no trade, or the bar of the session before. */
const AFTER_OPENING_MS = 60_000;
/** From this share of quotes on that contradict themselves, the vendor has not turned the day yet. */
const STALE_SHARE = 0.5;

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

/** What one call came to. */
interface Part {
  readonly quotes: readonly MarketQuote[];
  /** Rows that contradict themselves, that cannot be read, and that nobody asked for. */
  readonly stale: number;
  readonly refused: number;
  readonly unasked: number;
}

function chunksOf(tickers: readonly Ticker[]): readonly (readonly Ticker[])[] {
  const all = [...new Set(tickers)];
  return Array.from({ length: Math.ceil(all.length / PER_CALL) }, (_, n) =>
    all.slice(n * PER_CALL, (n + 1) * PER_CALL),
  );
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
function readPart(asked: readonly Ticker[], body: unknown): Part {
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

  constructor(client: KisClient, surroundings: Surroundings) {
    this.#client = client;
    this.#surroundings = surroundings;
  }

  /**
   * Asked for no ticker it calls nobody, and states alone whether there is a session. `closed` on a day that the calendar knows no session of, `not_ready` before the first minute of one. Parts that fail are left
   * out and logged; when all of them fail the call rejects. The first part is asked alone: it proves key and address.
   */
  async quotes(tickers: readonly Ticker[]): Promise<Answer<readonly MarketQuote[]>> {
    const early = await this.#tooEarly();
    if (early !== null) {
      return early;
    }
    const [first, ...others] = chunksOf(tickers);
    if (first === undefined) {
      return { status: "not_ready", retryAt: this.#surroundings.clock.now() + AFTER_OPENING_MS };
    }
    const answer = await this.#askPart(first);
    if (answer.status !== "ok") {
      return answer;
    }
    const parts = [answer.value];
    const rest = await Promise.all(others.map((chunk) => this.#askOrLog(chunk)));
    for (const one of rest) {
      if (one !== null && one.status !== "ok") {
        return one;
      }
      if (one !== null) {
        parts.push(one.value);
      }
    }
    return this.#conclude(tickers.length, parts);
  }

  /** How many of at most thirty tickers have a row at this moment, also one that no session would take. */
  async sample(tickers: readonly Ticker[]): Promise<Answer<number>> {
    const answer = await this.#askPart(tickers.slice(0, PER_CALL));
    return answer.status === "ok"
      ? { ...answer, value: answer.value.quotes.length + answer.value.stale + answer.value.refused }
      : answer;
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
    return day.kind === "session" && now < day.opensAt + AFTER_OPENING_MS
      ? { status: "not_ready", retryAt: day.opensAt + AFTER_OPENING_MS }
      : null;
  }

  async #askPart(tickers: readonly Ticker[]): Promise<Answer<Part>> {
    const answer = await this.#client.ask({ ...QUESTION, query: queryOf(tickers) });
    return answer.status === "ok" ? { ...answer, value: readPart(tickers, answer.value.body) } : answer;
  }

  async #askOrLog(tickers: readonly Ticker[]): Promise<Answer<Part> | null> {
    try {
      return await this.#askPart(tickers);
    } catch (error) {
      if (!(error instanceof NeighbourError)) {
        throw error;
      }
      logFailure(this.#surroundings.log, "kis_quotes_missing", error, { tickers: tickers.length });
      return null;
    }
  }

  #conclude(asked: number, parts: readonly Part[]): Answer<readonly MarketQuote[]> {
    const now = this.#surroundings.clock.now();
    const quotes = parts.flatMap((part) => part.quotes);
    const sum = (field: "stale" | "refused" | "unasked"): number =>
      parts.reduce((total, part) => total + part[field], 0);
    const [stale, refused, unasked] = [sum("stale"), sum("refused"), sum("unasked")];
    if (stale + refused + unasked > 0) {
      this.#surroundings.log.write("warn", "kis_quotes_refused", { asked, stale, refused, unasked });
    }
    if (quotes.length === 0 || stale >= STALE_SHARE * (quotes.length + stale)) {
      return { status: "not_ready", retryAt: now + AFTER_OPENING_MS };
    }
    return { status: "ok", value: quotes, at: now };
  }
}
