/** Sources that write down each question with its answer, for a book on another machine (`delivered-answers.ts` reads them there). */
import { type Row, rowAt } from "../../../core/bars/columns.ts";
import { formatTradingDay, type TradingDay } from "../../../core/calendar/trading-day.ts";
import {
  type Answered,
  type KeyedCells,
  LONGEST_TEXT,
  MOST_LINES,
  MOST_ROWS,
  type NoAnswer,
  type QuotesAnswer,
} from "../../../protocol/rest/market-days.ts";
import type {
  Answer,
  DatedRow,
  DaySource,
  EveningSources,
  HistorySource,
  MarketQuote,
  MarketSources,
  MasterLine,
  MasterSource,
} from "../../ports/market-sources.ts";
import type { TickerColumns } from "../../ports/market-book.ts";

type Of<C extends Answered["call"]> = Extract<Answered, { call: C }>;
type ValueOf<C extends Answered["call"]> = Extract<Of<C>["answer"], { status: "ok" }>["value"];

function cellsOf({ open, high, low, close, volume, value, shares, base }: Row): KeyedCells[1] {
  return [open, high, low, close, volume, value, shares, base];
}

function keyed(key: string, { columns }: Pick<TickerColumns, "columns">): KeyedCells {
  return [key, cellsOf(rowAt(columns, 0))];
}

function quoteOf({ ticker, price, open, high, low, volume, value, base }: MarketQuote): ValueOf<"quotes">[0] {
  return [ticker, price, open, high, low, volume, value, base];
}

/** As it travels. */
export function writtenQuotes(answer: Answer<readonly MarketQuote[]>): QuotesAnswer {
  return answer.status === "ok"
    ? { status: "ok", at: answer.at, value: answer.value.map(quoteOf) }
    : noAnswer(answer);
}

/** What a vendor that failed is to the other machine. */
export function writtenFailure(error: unknown): NoAnswer {
  const text = error instanceof Error ? error.message : String(error);
  return { status: "failed", text: text.slice(0, LONGEST_TEXT) };
}

function datedOf({ row, close, final }: DatedRow): ValueOf<"index">[0] {
  return [formatTradingDay(row.day), cellsOf(row), close, final];
}

function lineOf({ listedOn, ...rest }: MasterLine): ValueOf<"instruments">[0] {
  return {
    ...rest,
    ...(listedOn !== undefined && { listedOn: listedOn === null ? null : formatTradingDay(listedOn) }),
  };
}

function noAnswer(answer: Exclude<Answer<unknown>, { status: "ok" }>): NoAnswer {
  switch (answer.status) {
    case "not_ready": {
      return { status: "not_ready", retry_at: answer.retryAt };
    }
    case "closed": {
      return { status: "closed" };
    }
    case "denied": {
      return { status: "denied", why: answer.why, subject: answer.subject.slice(0, LONGEST_TEXT) };
    }
  }
}

/** The sources, and what was asked of them so far. */
export interface RecordedSources {
  readonly sources: MarketSources;
  readonly answers: readonly Answered[];
}

/** The answer as it is written down; a failure is written down too, and rejects as it did. More than `most` of it are one. */
async function written<V, W>(
  ask: () => Promise<Answer<readonly V[]>>,
  write: (value: readonly V[]) => W[],
  note: (answer: { status: "ok"; at: number; value: W[] } | NoAnswer) => void,
  most: number = MOST_LINES,
): Promise<Answer<readonly V[]>> {
  try {
    const answer = await ask();
    if (answer.status === "ok" && answer.value.length > most) {
      throw new Error(`one answer has ${answer.value.length} rows, and no market has more than ${most}`);
    }
    note(
      answer.status === "ok" ? { status: "ok", at: answer.at, value: write(answer.value) } : noAnswer(answer),
    );
    return answer;
  } catch (error) {
    note(writtenFailure(error));
    throw error;
  }
}

function recordedDay(own: DaySource, answers: Answered[]): DaySource {
  const { id, closeKind, final } = own;
  const facts = { source: id, close: closeKind, final };
  return {
    id,
    closeKind,
    final,
    day: async (day, board) =>
      written(
        async () => own.day(day, board),
        (rows) => rows.map((one) => keyed(one.ticker, one)),
        (answer) => {
          if (board !== "KONEX") {
            answers.push({ call: "day", ...facts, board, answer });
          }
        },
        MOST_ROWS,
      ),
    indices: async (day) =>
      written(
        async () => own.indices(day),
        (rows) => rows.map((one) => keyed(one.code, one)),
        (answer) => {
          answers.push({ call: "indices", ...facts, answer });
        },
      ),
  };
}

function recordedMaster(own: MasterSource, of: Of<"instruments">["of"], answers: Answered[]): MasterSource {
  return {
    id: own.id,
    instruments: async (day: TradingDay) =>
      written(
        async () => own.instruments(day),
        (lines) => lines.map(lineOf),
        (answer) => {
          answers.push({ call: "instruments", source: own.id, of, day: formatTradingDay(day), answer });
        },
      ),
  };
}

function recordedEvening({ snapshot, history }: EveningSources, answers: Answered[]): EveningSources {
  return {
    snapshot: {
      id: snapshot.id,
      perCall: snapshot.perCall,
      quotes: async (tickers) =>
        written(
          async () => snapshot.quotes(tickers),
          (quotes) => quotes.map(quoteOf),
          (answer) => {
            answers.push({ call: "quotes", source: snapshot.id, answer });
          },
        ),
    },
    history: {
      id: history.id,
      index: async (code, from, to) =>
        written(
          async () => history.index(code, from, to),
          (rows) => rows.map(datedOf),
          (answer) => {
            answers.push({ call: "index", source: history.id, code, answer });
          },
        ),
    },
  };
}

function recordedHistory(own: HistorySource, answers: Answered[]): HistorySource {
  const { id } = own;
  return {
    id,
    share: async (ticker, from, to) =>
      written(
        async () => own.share(ticker, from, to),
        (rows) => rows.map(datedOf),
        (answer) => {
          answers.push({ call: "share", source: id, ticker, answer });
        },
      ),
    index: async (code, from, to) =>
      written(
        async () => own.index(code, from, to),
        (rows) => rows.map(datedOf),
        (answer) => {
          answers.push({ call: "index", source: id, code, answer });
        },
      ),
  };
}

/** Asks as `own` does. One for a step. */
export function recordSources(own: MarketSources): RecordedSources {
  const answers: Answered[] = [];
  return {
    answers,
    sources: {
      day: own.day && recordedDay(own.day, answers),
      master: own.master && recordedMaster(own.master, "session", answers),
      present: own.present && recordedMaster(own.present, "present", answers),
      evening: own.evening && recordedEvening(own.evening, answers),
      history: own.history && recordedHistory(own.history, answers),
      oracle: null,
    },
  };
}
