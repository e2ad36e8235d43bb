/**
 * What the vendors answered on another machine, as the sources that the book asks: so a Worker that may not call the vendors
 * decides everything as one that may (decision 041). Of what was not delivered there is no answer.
 */
import { columnsOf } from "../../../core/bars/columns.ts";
import { formatTradingDay, type TradingDay } from "../../../core/calendar/trading-day.ts";
import { INDEX_CODES } from "../../../core/instrument/instrument.ts";
import type { Answered } from "../../../protocol/rest/market-days.ts";
import type { IndexColumns, TickerColumns } from "../../ports/market-book.ts";
import type {
  Answer,
  DatedRow,
  DaySource,
  EveningSources,
  HistorySource,
  MarketSources,
  MasterSource,
} from "../../ports/market-sources.ts";

import {
  answering,
  BadDelivery,
  dayIn,
  inOrder,
  lineIn,
  type Of,
  onlyOnce,
  quoteIn,
  rowIn,
  tickerIn,
  type Value,
  within,
} from "./delivered-values.ts";

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
    case "share": {
      return `share ${one.ticker}`;
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

  /** Of a delivery without prices of the evening, whose indices are asked for beside them. */
  history(): HistorySource | null {
    const [own, indices] = [this.all("share"), this.all("index")];
    const [first] = [...own, ...indices];
    if (first === undefined || this.all("quotes").length > 0) {
      return null;
    }
    const rows = (key: string, answer: Of<"share">["answer"]): (() => Promise<Answer<readonly DatedRow[]>>) =>
      answering(answer, this.#latest, (values) => inOrder(values.map((one) => this.#dated(key, one))));
    const shares = new Map<string, () => Promise<Answer<readonly DatedRow[]>>>(
      own.map(({ ticker, answer }) => [tickerIn(ticker), rows(ticker, answer)]),
    );
    const byCode = new Map(indices.map(({ code, answer }) => [code, rows(code, answer)]));
    return {
      id: first.source,
      share: async (ticker, from, to) =>
        within(await this.#only(shares.get(ticker), `share ${ticker}`), from, to),
      index: async (code, from, to) => within(await this.#only(byCode.get(code), `index ${code}`), from, to),
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
    history: own.history(),
    oracle: null,
  };
}
