/** `/api/kr/indices` and `/api/kr/realtime-prices`: the latest values of the indices and of shares, with their age. */
import { formatKst } from "../../protocol/kst-time.ts";
import { ExchangeQuery, PricesQuery } from "../../protocol/rest/query.ts";
import type { IndicesBody, PricesBody } from "../../protocol/rest/quote.ts";
import { profileOf } from "../../core/instrument/exchange-profile.ts";
import { parseTicker } from "../../core/instrument/ticker.ts";
import { chosenExchange } from "../request/chosen-exchange.ts";
import { quoteIndex, quoteShare } from "./closes.ts";
import { sendDated } from "../request/etag.ts";
import { latestOfFeed } from "./latest-of-feed.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import type { HttpPorts } from "../request/ports.ts";

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
