/** Env -> ports: the one place that knows every adapter. Cheap, because requests and objects are born often. */
import { rateLimits } from "./adapters/cloudflare/rate-limits.ts";
import { intradayEvery } from "./adapters/upstream/open-vendors.ts";
import { csvFileReader } from "./adapters/csv/csv-file-reader.ts";
import { D1AlertLog } from "./adapters/d1/alert-log.ts";
import { D1InstrumentStore } from "./adapters/d1/instrument-store.ts";
import { D1OutcomeStore } from "./adapters/d1/outcome-store.ts";
import { D1OwnerLog } from "./adapters/d1/owner-log.ts";
import { D1ScanLedger } from "./adapters/d1/scan-ledger.ts";
import { D1ReaderSessions } from "./adapters/d1/reader-sessions.ts";
import { D1Retention } from "./adapters/d1/retention.ts";
import { D1Settings } from "./adapters/d1/settings.ts";
import { demoSource } from "./adapters/demo/demo-source.ts";
import {
  makeGatewayPort,
  makeTopicPort,
  makeTopicPublisher,
  makeBookPort,
  makeAlertsPort,
  makeDayDeliveries,
  makeFeedPort,
  makeMarketDays,
  makeSourcesPort,
  takeMachine,
} from "./adapters/durable/stubs.ts";
import { makeSockets } from "./adapters/durable/sockets.ts";
import { endReaderSockets } from "./adapters/durable/reader-sockets.ts";
import { followSwitch } from "./adapters/durable/switch-followers.ts";
import type { FollowPorts } from "./app/jobs/days/follow-market.ts";
import { makeIngest } from "./app/jobs/ingest.ts";
import type { WatchedObject, WatchPorts } from "./app/jobs/keep-watch.ts";
import type { EveningScanPorts, ScheduledScanPorts } from "./app/jobs/scheduled-scan.ts";
import { parseReaderRule, type ReaderRule } from "./app/reader-rule.ts";
import type { FeedPort } from "./app/ports/live.ts";
import { composeNotifier, publicUrlOf } from "./compose-alerts.ts";
import { liveUpstream, marketSources, type SourceEnv, sourcesOf, sourceStates } from "./compose-sources.ts";
import { assert } from "./core/assert.ts";
import { isSimulated } from "./core/instrument/exchange-profile.ts";
import { type Exchange, EXCHANGES } from "./core/instrument/instrument.ts";
import type { HttpPorts } from "./http/request/ports.ts";
import type { GatewayPorts } from "./live/gateway/gateway.ts";
import type { SocketReaders } from "./live/sockets/reader-watch.ts";
import type { TopicPorts } from "./live/topic/topic.ts";
import type { BookPorts } from "./market/book/book-ports.ts";
import { parseRetention } from "./app/retention-rule.ts";
import { consoleLog } from "./platform/logs.ts";
import { systemTime, type Time } from "./platform/system-clock.ts";
import type { AlertsPorts } from "./notify/alert-ports.ts";
import type { FeedPorts } from "./market/feed-ports.ts";

/** A text that is no rule closes what it may have meant to open, with a line in the log. */
function readerRule(env: { readonly READERS?: string }): ReaderRule {
  const rule = parseReaderRule(env.READERS);
  if (rule === null) {
    consoleLog.write("error", "readers_not_understood", {
      remedy: "READERS is owner or public; it counts as owner",
    });
  }
  return rule ?? "owner";
}

/** What every object and every route has. */
function common(
  env: Env,
  { clock }: Time = systemTime,
): Pick<HttpPorts, "clock" | "log"> & { readonly settings: D1Settings } {
  return { clock, log: consoleLog, settings: new D1Settings(env.DB) };
}

/** The ports of MarketBook. */
export function composeBook(env: Env, time: Time = systemTime): BookPorts {
  return {
    ...common(env, time),
    ledger: new D1ScanLedger(env.DB),
    outcomes: new D1OutcomeStore(env.DB),
    instruments: new D1InstrumentStore(env.DB),
    publisher: makeTopicPublisher(env.TOPIC),
    retention: new D1Retention(env.DB),
    record: new D1Retention(env.DB),
    retentionRule: parseRetention(env),
    complete: (row, stored) => csvFileReader.complete(row, stored),
    sources: (exchange, storage) => marketSources(exchange, env, storage, time),
    sourceStates: async (exchange, storage) => sourceStates(exchange, env, storage, time),
    alerts: makeAlertsPort(env.ALERTS),
    feed: (exchange) => makeFeedPort(env.MARKET_FEED, exchange),
    followSwitch: async (exchange) => followSwitch(env, exchange),
  };
}

/** The ports of the clock's turn; `null` without a vendor, so that nothing is woken for it. */
export function composeFollow(env: SourceEnv): FollowPorts | null {
  return sourcesOf(env).length === 0
    ? null
    : { log: consoleLog, book: makeMarketDays(env.MARKET_BOOK, "KRX") };
}

/** Where what is no move of a signal is stated. */
function statedAlerts(env: Env): FeedPorts["alerts"] {
  const [log, alerts] = [new D1AlertLog(env.DB), makeAlertsPort(env.ALERTS)];
  return { append: async (events) => log.append(events), wake: async () => alerts.wake() };
}

/** Half a minute between two sessions of the demo. */
const DEMO_BREAK_MS = 30_000;

/** The ports of MarketFeed; a simulated exchange gets its market here. */
export function composeFeed(env: Env, time: Time = systemTime): FeedPorts {
  return {
    ...common(env, time),
    instruments: new D1InstrumentStore(env.DB),
    lengths: { sessionMs: secondsOf(env.DEMO_SESSION_S) * 1_000, breakMs: DEMO_BREAK_MS },
    book: (exchange) => makeBookPort(env.MARKET_BOOK, exchange),
    gateway: (name) => makeGatewayPort(env.GATEWAY, name),
    market: (exchange) => (isSimulated(exchange) ? demoSource(Number(env.DEMO_SEED)) : null),
    alerts: statedAlerts(env),
    random: Math.random,
    formingEveryMs: intradayEvery(env, consoleLog),
    upstream: (exchange, storage) => liveUpstream(exchange, env, storage, time),
  };
}

/** A length outside a minute and a day is a mistake of the operator and stops the feed at its birth. */
function secondsOf(text: string): number {
  const seconds = Number(text);
  assert(seconds >= 60 && seconds <= 86_400, `DEMO_SESSION_S was "${text}", not 60 to 86400 seconds`);
  return seconds;
}

/** Of the active exchange, whichever that is at the moment. */
function feedStatus(env: Env): Pick<FeedPort, "status"> {
  const settings = new D1Settings(env.DB);
  return { status: async () => makeFeedPort(env.MARKET_FEED, await settings.activeExchange()).status() };
}

/** The ports of Topic. */
export function composeTopic(env: Env): TopicPorts {
  return {
    ...common(env),
    build: env.BUILD,
    gateway: (name) => makeGatewayPort(env.GATEWAY, name),
    book: (exchange) => makeBookPort(env.MARKET_BOOK, exchange),
    readers: composeReaders(env),
  };
}

/** Whom an object with sockets keeps. */
function composeReaders(env: Env): SocketReaders {
  return { rule: readerRule(env), sessions: new D1ReaderSessions(env.DB) };
}

/** The ports of Gateway. */
export function composeGateway(env: Env): GatewayPorts {
  return {
    ...common(env),
    build: env.BUILD,
    feed: (exchange) => makeFeedPort(env.MARKET_FEED, exchange),
    topic: (name) => makeTopicPort(env.TOPIC, name),
    readers: composeReaders(env),
  };
}

/** The ports of Alerts. */
export function composeAlerts(env: Env, time: Time = systemTime): AlertsPorts {
  return composeNotifier(env, time, readerRule(env));
}

/** The ports of the Cron Trigger. */
export function composeScheduledScan(env: Env, { wait }: Time = systemTime): ScheduledScanPorts {
  return {
    settings: new D1Settings(env.DB),
    log: consoleLog,
    book: (exchange) => makeBookPort(env.MARKET_BOOK, exchange),
    wait,
  };
}

/** The ports of the clock's evening turn. */
export function composeEveningScan(env: Env, time: Time = systemTime): EveningScanPorts {
  return {
    ...composeScheduledScan(env, time),
    book: (exchange) => makeBookPort(env.MARKET_BOOK, exchange),
    clock: time.clock,
    ledger: new D1ScanLedger(env.DB),
  };
}

/** The ports of the watch. */
export function composeWatch(env: Env, time: Time = systemTime): WatchPorts {
  const markets = EXCHANGES.flatMap((exchange): readonly WatchedObject[] => [
    {
      object: `MarketBook ${exchange}`,
      neighbour: "MarketBook",
      ask: async () => makeBookPort(env.MARKET_BOOK, exchange).failures(),
    },
    {
      object: `MarketFeed ${exchange}`,
      neighbour: "MarketFeed",
      ask: async () => makeFeedPort(env.MARKET_FEED, exchange).failures(),
    },
  ]);
  const sockets = makeSockets(env, feedStatus(env), Math.random).memories();
  // AL12: a wake that was lost with its book is made up for here.
  const wokenAlerts: WatchedObject = {
    object: "Alerts",
    neighbour: "Alerts",
    ask: async () => makeAlertsPort(env.ALERTS).wake(),
  };
  return {
    ...composeEveningScan(env, time),
    alerts: statedAlerts(env),
    objects: () => [
      ...markets,
      wokenAlerts,
      ...sockets.map((object) => ({ ...object, ask: async () => object.state() })),
    ],
  };
}

/** The ports of the routes, kept as long as the environment: nothing here may belong to one request. */
export function composeHttp(env: Env, time: Time = systemTime): HttpPorts {
  const instruments = new D1InstrumentStore(env.DB);
  const book = (exchange: Exchange): ReturnType<HttpPorts["book"]> => makeBookPort(env.MARKET_BOOK, exchange);
  const limits = rateLimits(env);
  const publicUrl = publicUrlOf(env.PUBLIC_URL);
  return {
    ...common(env, time),
    ledger: new D1ScanLedger(env.DB),
    alertLog: new D1AlertLog(env.DB),
    alerts: makeAlertsPort(env.ALERTS),
    ...(publicUrl !== null && { publicUrl }),
    outcomes: new D1OutcomeStore(env.DB),
    instruments,
    book,
    deliveries: makeDayDeliveries(env.MARKET_BOOK, "KRX"),
    ...(sourcesOf(env).length > 0 && { awaited: "KRX" }),
    sources: (exchange) => makeSourcesPort(env.MARKET_BOOK, exchange),
    ingest: makeIngest({ reader: csvFileReader, clock: time.clock, bookOf: book, instruments }),
    sockets: makeSockets(env, feedStatus(env), Math.random),
    origins: env.ALLOWED_ORIGINS.split(/[\s,]+/).filter((origin) => origin !== ""),
    feed: (exchange) => makeFeedPort(env.MARKET_FEED, exchange),
    machine: async (request) => takeMachine(env.MARKET_FEED, "KRX", request),
    switchExchange: async (exchange) => makeBookPort(env.MARKET_BOOK, exchange).activate(),
    ...(limits !== undefined && { limits }),
    ownerToken: env.OWNER_TOKEN || null,
    intradayMs: intradayEvery(env, consoleLog),
    readers: {
      rule: readerRule(env),
      sessions: new D1ReaderSessions(env.DB),
      endSockets: async (session) => endReaderSockets(env, session),
    },
    ownerLog: new D1OwnerLog(env.DB),
    build: env.BUILD,
  };
}
