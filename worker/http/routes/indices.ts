/** `/api/kr/indices` and `/api/kr/realtime-prices`: the latest values of the indices and of shares, with their age. */
import type { LatestQuotes } from "../../app/ports/live.ts";
import { logFailure } from "../../app/ports/log.ts";
import type { IndexClose } from "../../app/ports/market-book.ts";
import { hasRegularClose } from "../../core/bars/origin.ts";
import { adjust } from "../../core/bars/adjust.ts";
import { isBar } from "../../core/bars/bar.ts";
import { type Columns, rowAt } from "../../core/bars/columns.ts";
import { formatTradingDay, type TradingDay } from "../../core/calendar/trading-day.ts";
import { profileOf } from "../../core/instrument/exchange-profile.ts";
import type { Exchange, IndexCode } from "../../core/instrument/instrument.ts";
import { parseTicker } from "../../core/instrument/ticker.ts";
import { within } from "../../platform/within.ts";
import { changeFrom, formatKst } from "../../protocol/format.ts";
import { ExchangeQuery, PricesQuery } from "../../protocol/rest/query.ts";
import type { IndexQuote, IndicesBody, PriceQuote, PricesBody } from "../../protocol/rest/quote.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import { sendDated } from "../request/etag.ts";
import { chosenExchange, type HttpPorts } from "../request/ports.ts";

/** `newest`: the book's last session; a quote of an earlier one is stale. */
function quoteIndex(close: IndexClose, newest: TradingDay | null): IndexQuote {
  return {
    code: close.code,
    index: close.close,
    ...changeFrom(close.close, close.previous),
    volume: close.volume,
    as_of: formatTradingDay(close.day),
    timestamp: null,
    stale: newest !== null && close.day < newest,
    source: "closes",
  };
}

/** The last row of a share, against the adjusted close before it; `null` without rows. */
function quoteShare(ticker: string, raw: Columns, newest: TradingDay | null): PriceQuote | null {
  const { columns } = adjust(raw);
  const last = columns.day.length - 1;
  if (last < 0) {
    return null;
  }
  const row = rowAt(columns, last);
  const traded = isBar(row);
  return {
    ticker,
    price: row.close,
    ...changeFrom(row.close, closeBefore(columns, last)),
    volume: row.volume,
    open: traded ? row.open : null,
    high: traded ? row.high : null,
    low: traded ? row.low : null,
    halted: !traded,
    as_of: formatTradingDay(row.day),
    timestamp: null,
    stale: newest !== null && row.day < newest,
    source: "closes",
  };
}

/** BR3b: changes count from the regular close before; where a later price is stored in its place, the base price is it. */
function closeBefore(columns: Columns, row: number): number | null {
  const before = columns.close[row - 1] ?? null;
  const base = columns.base?.[row] ?? Number.NaN;
  return before === null || hasRegularClose(columns, row - 1) || Number.isNaN(base) ? before : base;
}

/** In milliseconds; a reader who could have the closes does not wait longer for newer values. */
const PATIENCE_MS = 2_000;

const NOTHING: LatestQuotes = { prices: [], indices: [] };

/** One call of the feed; never fails. Nothing where no feed is served, and from one that fails or is silent for {@link PATIENCE_MS}. */
async function latestOfFeed(
  ports: Pick<HttpPorts, "feed" | "log">,
  exchange: Exchange,
  tickers: readonly string[],
  codes: readonly IndexCode[],
): Promise<LatestQuotes> {
  const feed = ports.feed?.(exchange);
  if (feed === undefined) {
    return NOTHING;
  }
  try {
    return await within(PATIENCE_MS, "MarketFeed", feed.latest(tickers, codes));
  } catch (error) {
    logFailure(ports.log, "feed_quotes_failed", error, { exchange, neighbour: "MarketFeed" });
    return NOTHING;
  }
}

/** What the feed does not have is answered by the last close, marked as such. */
export function latestRoutes(ports: HttpPorts): ApiRoutes {
  const routes = new ApiRoutes(ports);

  routes.get("/indices", {
    summary: "The latest value of each index, of the feed or the last close, with its age.",
    query: ExchangeQuery,
    answer: { schema: "Indices" },
    handle: async (c, query) => {
      const exchange = await chosenExchange(ports, query.exchange);
      const codes = profileOf(exchange).indices;
      const book = ports.book(exchange);
      const [closes, { lastDay }, latest] = await Promise.all([
        book.indexCloses(),
        book.summary(),
        latestOfFeed(ports, exchange, [], codes),
      ]);
      const stored = closes.map((close) => quoteIndex(close, lastDay));
      // A value of the feed is newer than the close and replaces it.
      const quotes = new Map([...stored, ...latest.indices].map((quote) => [quote.code, quote]));
      const indices = codes.flatMap((code) => quotes.get(code) ?? []);
      const body: IndicesBody = { exchange, indices, generated_at: formatKst(ports.clock.now()) };
      return await sendDated(c, body);
    },
  });

  routes.get("/realtime-prices", {
    summary:
      "Latest values of shares by ticker, of the feed or the last close; unknown tickers stand under `missing`.",
    query: PricesQuery,
    answer: { schema: "Prices" },
    example: { query: "?tickers=D00001,D00002" },
    handle: async (c, query) => {
      const exchange = await chosenExchange(ports, query.exchange);
      const book = ports.book(exchange);
      const [{ lastDay }, latest] = await Promise.all([
        book.summary(),
        latestOfFeed(ports, exchange, query.tickers, []),
      ]);
      const live = new Map(latest.prices.map((quote) => [quote.ticker, quote]));
      const quotes = await Promise.all(
        query.tickers.map(async (ticker) => {
          const quote = live.get(ticker);
          if (quote !== undefined) {
            return quote;
          }
          const series = parseTicker(exchange, ticker) === null ? null : await book.series(ticker);
          return series && quoteShare(ticker, series, lastDay);
        }),
      );
      const found = quotes.filter((quote) => quote !== null);
      const known = new Set(found.map((quote) => quote.ticker));
      const body: PricesBody = {
        exchange,
        prices: Object.fromEntries(found.map((quote) => [quote.ticker, quote])),
        missing: query.tickers.filter((ticker) => !known.has(ticker)),
        generated_at: formatKst(ports.clock.now()),
      };
      return await sendDated(c, body);
    },
  });

  return routes;
}
