/**
 * The Durable Objects of this program, by the names of their bindings in wrangler.toml, and the ports that are calls to them.
 * A stub dies with its object's process, so each call takes a new one.
 */
import type { FormingBook } from "../../app/ports/forming.ts";
import type { QuotingBook } from "../../app/ports/live-upstream.ts";
import type {
  BookListener,
  GatewayPort,
  OwnedFeedPort,
  Publisher,
  QuotingFeed,
  TopicPort,
} from "../../app/ports/live.ts";
import type { AlertsPort } from "../../app/ports/alerts.ts";
import type { LiveBookPort } from "../../app/ports/market-book.ts";
import type { DayDeliveryPort, MarketDaysPort } from "../../app/ports/market-sources.ts";
import type { MarketStatusPort } from "../../app/ports/market-status.ts";
import type { SourcesPort } from "../../app/ports/source-check.ts";
import type { StudyPort } from "../../app/ports/study.ts";
import { asking } from "../../app/ports/neighbour-error.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { SocketGateway } from "../../live/gateway/gateway.ts";
import type { TopicStream } from "../../live/topic/topic.ts";
import type { Book } from "../../market/book/book.ts";
import type { Feed } from "../../market/feed/feed.ts";
import type { Notifier } from "../../notify/notifier.ts";
import { gatewayPlace } from "./gateway-place.ts";

/** The namespaces of `wrangler.toml`, typed by the classes. */
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

/** The object of one stream; a call on it rejects with a `NeighbourError`. */
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
    async publish({ id, exchange, topic, body }, generation) {
      await asking("Topic", "publish", async () =>
        topicObject(topics, topic).publish({ id, exchange, generation, body }),
      );
    },
  };
}

/** The {@link MarketDaysPort} over RPC, of the one real exchange. */
export function makeMarketDays(books: ObjectBindings["MARKET_BOOK"], exchange: Exchange): MarketDaysPort {
  return {
    followMarket: async () =>
      asking("MarketBook", "followMarket", async () => books.getByName(exchange, PLACE).followMarket()),
  };
}

/** The {@link DayDeliveryPort} over RPC, of the one real exchange. */
export function makeDayDeliveries(books: ObjectBindings["MARKET_BOOK"], exchange: Exchange): DayDeliveryPort {
  const book = (): DurableObjectStub<Book> => books.getByName(exchange, PLACE);
  return {
    wantedDays: async (can, sessions) =>
      asking("MarketBook", "wantedDays", async () => book().wantedDays(can, sessions)),
    takeDay: async (bytes, sessions) =>
      asking("MarketBook", "takeDay", async () => book().takeDay(bytes, sessions)),
  };
}

/** The {@link SourcesPort} over RPC. */
export function makeSourcesPort(books: ObjectBindings["MARKET_BOOK"], exchange: Exchange): SourcesPort {
  const ask = async <T>(doing: string, call: (book: DurableObjectStub<Book>) => Promise<T>): Promise<T> =>
    asking("MarketBook", doing, async () => call(books.getByName(exchange, PLACE)));
  return {
    checkSources: async () => ask("checkSources", async (book) => book.checkSources()),
    forgetDenials: async () => ask("forgetDenials", async (book) => book.forgetDenials()),
    beginBackfill: async () => ask("beginBackfill", async (book) => book.beginBackfill()),
  };
}

/** The {@link LiveBookPort}, {@link QuotingBook}, {@link FormingBook}, {@link MarketStatusPort} and {@link StudyPort} over RPC: one `MarketBook` object an exchange, named after it. */
export function makeBookPort(
  books: ObjectBindings["MARKET_BOOK"],
  exchange: Exchange,
): LiveBookPort & QuotingBook & FormingBook & MarketStatusPort & StudyPort {
  const ask = async <T>(doing: string, call: (book: DurableObjectStub<Book>) => Promise<T>): Promise<T> =>
    asking("MarketBook", doing, async () => call(books.getByName(exchange, PLACE)));
  return {
    addHistory: async (chunk, mark, origins) =>
      ask("addHistory", async (book) => book.addHistory(chunk, mark, origins)),
    closeDay: async (day, mark, origins) =>
      ask("closeDay", async (book) => book.closeDay(day, mark, origins)),
    closeKinds: async () => ask("closeKinds", async (book) => book.closeKinds()),
    origins: async () => ask("origins", async (book) => book.origins()),
    findings: async () => ask("findings", async (book) => book.findings()),
    addIndices: async (chunk) => ask("addIndices", async (book) => book.addIndices(chunk)),
    backfill: async () => ask("backfill", async (book) => book.backfill()),
    marketStatus: async () => ask("marketStatus", async (book) => book.marketStatus()),
    studies: async () => ask("studies", async (book) => book.studies()),
    studyReport: async () => ask("studyReport", async (book) => book.studyReport()),
    studyEntries: async (query) => ask("studyEntries", async (book) => book.studyEntries(query)),
    importPosition: async (id) => ask("importPosition", async (book) => book.importPosition(id)),
    tickers: async () => ask("tickers", async (book) => book.tickers()),
    series: async (ticker) => ask("series", async (book) => book.series(ticker)),
    indexSeries: async (code) => ask("indexSeries", async (book) => book.indexSeries(code)),
    indexCloses: async () => ask("indexCloses", async (book) => book.indexCloses()),
    summary: async () => ask("summary", async (book) => book.summary()),
    verdict: async (ticker) => ask("verdict", async (book) => book.verdict(ticker)),
    run: async (request) => ask("run", async (book) => book.run(request)),
    rowsOn: async (day, key) => ask("rowsOn", async (book) => book.rowsOn(day, key)),
    removeRows: async (day, key) => ask("removeRows", async (book) => book.removeRows(day, key)),
    empty: async () => ask("empty", async (book) => book.empty()),
    forgetChanges: async () => ask("forgetChanges", async (book) => book.forgetChanges()),
    changes: async () => ask("changes", async (book) => book.changes()),
    correct: async (from, accept) => ask("correct", async (book) => book.correct(from, accept)),
    progress: async () => ask("progress", async (book) => book.progress()),
    failures: async () => ask("failures", async (book) => book.failures()),
    tick: async (batch) => ask("tick", async (book) => book.tick(batch)),
    judgeRunning: async (moment) => ask("judgeRunning", async (book) => book.judgeRunning(moment)),
    forming: async () => ask("forming", async (book) => book.forming()),
    gateBasis: async () => ask("gateBasis", async (book) => book.gateBasis()),
    quotes: async (tickers) => ask("quotes", async (book) => book.quotes(tickers)),
    activate: async () => ask("activate", async (book) => book.activate()),
    snapshots: async () => ask("snapshots", async (book) => book.snapshots()),
  };
}

/** KW17: a machine that brings live prices, to the feed that takes them. Rejects with a `NeighbourError`. */
export async function takeMachine(
  feeds: ObjectBindings["MARKET_FEED"],
  exchange: Exchange,
  request: Request,
): Promise<Response> {
  return asking("MarketFeed", "take a machine", async () => feeds.getByName(exchange, PLACE).fetch(request));
}

/** The {@link OwnedFeedPort}, {@link QuotingFeed} and {@link BookListener} over RPC: one `MarketFeed` object an exchange, named after it. */
export function makeFeedPort(
  feeds: ObjectBindings["MARKET_FEED"],
  exchange: Exchange,
): OwnedFeedPort & QuotingFeed & BookListener {
  const ask = async <T>(doing: string, call: (feed: DurableObjectStub<Feed>) => Promise<T>): Promise<T> =>
    asking("MarketFeed", doing, async () => call(feeds.getByName(exchange, PLACE)));
  return {
    want: async (gateway, topics, at) => ask("want", async (feed) => feed.want(gateway, topics, at)),
    tickers: async () => ask("tickers", async (feed) => feed.tickers()),
    latest: async (tickers, codes) => ask("latest", async (feed) => feed.latest(tickers, codes)),
    status: async () => ask("status", async (feed) => feed.status()),
    failures: async () => ask("failures", async (feed) => feed.failures()),
    command: async (command) => ask("command", async (feed) => feed.command(command)),
    onBookEvent: async (event) => ask("onBookEvent", async (feed) => feed.onBookEvent(event)),
    followSwitch: async () => ask("followSwitch", async (feed) => feed.followSwitch()),
    applied: async () => ask("applied", async (feed) => feed.applied()),
  };
}

/** The {@link AlertsPort} over RPC: one object for the installation. */
export function makeAlertsPort(alerts: DurableObjectNamespace<Notifier>): AlertsPort {
  const ask = async <T>(doing: string, call: (one: DurableObjectStub<Notifier>) => Promise<T>): Promise<T> =>
    asking("Alerts", doing, async () => call(alerts.getByName("alerts", PLACE)));
  return {
    wake: async () => ask("wake", async (one) => one.wake()),
    failures: async () => ask("failures", async (one) => one.failures()),
    owner: async () => ask("owner", async (one) => one.owner()),
    putRule: async (rule) => ask("putRule", async (one) => one.putRule(rule)),
    dropRule: async (id) => ask("dropRule", async (one) => one.dropRule(id)),
    putChannel: async (id, change) => ask("putChannel", async (one) => one.putChannel(id, change)),
    dropChannel: async (id) => ask("dropChannel", async (one) => one.dropChannel(id)),
    testChannel: async (id, language) => ask("testChannel", async (one) => one.testChannel(id, language)),
    log: async (holder, rule, limit) => ask("log", async (one) => one.log(holder, rule, limit)),
    pushKey: async () => ask("pushKey", async (one) => one.pushKey()),
    subscribe: async (target, by, rules) => ask("subscribe", async (one) => one.subscribe(target, by, rules)),
    subscription: async (id, token) => ask("subscription", async (one) => one.subscription(id, token)),
    changeSubscription: async (...asked) =>
      ask("changeSubscription", async (one) => one.changeSubscription(...asked)),
    endSubscription: async (id, token) =>
      ask("endSubscription", async (one) => one.endSubscription(id, token)),
    testSubscription: async (id, token, language) =>
      ask("testSubscription", async (one) => one.testSubscription(id, token, language)),
  };
}
