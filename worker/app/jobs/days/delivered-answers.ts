/**
 * What the vendors answered on another machine, as the sources that the book asks: so a Worker that may not call the vendors
 * decides everything as one that may (decision 041). Of what was not delivered there is no answer.
 */
import { rejectRow } from "../../../core/bars/bar.ts";
import { columnsOf, type Row } from "../../../core/bars/columns.ts";
import { formatTradingDay, parseTradingDay, type TradingDay } from "../../../core/calendar/trading-day.ts";
import { INDEX_CODES } from "../../../core/instrument/instrument.ts";
import { parseTicker } from "../../../core/instrument/ticker.ts";
import type { Ticker } from "../../../core/nominal.ts";
import type { Answered, KeyedCells, NoAnswer } from "../../../protocol/rest/market-days.ts";
import type { IndexColumns, TickerColumns } from "../../ports/market-book.ts";
import type {
  Answer,
  DatedRow,
  DaySource,
  EveningSources,
  MarketQuote,
  MarketSources,
  MasterLine,
  MasterSource,
} from "../../ports/market-sources.ts";

type Of<C extends Answered["call"]> = Extract<Answered, { call: C }>;
type Value<C extends Answered["call"]> = Extract<Of<C>["answer"], { status: "ok" }>["value"][number];
type Delivered<W> = { readonly status: "ok"; readonly at: number; readonly value: readonly W[] } | NoAnswer;

/** What is wrong with a delivery, for the machine that sent it. */
export class BadDelivery extends Error {
  override readonly name = "BadDelivery";
}

function tickerIn(text: string): Ticker {
  const ticker = parseTicker("KRX", text);
  if (ticker === null) {
    throw new BadDelivery(`"${text}" is no ticker of KRX`);
  }
  return ticker;
}

function dayIn(text: string): TradingDay {
  const day = parseTradingDay(text);
  if (day === null) {
    throw new BadDelivery(`"${text}" is no day`);
  }
  return day;
}

function rowIn(key: string, day: TradingDay, cells: KeyedCells[1]): Row {
  const [open, high, low, close, volume, value, shares, base] = cells;
  const row = { day, open, high, low, close, volume, value, shares, base };
  const rejection = rejectRow(row);
  if (rejection !== null) {
    throw new BadDelivery(`${key} of ${formatTradingDay(day)} is no bar: ${rejection}`);
  }
  return row;
}

/** Each once. */
function onlyOnce<T>(values: readonly T[], keyOf: (value: T) => string): readonly T[] {
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

function quoteIn([key, price, open, high, low, volume, value, base]: Value<"quotes">): MarketQuote {
  return { ticker: tickerIn(key), price, open, high, low, volume, value, base };
}

function lineIn({ ticker, listedOn, ...rest }: Value<"instruments">): MasterLine {
  return {
    ...rest,
    ticker: tickerIn(ticker),
    ...(listedOn !== undefined && { listedOn: listedOn === null ? null : dayIn(listedOn) }),
  };
}

/** Read at once, so that a delivery with a fault in it is refused before anything is done. */
function answering<W, T>(
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

/** By which two answers are to one question. */
function questionOf(one: Answered): string {
  switch (one.call) {
    case "day": {
      return `day ${one.board}`;
    }
    case "instruments": {
      return `instruments ${one.of} ${one.day}`;
    }
    case "index": {
      return `index ${one.code}`;
    }
    case "indices":
    case "quotes": {
      return one.call;
    }
  }
}

/** The questions of one step that were asked elsewhere. */
class Answers {
  readonly #answers: readonly Answered[];
  readonly #day: TradingDay;
  readonly #latest: number;

  constructor(answers: readonly Answered[], day: TradingDay, latest: number) {
    this.#answers = onlyOnce(answers, questionOf);
    this.#day = day;
    this.#latest = latest;
  }

  all<C extends Answered["call"]>(call: C): readonly Of<C>[] {
    return this.#answers.filter((one): one is Of<C> => one.call === call);
  }

  official(): DaySource | null {
    const days = this.all("day");
    const [facts, ...others] = [...days, ...this.all("indices")];
    if (facts === undefined) {
      return null;
    }
    const { source, close, final } = facts;
    if (others.some((one) => one.source !== source || one.close !== close || one.final !== final)) {
      throw new BadDelivery("answers: rows of one day are of one source and of one kind of close");
    }
    const boards = new Map(days.map(({ board, answer }) => [board, this.#rows(answer)]));
    const [indices] = this.all("indices").map(({ answer }) => this.#indices(answer));
    const day = this.#day;
    return {
      id: source,
      closeKind: close,
      final,
      day: async (asked, board) =>
        this.#only(asked === day && board !== "KONEX" ? boards.get(board) : undefined, `rows of ${board}`),
      indices: async (asked) => this.#only(asked === day ? indices : undefined, "indices"),
    };
  }

  master(of: Of<"instruments">["of"]): MasterSource | null {
    const own = this.all("instruments").filter((one) => one.of === of);
    const [first] = own;
    if (first === undefined) {
      return null;
    }
    const byDay = new Map(
      own.map(({ day, answer }) => [
        dayIn(day),
        answering(answer, this.#latest, (lines) => onlyOnce(lines.map(lineIn), ({ ticker }) => ticker)),
      ]),
    );
    return { id: first.source, instruments: async (day) => this.#only(byDay.get(day), "master") };
  }

  evening(): EveningSources | null {
    const [quotes] = this.all("quotes");
    if (quotes === undefined) {
      return null;
    }
    const prices = answering(quotes.answer, this.#latest, (values) =>
      onlyOnce(values.map(quoteIn), ({ ticker }) => ticker),
    );
    const indices = new Map(
      this.all("index").map(({ code, answer }) => [
        code,
        answering(answer, this.#latest, (values) => values.map((one) => this.#dated(code, one))),
      ]),
    );
    return {
      snapshot: {
        id: quotes.source,
        perCall: 1,
        quotes: async (tickers) => {
          const answer = await prices();
          const asked = new Set<string>(tickers);
          return answer.status === "ok"
            ? { ...answer, value: answer.value.filter(({ ticker }) => asked.has(ticker)) }
            : answer;
        },
      },
      history: {
        id: quotes.source,
        index: async (code) => this.#only(indices.get(code), `index ${code}`),
      },
    };
  }

  #rows(answer: Of<"day">["answer"]): () => Promise<Answer<readonly TickerColumns[]>> {
    return answering(answer, this.#latest, (values) =>
      onlyOnce(values, ([key]) => key).map(([key, cells]) => ({
        ticker: tickerIn(key),
        columns: columnsOf([rowIn(key, this.#day, cells)]),
      })),
    );
  }

  #indices(answer: Of<"indices">["answer"]): () => Promise<Answer<readonly IndexColumns[]>> {
    return answering(answer, this.#latest, (values) => {
      const rows = new Map(values.map(([key, cells]) => [key, rowIn(key, this.#day, cells)]));
      return INDEX_CODES.map((code) => {
        const row = rows.get(code);
        if (row === undefined) {
          throw new BadDelivery(`the indices have no ${code}`);
        }
        return { code, columns: columnsOf([row]) };
      });
    });
  }

  #dated(code: string, [day, cells, close, final]: Value<"index">): DatedRow {
    return { row: rowIn(code, dayIn(day), cells), close, final };
  }

  async #only<T>(answer: (() => Promise<T>) | undefined, what: string): Promise<T> {
    if (answer === undefined) {
      throw new Error(`The delivery has no answer for: ${what} of ${formatTradingDay(this.#day)}`);
    }
    return answer();
  }
}

/**
 * The sources of one step. Throws a {@link BadDelivery}. `latest`: an answer of a later time is none, in milliseconds since the
 * epoch.
 */
export function deliveredSources(
  answers: readonly Answered[],
  day: TradingDay,
  latest: number,
): MarketSources {
  const own = new Answers(answers, day, latest);
  return {
    day: own.official(),
    master: own.master("session"),
    present: own.master("present"),
    evening: own.evening(),
    history: null,
    oracle: null,
  };
}
