/** `/api/kr/stocks`: the master of instruments, the verdict on one share, its chart and its signals. */
import type { SignalFilter, StoredSignal } from "../../app/ports/scan-ledger.ts";
import { adjust, type Adjusted } from "../../core/bars/adjust.ts";
import { profileOf } from "../../core/instrument/exchange-profile.ts";
import { type Columns, rowsUntil, viewOf } from "../../core/bars/columns.ts";
import { type Exchange, INDEX_CODES } from "../../core/instrument/instrument.ts";
import { incumbentsOf } from "../../core/lifecycle/incumbent.ts";
import { PARAMS } from "../../core/params.ts";
import { explainForm } from "../../core/scan/explain.ts";
import type { Verdict } from "../../core/vcp/verdict.ts";
import type { SignalState } from "../../core/vcp/signal-state.ts";
import { parseTicker } from "../../core/instrument/ticker.ts";
import { formatTradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import { type ChartBody, encodeBars, encodeIndexCloses, type Period } from "../../protocol/rest/chart.ts";
import { encodeInstrument, type StockBody, type StocksBody } from "../../protocol/rest/stock.ts";
import { NO_LATIN_NAME } from "../../protocol/latin-name.ts";
import { latinName } from "../../protocol/romanise.ts";
import { formatKst } from "../../protocol/format.ts";
import { ChartQuery, ExchangeQuery, StocksQuery } from "../../protocol/rest/query.ts";
import type { StockSignalsBody } from "../../protocol/rest/signal-list.ts";
import { encodeSignalRow } from "../../protocol/signal-row.ts";
import { encodeExplained, type ExplainedVerdictBody } from "../../protocol/verdict.ts";
import { chosenExchange, type HttpPorts } from "../request/ports.ts";
import { sendDated } from "../request/etag.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import { missing } from "../request/problem-response.ts";

/** The ledger lists open signals unless a state is asked for, so a share's whole history takes three queries. */
const HISTORY: readonly (SignalState | null)[] = [null, "FAILED", "EXPIRED"];
const HISTORY_LIMIT = 100;

/** Calendar days, so that every period holds at least its name. */
const DAYS: Readonly<Record<Period, number>> = { "1mo": 31, "3mo": 92, "6mo": 184, "1y": 366, "2y": 731 };

/** A share without bars is found in the master and has no verdict; one that is in neither is a 404. */
export function stockRoutes(ports: HttpPorts): ApiRoutes {
  const routes = new ApiRoutes(ports);

  routes.get("/", {
    summary: "The list of stocks, searched by name or ticker.",
    query: StocksQuery,
    answer: { schema: "Stocks" },
    example: { query: "?q=D0000&limit=3" },
    handle: async (c, query) => {
      const exchange = await chosenExchange(ports, query.exchange);
      const stocks = (await ports.instruments.search(exchange, query.q, query.limit)).map(encodeInstrument);
      const body: StocksBody = {
        exchange,
        stocks,
        count: stocks.length,
        generated_at: formatKst(ports.clock.now()),
      };
      return await sendDated(c, body);
    },
  });

  routes.get("/:ticker", {
    summary: "One stock: its entry in the list of stocks, and today's verdict with the first rule it fails.",
    query: ExchangeQuery,
    answer: { schema: "Stock" },
    problems: ["not-found"],
    example: { part: "D00001" },
    handle: async (c, query) => {
      const exchange = await chosenExchange(ports, query.exchange);
      return await sendDated(c, await readStock(ports, exchange, tickerOf(exchange, c.req.param("ticker"))));
    },
  });

  routes.get("/:ticker/chart", {
    summary: "Its adjusted daily bars, and the corporate actions among them.",
    query: ChartQuery,
    answer: { schema: "Chart" },
    problems: ["not-found"],
    example: { part: "D00001", query: "?period=1mo" },
    handle: async (c, query) => {
      const exchange = await chosenExchange(ports, query.exchange);
      return c.json(
        await readChart(ports, exchange, tickerOf(exchange, c.req.param("ticker")), query.period),
      );
    },
  });

  routes.get("/:ticker/signals", {
    summary: "Its signals, open and ended.",
    query: ExchangeQuery,
    answer: { schema: "StockSignals" },
    problems: ["not-found"],
    example: { part: "D00001" },
    handle: async (c, query) => {
      const exchange = await chosenExchange(ports, query.exchange);
      return await sendDated(
        c,
        await listHistory(ports, exchange, tickerOf(exchange, c.req.param("ticker"))),
      );
    },
  });

  return routes;
}

async function readStock(ports: HttpPorts, exchange: Exchange, ticker: string): Promise<StockBody> {
  const book = ports.book(exchange);
  const [instrument, verdict, columns, open] = await Promise.all([
    ports.instruments.get(exchange, ticker),
    book.verdict(ticker),
    book.series(ticker),
    ports.ledger.signals(signalsOf(exchange, ticker, null), null, HISTORY_LIMIT),
  ]);
  if (instrument === null && verdict === null) {
    throw missing(`${ticker}: neither bars nor an entry in the master of ${exchange}. It`);
  }
  return {
    exchange,
    ticker,
    instrument: instrument && encodeInstrument(instrument),
    verdict: verdict && columns && explained(exchange, verdict, columns, open),
    generated_at: formatKst(ports.clock.now()),
  };
}

/** NM2: one ticker is read besides the verdict that the book keeps; the market is not judged again. */
function explained(
  exchange: Exchange,
  verdict: Verdict,
  columns: Columns,
  open: readonly StoredSignal[],
): ExplainedVerdictBody {
  const signals = open.map(({ signal }) => signal);
  const incumbent = incumbentsOf(signals, PARAMS).get(verdict.ticker) ?? null;
  const { grid } = profileOf(exchange);
  return encodeExplained(verdict, explainForm({ columns, verdict, params: PARAMS, grid, incumbent }), PARAMS);
}

function signalsOf(exchange: Exchange, ticker: string, state: SignalState | null): SignalFilter {
  return { exchange, ticker, state, market: null, grade: null, minScore: null };
}

async function listHistory(ports: HttpPorts, exchange: Exchange, ticker: string): Promise<StockSignalsBody> {
  const found = await Promise.all(
    HISTORY.map((state) => ports.ledger.signals(signalsOf(exchange, ticker, state), null, HISTORY_LIMIT)),
  );
  const signals = found
    .flat()
    .toSorted((a, b) => b.signal.bornOn - a.signal.bornOn || b.createdAt - a.createdAt);
  return {
    exchange,
    ticker,
    signals: signals.map(encodeSignalRow),
    count: signals.length,
    generated_at: formatKst(ports.clock.now()),
  };
}

/** Throws a Refusal with 404 for text that is no ticker of the exchange. */
function tickerOf(exchange: Exchange, text: string): string {
  const ticker = parseTicker(exchange, text);
  if (ticker === null) {
    throw missing(`A ticker of ${exchange} has ${profileOf(exchange).ticker.form}; this one`);
  }
  return ticker;
}

async function readChart(
  ports: HttpPorts,
  exchange: Exchange,
  ticker: string,
  period: ChartBody["period"],
): Promise<ChartBody> {
  const [series, instrument] = await Promise.all([
    ports.book(exchange).series(ticker),
    ports.instruments.get(exchange, ticker),
  ]);
  const last = series?.day.at(-1);
  if (!series || last === undefined) {
    throw missing("A chart of this ticker");
  }
  const { columns, events } = windowOf(adjust(series), period);
  // Without an entry in the master the market is unknown, and no index is taken for it; KONEX has none.
  const code = INDEX_CODES.find((one) => one === instrument?.market) ?? null;
  const index = code === null ? null : await ports.book(exchange).indexSeries(code);
  return {
    exchange,
    ticker,
    name: instrument?.name ?? null,
    ...(instrument === null ? NO_LATIN_NAME : latinName(instrument.name, instrument.nameEn)),
    period,
    as_of: formatTradingDay(tradingDayOf(last)),
    bars: encodeBars(columns),
    events: events.map(({ day, factor }) => ({ type: "adjustment", date: formatTradingDay(day), factor })),
    index: code !== null && index !== null ? { code, closes: encodeIndexCloses(columns.day, index) } : null,
  };
}

/** The last months of a series, counted back from its last row and not from today. */
function windowOf({ columns, events }: Adjusted, period: Period): Adjusted {
  const rows = columns.day.length;
  const from = tradingDayOf((columns.day[rows - 1] ?? 0) - DAYS[period]);
  return {
    columns: viewOf(columns, rowsUntil(columns, from), rows),
    events: events.filter((event) => event.day > from),
  };
}
