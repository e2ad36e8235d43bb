/** The values of a delivery, read once and for all before anything is done with them: what is none refuses the whole. */
import { rejectRow } from "../../../core/bars/bar.ts";
import type { Row } from "../../../core/bars/columns.ts";
import { formatTradingDay, parseTradingDay, type TradingDay } from "../../../core/calendar/trading-day.ts";
import { parseTicker } from "../../../core/instrument/ticker.ts";
import type { Ticker } from "../../../core/nominal.ts";
import type { Answered, KeyedCells, NoAnswer } from "../../../protocol/rest/market-days.ts";
import type { Answer, DatedRow, MarketQuote, MasterLine } from "../../ports/market-sources.ts";

export type Of<C extends Answered["call"]> = Extract<Answered, { call: C }>;
export type Value<C extends Answered["call"]> = Extract<Of<C>["answer"], { status: "ok" }>["value"][number];
type Delivered<W> = { readonly status: "ok"; readonly at: number; readonly value: readonly W[] } | NoAnswer;

/** What is wrong with a delivery, for the machine that sent it. */
export class BadDelivery extends Error {
  override readonly name = "BadDelivery";
}

export function tickerIn(text: string): Ticker {
  const ticker = parseTicker("KRX", text);
  if (ticker === null) {
    throw new BadDelivery(`"${text}" is no ticker of KRX`);
  }
  return ticker;
}

export function dayIn(text: string): TradingDay {
  const day = parseTradingDay(text);
  if (day === null) {
    throw new BadDelivery(`"${text}" is no day`);
  }
  return day;
}

export function rowIn(key: string, day: TradingDay, cells: KeyedCells[1]): Row {
  const [open, high, low, close, volume, value, shares, base] = cells;
  const row = { day, open, high, low, close, volume, value, shares, base };
  const rejection = rejectRow(row);
  if (rejection !== null) {
    throw new BadDelivery(`${key} of ${formatTradingDay(day)} is no bar: ${rejection}`);
  }
  return row;
}

/** Each once. */
export function onlyOnce<T>(values: readonly T[], keyOf: (value: T) => string): readonly T[] {
  const seen = new Set<string>();
  for (const value of values) {
    const key = keyOf(value);
    if (seen.has(key)) {
      throw new BadDelivery(`${key} stands twice`);
    }
    seen.add(key);
  }
  return values;
}

export function quoteIn([key, price, open, high, low, volume, value, base]: Value<"quotes">): MarketQuote {
  return { ticker: tickerIn(key), price, open, high, low, volume, value, base };
}

export function lineIn({ ticker, listedOn, ...rest }: Value<"instruments">): MasterLine {
  return {
    ...rest,
    ticker: tickerIn(ticker),
    ...(listedOn !== undefined && { listedOn: listedOn === null ? null : dayIn(listedOn) }),
  };
}

/** Read at once, so that a delivery with a fault in it is refused before anything is done. */
export function answering<W, T>(
  delivered: Delivered<W>,
  latest: number,
  valueIn: (values: readonly W[]) => T,
): () => Promise<Answer<T>> {
  if (delivered.status === "failed") {
    return () => Promise.reject(new Error(delivered.text));
  }
  const answer = answerIn(delivered, latest, valueIn);
  return () => Promise.resolve(answer);
}

function answerIn<W, T>(
  delivered: Exclude<Delivered<W>, { status: "failed" }>,
  latest: number,
  valueIn: (values: readonly W[]) => T,
): Answer<T> {
  switch (delivered.status) {
    case "ok": {
      if (delivered.at > latest) {
        throw new BadDelivery(
          "an answer is of a time that has not come: the clocks of the two machines differ",
        );
      }
      return { status: "ok", value: valueIn(delivered.value), at: delivered.at };
    }
    case "not_ready": {
      return { status: "not_ready", retryAt: delivered.retry_at };
    }
    case "closed": {
      return { status: "closed" };
    }
    case "denied": {
      return { status: "denied", why: delivered.why, subject: delivered.subject };
    }
  }
}

/** Oldest first, each day once. */
export function inOrder(rows: readonly DatedRow[]): readonly DatedRow[] {
  const isRising = rows.every(({ row }, n) => row.day > (rows[n - 1]?.row.day ?? Number.NEGATIVE_INFINITY));
  if (!isRising) {
    throw new BadDelivery("the days of a past do not rise");
  }
  return rows;
}

/** Of the days that were asked for. */
export function within(
  answer: Answer<readonly DatedRow[]>,
  from: TradingDay,
  to: TradingDay,
): Answer<readonly DatedRow[]> {
  return answer.status === "ok"
    ? { ...answer, value: answer.value.filter(({ row }) => row.day >= from && row.day <= to) }
    : answer;
}
