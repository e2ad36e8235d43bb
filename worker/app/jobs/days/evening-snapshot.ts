/**
 * The session of today from the prices of the minutes between its close and the after-market: provisional rows with the regular
 * close, good for the evening's scan. A window that was missed waits for the official rows of the morning.
 */
import { rejectRow } from "../../../core/bars/bar.ts";
import { columnsOf, type Row } from "../../../core/bars/columns.ts";
import { isWithin } from "../../../core/calendar/closing-window.ts";
import { sessionsOf } from "../../../core/calendar/sessions.ts";
import type { TradingDay } from "../../../core/calendar/trading-day.ts";
import { type Exchange, INDEX_CODES, type Market } from "../../../core/instrument/instrument.ts";
import { parseTicker } from "../../../core/instrument/ticker.ts";
import type { Ticker } from "../../../core/nominal.ts";
import type { InstrumentStore } from "../../ports/instrument-store.ts";
import type { IndexColumns, TickerColumns } from "../../ports/market-book.ts";
import type { EveningSources, MarketQuote } from "../../ports/market-sources.ts";
import { quoteRow } from "../quote-row.ts";
import { type DayBars, withOrigin } from "./official-day.ts";
import { rowsOfDay } from "./reconcile-day.ts";
import type { SessionDays } from "./session-days.ts";
import { outcomeOf, type StepOutcome } from "./step-outcome.ts";
import { writeStepNote } from "../../../core/session/step-note.ts";

/** Below it the session has arrived in part, and the next turn of the window asks again. */
const COVERAGE = 0.95;

export interface EveningPorts extends EveningSources {
  readonly bars: DayBars;
  readonly instruments: Pick<InstrumentStore, "all">;
  readonly days: SessionDays;
}

/** Who is asked: whoever had a row in the session before, and whoever is listed and never had one. */
export interface Asked {
  readonly tickers: readonly Ticker[];
  /** The coverage is of these. */
  readonly expected: ReadonlySet<string>;
  readonly boards: ReadonlyMap<string, Market>;
}

/** Rejects as the store does. */
export async function whomToAsk(
  exchange: Exchange,
  day: TradingDay,
  ports: Pick<EveningPorts, "instruments"> & { readonly bars: Pick<DayBars, "listings" | "rowsByDay"> },
): Promise<Asked> {
  const master = await ports.instruments.all(exchange);
  const boards = new Map<string, Market>(master.map(({ ticker, market }) => [ticker, market]));
  const last = sessionsOf(ports.bars.rowsByDay(), []).findLast((session) => session < day);
  const had = last === undefined ? new Map<string, Row>() : rowsOfDay(ports.bars, last);
  const seen = new Set<string>();
  // One at a time: the series of a whole market together are nearly all that an object may hold.
  for (const { ticker } of ports.bars.listings()) {
    seen.add(ticker);
  }
  const fresh = master.filter(
    ({ ticker, market }) => !seen.has(ticker) && INDEX_CODES.some((code) => code === market),
  );
  const tickers = [...had.keys()].flatMap((key) => parseTicker(exchange, key) ?? []);
  const isFirst = had.size === 0;
  return {
    tickers: [...tickers, ...fresh.map(({ ticker }) => ticker)],
    expected: new Set(isFirst ? fresh.map(({ ticker }) => String(ticker)) : tickers.map(String)),
    boards,
  };
}

/** One row of each index; its volume is the board's, because the unit of the vendor's is not published. */
async function indicesOf(
  day: TradingDay,
  quotes: readonly MarketQuote[],
  boards: Asked["boards"],
  { history }: EveningPorts,
): Promise<readonly IndexColumns[] | StepOutcome> {
  const rows: IndexColumns[] = [];
  for (const code of INDEX_CODES) {
    const answer = await history.index(code, day, day);
    if (answer.status !== "ok") {
      return outcomeOf(history.id, answer);
    }
    const found = answer.value.find(({ row, close }) => row.day === day && close === "regular");
    if (found === undefined) {
      return { status: "not_ready", text: writeStepNote("no_index", { source: history.id, index: code }) };
    }
    const own = quotes.filter(({ ticker }) => boards.get(ticker) === code);
    if (own.length === 0) {
      return { status: "not_ready", text: writeStepNote("no_board", { index: code }) };
    }
    const { volume, value } = sumsOf(own);
    rows.push({ code, columns: columnsOf([{ ...found.row, volume, value }]) });
  }
  return rows;
}

function sumsOf(own: readonly MarketQuote[]): { readonly volume: number; readonly value: number | null } {
  const values = own.flatMap(({ value }) => value ?? []);
  return {
    volume: own.reduce((sum, { volume }) => sum + volume, 0),
    value: values.length === own.length ? values.reduce((sum, value) => sum + value, 0) : null,
  };
}

/** Rejects as the sources and the store do, and has stored nothing then. */
export async function fetchEvening(
  exchange: Exchange,
  day: TradingDay,
  ports: EveningPorts,
): Promise<StepOutcome> {
  const { bars, days, snapshot } = ports;
  if (bars.rowsByDay().has(day)) {
    return { status: "stored", moved: false, text: writeStepNote("stored_before", {}) };
  }
  const { tickers, expected, boards } = await whomToAsk(exchange, day, ports);
  if (tickers.length === 0) {
    return { status: "not_ready", text: writeStepNote("no_master", {}) };
  }
  const answer = await snapshot.quotes(tickers);
  if (answer.status !== "ok") {
    return outcomeOf(snapshot.id, answer);
  }
  if (!isWithin(days.closingWindow(day), answer.at)) {
    return {
      status: "not_ready",
      text: writeStepNote("too_late", { source: snapshot.id }),
    };
  }
  const rows = answer.value.flatMap((quote): readonly TickerColumns[] => {
    const row = quoteRow(day, quote);
    return rejectRow(row) === null
      ? [{ ticker: quote.ticker, columns: columnsOf([row]), absent: ["shares"] }]
      : [];
  });
  const covered = rows.filter(({ ticker }) => expected.has(ticker)).length;
  if (covered < COVERAGE * expected.size) {
    return {
      status: "not_ready",
      text: writeStepNote("covered", { source: snapshot.id, have: covered, all: expected.size }),
    };
  }
  const indices = await indicesOf(day, answer.value, boards, ports);
  if ("status" in indices) {
    return indices;
  }
  const own = withOrigin(rows, day, {
    source: snapshot.id,
    close: "regular",
    final: false,
    receivedAt: answer.at,
  });
  return bars.conclude(() => {
    bars.closeDay(own.rows, null, own.origins);
    bars.addIndices(indices);
    return {
      status: "stored",
      moved: true,
      text: writeStepNote("stored_of", { rows: rows.length, have: covered, all: expected.size }),
    };
  });
}
