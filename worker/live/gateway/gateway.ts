/**
 * Gateway's behaviour without its shell: many topics on one socket, many sockets on one object. Streams come from their
 * Topic objects, latest values from the feed; both call the gateway by its object's name.
 */
import { type Log, logFailure } from "../../app/ports/log.ts";
import type { Clock } from "../../app/ports/clock.ts";
import {
  type Delivery,
  type FeedPort,
  type Fragment,
  type HubLoad,
  seqOf,
  type TopicPort,
} from "../../app/ports/live.ts";
import type { Settings } from "../../app/ports/settings.ts";
import { assert } from "../../core/assert.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { encodeReset } from "../../protocol/messages/session-message.ts";
import { parseTopic } from "../../protocol/messages/topic.ts";
import type { SendBudget, Load } from "../session/send-budget.ts";
import { FailureLog } from "../../platform/logs.ts";
import { checkContract } from "../../platform/contract.ts";
import { inBackground } from "../../platform/in-background.ts";
import { AlarmClock, LOOK_AGAIN_MS } from "../alarm-clock.ts";
import { SocketHub } from "../sockets/socket-hub.ts";
import type { HubRequest } from "../sockets/hub-deps.ts";
import { ActiveExchangeCache } from "./active-exchange-cache.ts";
import { KnownTickers } from "./known-tickers.ts";
import { LatestValueCache } from "./latest-value-cache.ts";
import type { Resolution } from "../session/session-event.ts";
import { StreamSubscriber } from "./stream-subscriber.ts";
import type { SocketReaders } from "../sockets/reader-watch.ts";
import { SocketObject } from "../sockets/socket-object.ts";
import { admit, refuseUnlessUpgrade, waitForTurn } from "../sockets/upgrade.ts";

/** The neighbours of a gateway. */
export interface GatewayPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Pick<Settings, "lastSwitch">;
  readonly build: string;
  feed(exchange: Exchange): Pick<FeedPort, "want" | "tickers">;
  topic(name: string): TopicPort;
  /** Absent: everyone may read. */
  readonly readers?: SocketReaders;
  /** What a socket may have on its way, where a simulation plays a crowd. Absent: by the number of sockets. */
  readonly allow?: (load: Load) => SendBudget;
}

/** The object behind `/ws`: sockets of one region and shard, with any topics. It decides nothing about a session itself. */
export class SocketGateway extends SocketObject {
  readonly #ports: GatewayPorts;
  readonly #log: FailureLog;
  protected readonly hub: SocketHub;
  readonly #streams: StreamSubscriber;
  readonly #latest: LatestValueCache;
  readonly #bornAt: number;
  readonly #exchange: ActiveExchangeCache;
  readonly #tickers: KnownTickers;
  readonly #alarm: AlarmClock;
  /** The renewal that is on its way, and the change of the exchange for which it began. */
  #renewal: { readonly due: string; readonly done: Promise<void> } | null = null;
  /** The store could not be asked for the recorded switch. */
  #isQuestionDue = false;

  constructor(ctx: DurableObjectState, env: unknown, ports: GatewayPorts) {
    super(ctx, env);
    checkContract(ctx.storage.sql, "Gateway");
    const { name } = ctx.id;
    assert(name !== undefined, "A gateway has no name");
    this.#ports = ports;
    this.#bornAt = ports.clock.now();
    this.#log = new FailureLog(ctx.storage.sql, ports.log, () => ports.clock.now());
    this.#alarm = new AlarmClock(ctx.storage, () => ports.clock.now(), this.#log);
    this.#exchange = new ActiveExchangeCache(ctx.storage.sql, {
      settings: ports.settings,
      now: () => ports.clock.now(),
    });
    this.#tickers = new KnownTickers({
      log: this.#log,
      now: () => ports.clock.now(),
      tickers: (exchange) => ports.feed(exchange).tickers(),
    });
    this.hub = new SocketHub(ctx, {
      ...(ports.allow && { allow: ports.allow }),
      ...(ports.readers && { readers: ports.readers }),
      log: this.#log,
      now: () => ports.clock.now(),
      find: (text) => {
        const topic = parseTopic(text);
        return topic === null ? "unknown_topic" : { topic: topic.name, isStream: topic.kind === "stream" };
      },
      mayExist: (topic) => this.#tickers.has(topic) !== false,
      ask: (asks) => this.#ask(asks),
      // A Topic learns from the answer to its next delivery that nobody is left.
      left: (topics) => this.#latest.leave(topics.filter((topic) => !isStream(topic))),
      watch: (at) => this.#watch(at),
    });
    const deps = {
      gateway: name,
      log: this.#log,
      now: () => ports.clock.now(),
      resolve: (session: string, event: Resolution) => this.hub.resolve(session, event),
      push: (session: string, fragments: readonly Fragment[]) => this.hub.push(session, fragments),
      isWanted: (topic: string) => this.hub.isWanted(topic),
      run: (work: Promise<void>) => inBackground(ctx, this.#log, "gateway_call_failed", work),
    };
    this.#streams = new StreamSubscriber({
      ...deps,
      topic: (stream) => ports.topic(stream),
      standOn: (exchange) => this.hub.readers.standOn(exchange),
    });
    this.#latest = new LatestValueCache({
      ...deps,
      want: async (topics, at) => ports.feed(await this.#exchange.current()).want(name, topics, at),
      pass: (fragments) => this.hub.deliver(fragments),
      watch: (at) => this.#watch(at),
      wanted: () => Array.from(this.hub.topics()).filter((topic) => !isStream(topic)),
    });
    inBackground(ctx, this.#log, "switch_not_followed", this.#followOrLater());
    if (this.#exchange.renewalDue !== null || this.hub.hasUnsettled) {
      // The platform may have given the alarm of an earlier life up (TP14).
      this.#watch(this.#bornAt + LOOK_AGAIN_MS);
    }
  }

  /** Called by the sequencers. `false`: no socket here wants any of the topics any more. */
  deliver({ fragments, exchange }: Delivery): boolean {
    this.hub.readers.standOn(exchange);
    this.#streams.forget(fragments.map(({ topic }) => topic));
    const wanted = fragments.filter(({ topic }) => this.hub.isWanted(topic));
    const streams = wanted.filter(({ topic }) => isStream(topic));
    const values = this.#latest.take(wanted.filter(({ topic }) => !isStream(topic)));
    this.#streams.take(streams);
    this.hub.deliver([...streams, ...values]);
    return wanted.length > 0;
  }

  /**
   * Applies the switch that the store records, when it is another than this object knows: each latest value begins anew, and a
   * value that the new market does not know is reset. Rejects when the store or the feed is out of reach; the alarm does the rest.
   */
  async followSwitch(): Promise<void> {
    try {
      await this.#exchange.follow();
      this.#isQuestionDue = false;
    } catch (error) {
      this.#isQuestionDue = true;
      throw error;
    } finally {
      this.hub.readers.standOn(this.#exchange.applied()?.exchange);
      inBackground(this.ctx, this.#log, "alarm_not_set", this.#ringLater());
      // Also while the store fails: an earlier answer may have made it due.
      await this.#renew();
    }
  }

  /** What was not done is done by the alarm. */
  async #followOrLater(): Promise<void> {
    try {
      await this.followSwitch();
    } catch (error) {
      logFailure(this.#log, this.#isQuestionDue ? "active_exchange_not_asked" : "values_not_renewed", error);
    }
  }

  async #beginAnew(): Promise<void> {
    const values = await this.#latest.renew();
    const nothing = { epoch: crypto.randomUUID(), seq: seqOf(0) };
    const topics = Array.from(this.hub.topics()).filter((topic) => !isStream(topic));
    this.hub.deliver(
      topics.flatMap((topic) => {
        const value = values.get(topic);
        const place = value ?? nothing;
        const reset = { ...place, topic, text: encodeReset(topic, place) };
        return value === undefined ? [reset] : [reset, value];
      }),
    );
  }

  /** One renewal for each switch, whoever calls: a second one would reset every value again. */
  async #renew(): Promise<void> {
    const due = this.#exchange.renewalDue;
    if (due === null) {
      return;
    }
    if (this.#renewal?.due !== due) {
      this.#renewal = { due, done: this.#renewFor(due) };
    }
    await this.#renewal.done;
  }

  async #renewFor(due: string): Promise<void> {
    try {
      await this.#beginAnew();
      this.#exchange.renewed(due);
    } finally {
      if (this.#renewal?.due === due) {
        this.#renewal = null;
      }
    }
  }

  stats(): HubLoad {
    return {
      connections: this.hub.size,
      subscriptions: Object.fromEntries(this.hub.subscriptions()),
      uptimeMs: this.#ports.clock.now() - this.#bornAt,
      applied: this.#exchange.applied(),
      failures: this.#log.failures(),
    };
  }

  /** Upgrades only. `?subscribe=a,b` subscribes at once. */
  override async fetch(request: Request): Promise<Response> {
    const early = await waitForTurn(request, this.hub);
    if (early) {
      return early;
    }
    const exchange = await this.#exchange.current();
    inBackground(this.ctx, this.#log, "alarm_not_set", this.#ringLater());
    // Counted after the last await, because a storm would pass a count that was taken before.
    const refusal = refuseUnlessUpgrade(request, this.hub.size);
    if (refusal) {
      return refusal;
    }
    const topics = (new URL(request.url).searchParams.get("subscribe") ?? "")
      .split(",")
      .filter((text) => text !== "");
    return admit(request, this.hub, { build: this.#ports.build, exchange, topics });
  }

  /** An idle gateway has no alarm: one is set while a socket is not settled, or the switch is to be asked for again. */
  override async alarm(): Promise<void> {
    await this.#alarm.ring(async () => this.#ring());
  }

  async #ring(): Promise<void> {
    this.#latest.retry();
    if (this.hub.look()) {
      await this.#alarm.set(this.#ports.clock.now() + LOOK_AGAIN_MS);
    }
    const due = this.#exchange.renewalDue;
    const isWaiting = due !== null && due !== this.#renewal?.due;
    if (this.#exchange.isDue() || this.#isQuestionDue || isWaiting) {
      await this.#followOrLater();
    }
    await this.#ringLater();
  }

  #watch(at: number): void {
    if (!this.#alarm.isStored(at)) {
      inBackground(this.ctx, this.#log, "alarm_not_set", this.#alarm.set(at));
    }
  }

  /** Sets the alarm for a renewal or a question that is due and for asking again. */
  async #ringLater(): Promise<void> {
    const { againAt, renewalDue } = this.#exchange;
    if (renewalDue !== null || this.#isQuestionDue) {
      await this.#alarm.set(this.#ports.clock.now() + LOOK_AGAIN_MS);
    }
    if (againAt !== null) {
      await this.#alarm.set(againAt);
    }
  }

  #ask(asks: readonly HubRequest[]): void {
    for (const ask of asks) {
      if (isStream(ask.topic)) {
        this.#streams.ask(ask);
      }
    }
    const values = Map.groupBy(
      asks.filter(({ topic }) => !isStream(topic)),
      ({ topic }) => this.#tickers.has(topic) !== null,
    );
    this.#latest.ask(values.get(true) ?? []);
    const unsure = values.get(false);
    if (unsure !== undefined) {
      inBackground(this.ctx, this.#log, "tickers_not_learnt", this.#askIfKnown(unsure));
    }
  }

  /** WS3g: refuses the topics of tickers that no book knows, and asks for the others. */
  async #askIfKnown(asks: readonly HubRequest[]): Promise<void> {
    await this.#tickers.learn(asks.map(({ topic }) => topic));
    const known = Map.groupBy(asks, ({ topic }) => this.#tickers.has(topic) !== false);
    for (const [session, unknown] of Map.groupBy(known.get(false) ?? [], (ask) => ask.session)) {
      const numbers = unknown.map(({ ask }) => ask);
      this.hub.resolve(session, { kind: "refused", at: this.#ports.clock.now(), asks: numbers });
    }
    this.#latest.ask(known.get(true) ?? []);
  }
}

function isStream(topic: string): boolean {
  return parseTopic(topic)?.kind === "stream";
}
