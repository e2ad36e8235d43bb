/** KW5: the prices of this moment, a hundred shares a call: the session's close when asked between the closing auction and 16:00. */
import * as v from "valibot";
import { logFailure } from "../../app/ports/log.ts";
import type { Answer, MarketQuote, MarketSnapshot } from "../../app/ports/market-sources.ts";
import { NeighbourError } from "../../app/ports/neighbour-error.ts";
import { calendarDay } from "../../core/calendar/krx-calendar.ts";
import { type TradingDay, tradingDayAt } from "../../core/calendar/trading-day.ts";
import type { Ticker } from "../../core/nominal.ts";
import type { Surroundings } from "../upstream/surroundings.ts";
import { DayText, listOf, sift } from "../upstream/vendor-fields.ts";
import { baseOf, KrxTicker, MaybeSigned, MaybeSize, MILLION, Shares, Size } from "./fields.ts";
import { failure, type KiwoomClient } from "./kiwoom-client.ts";

/** 110 were refused. */
const PER_CALL = 100;
/** Until then a quote may still have the open of no trade, or the bar of the session before. */
const AFTER_OPENING_MS = 60_000;
/** From this share of quotes on that are of another day, the vendor has not turned the day yet. */
const STALE_SHARE = 0.5;

/** By which a denial is remembered. */
export const QUOTE_SERVICE = "ka10095";

const QUESTION = { service: QUOTE_SERVICE, path: "/api/dostk/stkinfo", doing: "quote prices" } as const;

/** Expected prices of an auction that goes on are not read: nobody has paid them. */
const Line = v.object({
  stk_cd: KrxTicker,
  cur_prc: v.pipe(Size, v.minValue(1)),
  open_pric: MaybeSize,
  high_pric: MaybeSize,
  low_pric: MaybeSize,
  trde_qty: Shares,
  trde_prica: MaybeSize,
  base_pric: MaybeSize,
  pred_pre: MaybeSigned,
  dt: v.optional(v.fallback(v.nullable(DayText), null), null),
});
type QuoteLine = v.InferOutput<typeof Line>;

const Body = v.object({ atn_stk_infr: listOf(2 * PER_CALL) });

/** The base price as it is stated, or as the change counts from it. Where the two differ price and base are of different days. */
function basesOf({
  cur_prc: price,
  base_pric: stated,
  pred_pre: change,
}: QuoteLine): readonly (number | null)[] {
  return [stated === 0 ? null : stated, baseOf(price, change)];
}

function isOfToday(line: QuoteLine, today: TradingDay): boolean {
  const [stated = null, counted = null] = basesOf(line);
  const isOne = stated === null || counted === null || stated === counted;
  return isOne && (line.dt === null || line.dt === today);
}

/** A share that traded has an open, a high and a low. */
function isWhole({ trde_qty: volume, open_pric: open, high_pric: high, low_pric: low }: QuoteLine): boolean {
  return volume === 0 || ((open ?? 0) > 0 && (low ?? 0) > 0 && (high ?? 0) >= (low ?? 0));
}

function quoteOf(line: QuoteLine): MarketQuote {
  const [stated = null, counted = null] = basesOf(line);
  const traded = (price: number | null): number => (line.trde_qty > 0 ? (price ?? 0) : 0);
  return {
    ticker: line.stk_cd,
    price: line.cur_prc,
    open: traded(line.open_pric),
    high: traded(line.high_pric),
    low: traded(line.low_pric),
    volume: line.trde_qty,
    value: line.trde_prica === null ? null : line.trde_prica * MILLION,
    base: stated ?? counted,
  };
}

/** What one call came to. */
interface Part {
  readonly quotes: readonly MarketQuote[];
  /** Rows of another day, that cannot be read, and that nobody asked for. */
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

/** Of two rows of one ticker the first counts. */
function readPart(asked: readonly Ticker[], body: unknown, today: TradingDay): Part {
  const parsed = v.safeParse(Body, body);
  if (!parsed.success) {
    throw failure(QUESTION, "an answer without quotes", false);
  }
  const { taken, refused } = sift(Line, parsed.output.atn_stk_infr);
  const lines = new Map<Ticker, QuoteLine>();
  for (const line of taken) {
    if (asked.includes(line.stk_cd) && !lines.has(line.stk_cd)) {
      lines.set(line.stk_cd, line);
    }
  }
  const whole = Array.from(lines.values()).filter(isWhole);
  const present = whole.filter((line) => isOfToday(line, today));
  return {
    quotes: present.map(quoteOf),
    stale: whole.length - present.length,
    refused: refused + lines.size - whole.length,
    unasked: taken.length - lines.size,
  };
}

export class KiwoomSnapshot implements MarketSnapshot {
  readonly id = "kiwoom";
  readonly perCall: number = PER_CALL;
  readonly #client: KiwoomClient;
  readonly #surroundings: Surroundings;

  constructor(client: KiwoomClient, surroundings: Surroundings) {
    this.#client = client;
    this.#surroundings = surroundings;
  }

  /** As {@link MarketSnapshot.quotes}; `closed` by the calendar alone, for the vendor has none. The first part is asked alone: it proves key and address. */
  async quotes(tickers: readonly Ticker[]): Promise<Answer<readonly MarketQuote[]>> {
    const early = this.#tooEarly();
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

  /** How many of at most a hundred tickers have a row at this moment, also one that no session would take. */
  async sample(tickers: readonly Ticker[]): Promise<Answer<number>> {
    const answer = await this.#askPart(tickers.slice(0, PER_CALL));
    return answer.status === "ok"
      ? { ...answer, value: answer.value.quotes.length + answer.value.stale + answer.value.refused }
      : answer;
  }

  #tooEarly(): Answer<never> | null {
    const now = this.#surroundings.clock.now();
    const day = calendarDay(tradingDayAt(now));
    if (day.kind === "weekend" || day.kind === "holiday") {
      return { status: "closed" };
    }
    return day.kind === "session" && now < day.opensAt + AFTER_OPENING_MS
      ? { status: "not_ready", retryAt: day.opensAt + AFTER_OPENING_MS }
      : null;
  }

  async #askPart(tickers: readonly Ticker[]): Promise<Answer<Part>> {
    const answer = await this.#client.ask({ ...QUESTION, body: { stk_cd: tickers.join("|") } });
    return answer.status === "ok"
      ? { ...answer, value: readPart(tickers, answer.value.body, tradingDayAt(answer.at)) }
      : answer;
  }

  async #askOrLog(tickers: readonly Ticker[]): Promise<Answer<Part> | null> {
    try {
      return await this.#askPart(tickers);
    } catch (error) {
      if (!(error instanceof NeighbourError)) {
        throw error;
      }
      logFailure(this.#surroundings.log, "kiwoom_quotes_missing", error, { tickers: tickers.length });
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
      this.#surroundings.log.write("warn", "kiwoom_quotes_refused", { asked, stale, refused, unasked });
    }
    if (quotes.length === 0 || stale >= STALE_SHARE * (quotes.length + stale)) {
      return { status: "not_ready", retryAt: now + AFTER_OPENING_MS };
    }
    return { status: "ok", value: quotes, at: now };
  }
}
