/**
 * The Durable Objects of this program, by the names of their bindings in wrangler.toml, and the ports that are calls to them.
 * A stub dies with its object's process, so each call takes a new one.
 */
import type {
  BookListener,
  GatewayPort,
  OwnedFeedPort,
  Publisher,
  QuotingFeed,
  TopicPort,
} from "../../app/ports/live.ts";
import type { LiveBookPort } from "../../app/ports/market-book.ts";
import { asking } from "../../app/ports/neighbour-error.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { SocketGateway } from "../../live/gateway/gateway.ts";
import type { TopicStream } from "../../live/topic/topic.ts";
import type { Book } from "../../market/book/book.ts";
import type { Feed } from "../../market/feed/feed.ts";
import { gatewayPlace } from "./gateway-place.ts";

export interface ObjectBindings {
  readonly MARKET_BOOK: DurableObjectNamespace<Book>;
  readonly MARKET_FEED: DurableObjectNamespace<Feed>;
  readonly TOPIC: DurableObjectNamespace<TopicStream>;
  readonly GATEWAY: DurableObjectNamespace<SocketGateway>;
}

/** The object of a gateway, at the place that its name states. */
export function gatewayObject(
  gateways: ObjectBindings["GATEWAY"],
  name: string,
): ReturnType<ObjectBindings["GATEWAY"]["getByName"]> {
  return gateways.getByName(name, gatewayPlace(name));
}

/** Near Seoul, where the data and most readers are. */
const PLACE = { locationHint: "apac-ne" } as const;

export function topicObject(
  topics: ObjectBindings["TOPIC"],
  topic: string,
): ReturnType<ObjectBindings["TOPIC"]["getByName"]> {
  return topics.getByName(topic, PLACE);
}

/** The {@link GatewayPort} over RPC. A gateway calls itself `{region}/{shard}`; that name is its address. */
export function makeGatewayPort(gateways: ObjectBindings["GATEWAY"], name: string): GatewayPort {
  return {
    deliver: async (delivery) =>
      asking("Gateway", "deliver", async () => gatewayObject(gateways, name).deliver(delivery)),
  };
}

/** The {@link TopicPort} over RPC: one `Topic` object a stream, named after it. */
export function makeTopicPort(topics: ObjectBindings["TOPIC"], topic: string): TopicPort {
  return {
    subscribe: async (gateway, since) =>
      asking("Topic", "subscribe", async () => topicObject(topics, topic).subscribe(gateway, since)),
  };
}

/** The {@link Publisher} over `Topic` objects: the topic's name is the object's name. */
export function makeTopicPublisher(topics: ObjectBindings["TOPIC"]): Publisher {
  return {
    async publish({ id, exchange, topic, body }) {
      await asking("Topic", "publish", async () =>
        topicObject(topics, topic).publish({ id, exchange, body }),
      );
    },
  };
}

/** The {@link LiveBookPort} over RPC: one `MarketBook` object an exchange, named after it. */
export function marketBook(books: ObjectBindings["MARKET_BOOK"], exchange: Exchange): LiveBookPort {
  const book = (): ReturnType<ObjectBindings["MARKET_BOOK"]["getByName"]> => books.getByName(exchange, PLACE);
  return {
    addHistory: async (chunk, mark) =>
      asking("MarketBook", "addHistory", async () => book().addHistory(chunk, mark)),
    closeDay: async (day, mark) => asking("MarketBook", "closeDay", async () => book().closeDay(day, mark)),
    addIndices: async (chunk) => asking("MarketBook", "addIndices", async () => book().addIndices(chunk)),
    importPosition: async (id) =>
      asking("MarketBook", "importPosition", async () => book().importPosition(id)),
    tickers: async () => asking("MarketBook", "tickers", async () => book().tickers()),
    series: async (ticker) => asking("MarketBook", "series", async () => book().series(ticker)),
    indexSeries: async (code) => asking("MarketBook", "indexSeries", async () => book().indexSeries(code)),
    indexCloses: async () => asking("MarketBook", "indexCloses", async () => book().indexCloses()),
    summary: async () => asking("MarketBook", "summary", async () => book().summary()),
    verdict: async (ticker) => asking("MarketBook", "verdict", async () => book().verdict(ticker)),
    run: async (request) => asking("MarketBook", "run", async () => book().run(request)),
    progress: async () => asking("MarketBook", "progress", async () => book().progress()),
    failures: async () => asking("MarketBook", "failures", async () => book().failures()),
    tick: async (batch) => asking("MarketBook", "tick", async () => book().tick(batch)),
    snapshots: async () => asking("MarketBook", "snapshots", async () => book().snapshots()),
  };
}

/** The {@link OwnedFeedPort}, {@link QuotingFeed} and {@link BookListener} over RPC: one `MarketFeed` object an exchange, named after it. */
export function marketFeed(
  feeds: ObjectBindings["MARKET_FEED"],
  exchange: Exchange,
): OwnedFeedPort & QuotingFeed & BookListener {
  const feed = (): ReturnType<ObjectBindings["MARKET_FEED"]["getByName"]> => feeds.getByName(exchange, PLACE);
  return {
    want: async (gateway, topics, at) =>
      asking("MarketFeed", "want", async () => feed().want(gateway, topics, at)),
    latest: async (tickers, codes) =>
      asking("MarketFeed", "latest", async () => feed().latest(tickers, codes)),
    status: async () => asking("MarketFeed", "status", async () => feed().status()),
    failures: async () => asking("MarketFeed", "failures", async () => feed().failures()),
    command: async (command) => asking("MarketFeed", "command", async () => feed().command(command)),
    onBookEvent: async (event) => asking("MarketFeed", "onBookEvent", async () => feed().onBookEvent(event)),
    beginEpoch: async () => asking("MarketFeed", "beginEpoch", async () => feed().beginEpoch()),
  };
}
