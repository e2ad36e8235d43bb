/** KW5: the prices of this moment, a hundred shares a call: the session's close when asked between the closing auction and 16:00. */
import * as v from "valibot";
import type { Answer, MarketQuote, MarketSnapshot } from "../../app/ports/market-sources.ts";
import { calendarDay } from "../../core/calendar/krx-calendar.ts";
import { type TradingDay, tradingDayAt } from "../../core/calendar/trading-day.ts";
import type { Ticker } from "../../core/nominal.ts";
import { beforeQuotes, type QuotePart, QuoteParts } from "../upstream/quote-parts.ts";
import type { Surroundings } from "../upstream/surroundings.ts";
import { DayText, listOf, sift } from "../upstream/vendor-fields.ts";
import { baseOf, KrxTicker, MaybeSigned, MaybeSize, MILLION, Shares, Size } from "./fields.ts";
import { failure, type KiwoomClient } from "./kiwoom-client.ts";

/** 110 were refused. */
const PER_CALL = 100;

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

/** Of two rows of one ticker the first counts. */
function readPart(asked: readonly Ticker[], body: unknown, today: TradingDay): QuotePart {
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
  readonly #parts: QuoteParts;

  constructor(client: KiwoomClient, surroundings: Surroundings) {
    this.#client = client;
    this.#surroundings = surroundings;
    this.#parts = new QuoteParts({
      vendor: this.id,
      perCall: PER_CALL,
      surroundings,
      ask: async (tickers) => this.#askPart(tickers),
    });
  }

  /** As {@link MarketSnapshot.quotes}; `closed` by the calendar alone, for the vendor has none. The first part is asked alone: it proves key and address. */
  async quotes(tickers: readonly Ticker[]): Promise<Answer<readonly MarketQuote[]>> {
    return this.#tooEarly() ?? this.#parts.quotes(tickers);
  }

  /** How many of at most a hundred tickers have a row at this moment, also one that no session would take. */
  async sample(tickers: readonly Ticker[]): Promise<Answer<number>> {
    return this.#parts.sample(tickers);
  }

  #tooEarly(): Answer<never> | null {
    const now = this.#surroundings.clock.now();
    const day = calendarDay(tradingDayAt(now));
    if (day.kind === "weekend" || day.kind === "holiday") {
      return { status: "closed" };
    }
    return beforeQuotes(day.kind === "session" ? day : null, now);
  }

  async #askPart(tickers: readonly Ticker[]): Promise<Answer<QuotePart>> {
    const answer = await this.#client.ask({ ...QUESTION, body: { stk_cd: tickers.join("|") } });
    return answer.status === "ok"
      ? { ...answer, value: readPart(tickers, answer.value.body, tradingDayAt(answer.at)) }
      : answer;
  }
}
