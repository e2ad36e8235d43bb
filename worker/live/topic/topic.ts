/**
 * Topic's behaviour without its shell: the sequencer of one stream (WS5, WS8), the hub of `/ws/{topic}`, and the gateways that
 * carry the stream to all other sockets. The object's name is the topic.
 */
import type { Clock } from "../../app/ports/clock.ts";
import type { Fragment, GatewayPort, Position, StreamStart } from "../../app/ports/live.ts";
import type { NeighbourFailure } from "../../app/ports/neighbour-error.ts";
import { type Log, logFailure } from "../../app/ports/log.ts";
import type { LiveBookPort } from "../../app/ports/market-book.ts";
import type { ExchangeSwitch, Settings } from "../../app/ports/settings.ts";

import { assert } from "../../core/assert.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { encodeReset } from "../../protocol/messages/session-message.ts";
import { MAX_MESSAGE_BYTES } from "../../protocol/messages/stream-update.ts";
import { parseTopic } from "../../protocol/messages/topic.ts";
import { FailureLog } from "../../platform/logs.ts";
import { checkContract } from "../../platform/contract.ts";
import { inBackground } from "../../platform/in-background.ts";
import { Turns } from "../../platform/turns.ts";
import { within } from "../../platform/within.ts";
import { AlarmClock, LOOK_AGAIN_MS } from "../alarm-clock.ts";
import { SocketHub } from "../sockets/socket-hub.ts";
import type { HubRequest } from "../sockets/hub-deps.ts";
import { FanOut } from "./gateway-fan-out.ts";
import type { SessionRules } from "../session/session-event.ts";
import { TopicLog, type TopicMessage } from "./topic-log.ts";
import type { SocketReaders } from "../sockets/reader-watch.ts";
import { SocketObject } from "../sockets/socket-object.ts";
import { admit, refuseUnlessUpgrade, waitForTurn } from "../sockets/upgrade.ts";

/** The neighbours of a topic. */
export interface TopicPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Pick<Settings, "lastSwitch">;
  readonly build: string;
  /** Absent: everyone may read. */
  readonly readers?: SocketReaders;
  gateway(name: string): GatewayPort;
  /** The whole state of each stream of that exchange. */
  book(exchange: Exchange): Pick<LiveBookPort, "snapshots">;
}

/** What one topic holds at this moment: live sockets on its own hub, and the gateways that carry the stream. */
export interface TopicStats {
  readonly connections: number;
  readonly gateways: number;
  readonly applied: ExchangeSwitch | null;
  readonly failures: readonly NeighbourFailure[];
}

/** How soon the alarm looks whether a publish reached every gateway. */
const RESEND_MS = 2_000;

/** A store or a book that is silent for longer is out of reach; the alarm asks again. */
const PATIENCE_MS = 10_000;

/** One for each stream, named by it; the one place that numbers its messages. */
export class TopicStream extends SocketObject {
  readonly #ports: TopicPorts;
  readonly #topic: string;
  readonly #log: FailureLog;
  readonly #stream: TopicLog;
  readonly #fanOut: FanOut;
  protected readonly hub: SocketHub;
  readonly #alarm: AlarmClock;
  /** The store is asked one time after the other, so that no answer comes after that to a later question. */
  readonly #turns = new Turns();
  #isFollowing = false;

  constructor(ctx: DurableObjectState, env: unknown, ports: TopicPorts) {
    super(ctx, env);
    checkContract(ctx.storage.sql, "Topic");
    const { name } = ctx.id;
    assert(name !== undefined, "A topic has no name");
    this.#ports = ports;
    this.#topic = name;
    this.#log = new FailureLog(ctx.storage.sql, ports.log, () => ports.clock.now());
    this.#alarm = new AlarmClock(ctx.storage, () => ports.clock.now(), this.#log);
    this.#stream = new TopicLog(ctx.storage.sql, name, () => crypto.randomUUID());
    this.#fanOut = new FanOut(ctx.storage.sql, {
      topic: name,
      log: this.#log,
      gateway: (gateway) => ports.gateway(gateway),
      position: () => this.#stream.position(),
      start: (since) => this.#stream.start(since),
      exchange: () => this.#stream.applied()?.exchange,
    });
    this.hub = new SocketHub(ctx, {
      ...(ports.readers && { readers: ports.readers }),
      log: this.#log,
      now: () => ports.clock.now(),
      find: (text) => this.#find(text),
      ask: (asks) => this.#answer(asks),
      left: () => undefined,
      watch: (at) => inBackground(ctx, this.#log, "alarm_not_set", this.#alarm.set(at)),
    });
    this.#followSoon();
    if (this.#fanOut.retryIn() !== null || this.hub.hasUnsettled) {
      // The platform may have given the alarm of an earlier life up (TP14).
      inBackground(ctx, this.#log, "alarm_not_set", this.#alarm.set(ports.clock.now() + LOOK_AGAIN_MS));
    }
  }

  /**
   * The message is durable when this resolves. One that was published before keeps its place. `null`: the stream has begun anew
   * for a later switch than the message is of, with a state that has it already (TP11). Rejects when the stream stands on an earlier
   * switch and the later one cannot be applied.
   */
  async publish(message: TopicMessage): Promise<Position | null> {
    const bytes = new TextEncoder().encode(message.body).length;
    assert(bytes <= MAX_MESSAGE_BYTES, `A message of ${this.#topic} had ${bytes} bytes`);
    if (!this.#stream.takes(message)) {
      await this.followSwitch();
    }
    const appended = this.ctx.storage.transactionSync(() => {
      const placed = this.#stream.append(message);
      if (placed?.isNew) {
        this.#alarm.setSoon(this.#ports.clock.now() + RESEND_MS);
      }
      return placed;
    });
    if (appended?.isNew) {
      this.#sendToAll(appended.fragment);
    }
    return appended && { epoch: appended.fragment.epoch, seq: appended.fragment.seq };
  }

  /** Applies the switch that the store records, when the stream stands on another. Rejects when the store or the book is out of reach. */
  async followSwitch(): Promise<void> {
    await this.#turns.take(async () => this.#follow());
  }

  /**
   * Begins the epoch of a switch, to another exchange or to the same one anew. Its state is `snapshotBody`, a message without its place and
   * with every row; `null`: nothing is known. Every socket gets `reset` and that state.
   */
  beginSwitch(to: ExchangeSwitch, snapshotBody: string | null): Position {
    const at = this.ctx.storage.transactionSync(() => {
      const begun = this.#stream.begin(to, snapshotBody);
      // Last, because an alarm that is rolled back with the rest would be taken for set.
      this.#alarm.setSoon(this.#ports.clock.now() + RESEND_MS);
      return begun;
    });
    this.#sendToAll({ ...at, topic: this.#topic, text: encodeReset(this.#topic, at) });
    return at;
  }

  /** Registers a gateway for everything after the returned start. */
  subscribe(gateway: string, since: Position | null): StreamStart {
    return this.ctx.storage.transactionSync(() => {
      const start = this.#stream.start(since);
      this.#fanOut.register(gateway, start);
      const exchange = this.#stream.applied()?.exchange;
      return exchange === undefined ? start : { ...start, exchange };
    });
  }

  stats(): TopicStats {
    return {
      connections: this.hub.size,
      gateways: this.#fanOut.gateways().length,
      applied: this.#stream.applied(),
      failures: this.#log.failures(),
    };
  }

  /** Upgrades only. */
  override async fetch(request: Request): Promise<Response> {
    const early = await waitForTurn(request, this.hub);
    if (early) {
      return early;
    }
    const recorded = await this.#ports.settings.lastSwitch();
    if (!this.#stream.isOn(recorded)) {
      this.#followSoon();
    }
    // Counted after the last await, because a storm would pass a count that was taken before.
    const refusal = refuseUnlessUpgrade(request, this.hub.size);
    if (refusal) {
      return refusal;
    }
    return admit(request, this.hub, {
      build: this.#ports.build,
      exchange: recorded.exchange,
      topics: [this.#topic],
    });
  }

  /** Sends again what a gateway has not acknowledged, looks after sockets that are not settled, and asks for the recorded switch. */
  override async alarm(): Promise<void> {
    await this.#alarm.ring(async () => this.#ring());
  }

  async #ring(): Promise<void> {
    const isUnsettled = this.hub.look();
    this.#followSoon();
    await this.#fanOut.run();
    const retry = this.#fanOut.retryIn();
    if (retry !== null || isUnsettled) {
      await this.#alarm.set(
        this.#ports.clock.now() + Math.min(retry ?? Infinity, isUnsettled ? LOOK_AGAIN_MS : Infinity),
      );
    }
  }

  async #follow(): Promise<void> {
    const recorded = await within(PATIENCE_MS, "D1", this.#ports.settings.lastSwitch());
    if (this.#stream.isOn(recorded)) {
      return;
    }
    const before = this.#stream.position()?.epoch;
    // Read after the switch was recorded, so it has every message that was handed over under an earlier one.
    const book = this.#ports.book(recorded.exchange);
    const snapshots = await within(PATIENCE_MS, "MarketBook", book.snapshots());
    if (this.#stream.position()?.epoch === before) {
      this.beginSwitch(recorded, snapshots.find(({ topic }) => topic === this.#topic)?.body ?? null);
    } else {
      // The first message of a new stream came meanwhile, and named an exchange.
      await this.#follow();
    }
  }

  /** Keeps nobody waiting; after a failure the alarm does it. */
  #followSoon(): void {
    if (!this.#isFollowing) {
      this.#isFollowing = true;
      inBackground(this.ctx, this.#log, "alarm_not_set", this.#followOrLater());
    }
  }

  async #followOrLater(): Promise<void> {
    try {
      await this.followSwitch();
    } catch (error) {
      logFailure(this.#log, "switch_not_followed", error, { topic: this.#topic });
      await this.#alarm.set(this.#ports.clock.now() + LOOK_AGAIN_MS);
    } finally {
      this.#isFollowing = false;
    }
  }

  /** Sends to the own sockets at once, and to the gateways in the background, because none of them may keep a publisher waiting. */
  #sendToAll(fragment: Fragment): void {
    this.hub.readers.standOn(this.#stream.applied()?.exchange);
    this.hub.deliver([fragment]);
    inBackground(this.ctx, this.#log, "fan_out_failed", this.#fanOut.run());
  }

  #find(text: string): ReturnType<SessionRules["find"]> {
    if (text === this.#topic) {
      return { topic: text, isStream: true };
    }
    return parseTopic(text) === null ? "unknown_topic" : "other_door";
  }

  #answer(asks: readonly HubRequest[]): void {
    this.hub.readers.standOn(this.#stream.applied()?.exchange);
    for (const { session, ask, since } of asks) {
      const answer = { ask, ...this.#stream.start(since) };
      this.hub.resolve(session, { kind: "answered", at: this.#ports.clock.now(), answers: [answer] });
    }
  }
}
