/**
 * The object MarketFeed: the one producer of an exchange's latest values, and the clock of a simulated market. An exchange
 * without a live market has a feed too: its state is `none`, its indices are closes.
 */
import { DurableObject } from "cloudflare:workers";
import { logFailure } from "../../app/ports/log.ts";
import type { NeighbourFailure } from "../../app/ports/neighbour-error.ts";
import type {
  BookListener,
  BookEvent,
  FeedCommand,
  FeedStatus,
  Fragment,
  LatestQuotes,
  OwnedFeedPort,
  QuotingFeed,
} from "../../app/ports/live.ts";
import type { ExchangeSwitch } from "../../app/ports/settings.ts";
import { assert } from "../../core/assert.ts";
import { parseExchange } from "../../core/instrument/exchange-profile.ts";
import type { Exchange, IndexCode } from "../../core/instrument/instrument.ts";
import { checkContract } from "../../platform/contract.ts";
import { inBackground } from "../../platform/in-background.ts";
import { FailureLog } from "../../platform/logs.ts";
import { Turns } from "../../platform/turns.ts";
import { LatestValuePublisher } from "./latest-value-publisher.ts";
import type { MarketDriver } from "../market-driver.ts";
import { ClosingView, type ScanEvent, type View } from "../market-view.ts";
import { FeedSwitch } from "./feed-switch.ts";
import { GatewayDeliveries } from "./gateway-deliveries.ts";
import { NO_QUOTES, quotesOf } from "./feed-messages.ts";
import { makeDriver } from "./make-driver.ts";
import { StaleAlerts } from "./stale-alerts.ts";
import { WantedTopics } from "./wanted-topics.ts";
import type { FeedPorts } from "../feed-ports.ts";

/** Until the step after one that failed. */
const RETRY_MS = 5_000;

/** One for each exchange, named by it. */
export class Feed extends DurableObject<unknown> implements OwnedFeedPort, QuotingFeed, BookListener {
  readonly #ports: FeedPorts;
  readonly #log: FailureLog;
  readonly #stale: StaleAlerts;
  readonly #wanted: WantedTopics;
  #publisher = new LatestValuePublisher(crypto.randomUUID());
  /** The last event of the book about its scans; `null` before the first. */
  #scan: ScanEvent | null = null;
  readonly #driver: MarketDriver;
  readonly #takeMachine: (request: Request) => Response;
  readonly #closes: ClosingView;
  readonly #deliveries: GatewayDeliveries;
  readonly #switch: FeedSwitch;
  /** Steps and the owner's commands come one after the other. */
  readonly #turns = new Turns();
  /** While an alarm rings, the platform knows of none. */
  #hasRung = false;

  constructor(ctx: DurableObjectState, env: unknown, ports: FeedPorts) {
    super(ctx, env);
    checkContract(ctx.storage.sql, "MarketFeed");
    const log = new FailureLog(ctx.storage.sql, ports.log, () => ports.clock.now());
    this.#ports = ports;
    this.#log = log;
    this.#stale = new StaleAlerts({ alerts: ports.alerts, log });
    this.#wanted = new WantedTopics(ctx.storage);
    this.#deliveries = new GatewayDeliveries({
      wanted: this.#wanted,
      log,
      gateway: (name) => ports.gateway(name),
      current: (topic) => this.#publisher.current(topic),
    });
    this.#switch = new FeedSwitch({
      settings: ports.settings,
      exchange: () => this.#exchange,
      begin: () => {
        this.#publisher = new LatestValuePublisher(crypto.randomUUID());
      },
    });
    const made = makeDriver(ctx, {
      ports: { ...ports, log },
      exchange: () => this.#exchange,
      wanted: this.#wanted.all(),
      publish: (topics) => {
        const view = this.#driver.view();
        if (view !== null) {
          this.#deliveries.send(this.#publish(topics, view));
        }
      },
    });
    this.#driver = made.driver;
    this.#takeMachine = made.takeMachine;
    this.#closes = new ClosingView(
      () => this.#exchange,
      () => ports.book(this.#exchange),
      ports.clock,
    );
    inBackground(ctx, log, "alarm_not_set", this.#recall());
  }

  async want(
    gateway: string,
    topics: readonly string[],
    at: number = this.#wanted.after(gateway),
  ): Promise<readonly Fragment[]> {
    if (!this.#wanted.set(gateway, topics, at)) {
      // The gateway reads the answer to its later list: this one must not mark a value as published.
      return [];
    }
    await this.#followOrGoOn();
    this.#publisher.keep(this.#wanted.all());
    await this.wake();
    const view = await this.#view();
    if (!this.#wanted.isLast(gateway, at)) {
      // A later list came meanwhile.
      return [];
    }
    // The view may hold values that changed since the last step: the other gateways that want them get them too.
    this.#deliveries.send(this.#publish(topics, view), gateway);
    return topics.flatMap((topic) => this.#publisher.current(topic) ?? []);
  }

  async tickers(): Promise<readonly string[] | null> {
    if (this.#driver.exists() && !this.#driver.isReady()) {
      return null;
    }
    const tickers = await this.#ports.book(this.#exchange).tickers();
    return tickers.length === 0 ? null : tickers;
  }

  async status(): Promise<FeedStatus> {
    await this.wake();
    return (await this.#view()).status;
  }

  failures(): Promise<readonly NeighbourFailure[]> {
    return Promise.resolve(this.#log.failures());
  }

  async latest(tickers: readonly string[], codes: readonly IndexCode[]): Promise<LatestQuotes> {
    if (!(await this.#isMoving())) {
      return NO_QUOTES;
    }
    await this.#keepStepping();
    // While a gateway wants values the answer equals its messages; otherwise steps are too far apart for a moving price.
    const view = this.#isWatched() ? this.#driver.view() : this.#driver.ahead();
    return view === null ? NO_QUOTES : quotesOf(view, tickers, codes);
  }

  /** Sets the alarm of a market that moves; at once when a gateway wants values or the market is not ready. */
  async wake(): Promise<void> {
    if (await this.#isMoving()) {
      await this.#keepStepping();
    }
  }

  async command(command: FeedCommand): Promise<FeedStatus> {
    await this.#turns.take(async () => {
      await this.#driver.command(command);
      await this.#announce();
    });
    await this.#rest(this.#driver.restMs(this.#isWatched()));
    return (await this.#view()).status;
  }

  async onBookEvent(event: BookEvent): Promise<void> {
    if (event.kind === "scan") {
      this.#scan = event;
    }
    // A market that moves publishes the indices of its session at its own steps.
    const showsCloses =
      event.kind === "closes" && (!this.#driver.exists() || (await this.#driver.onCloses()));
    const isMine = (topic: string): boolean =>
      event.kind === "scan" ? topic === "scan" : topic.startsWith("index:") && showsCloses;
    const topics = Array.from(this.#wanted.all().keys()).filter(isMine);
    if (topics.length > 0 && (await this.#switch.isActive())) {
      this.#deliveries.send(this.#publish(topics, await this.#view()));
    }
  }

  async followSwitch(): Promise<void> {
    if (!(await this.#switch.isActive())) {
      this.#driver.stop();
    }
    await this.wake();
  }

  applied(): Promise<ExchangeSwitch | null> {
    return Promise.resolve(this.#switch.applied);
  }

  /** KW17: of a machine that brings live prices; the route has asked who it is. */
  override fetch(request: Request): Response {
    return this.#takeMachine(request);
  }

  override async alarm(): Promise<void> {
    this.#hasRung = true;
    try {
      if (await this.#stepIfMoving()) {
        await this.#rest(this.#driver.restMs(this.#isWatched()));
      }
    } catch (error) {
      logFailure(this.#log, "step_failed", error, { exchange: this.#exchange });
      // The platform stops repeating an alarm after some tries. Nothing was planned: the time does not pass meanwhile.
      await this.ctx.storage.setAlarm(this.#ports.clock.now() + RETRY_MS);
      throw error;
    }
  }

  /** FD21: sets the alarm that the platform has given up. One of a market that does not move rings once. */
  async #recall(): Promise<void> {
    const isBegun = this.#driver.exists() && this.#driver.isBegun();
    if (isBegun && (await this.ctx.storage.getAlarm()) === null && !this.#hasRung) {
      await this.#rest(RETRY_MS);
    }
  }

  /** `false` when the market of this exchange does not move. */
  async #stepIfMoving(): Promise<boolean> {
    if (!(await this.#isMoving())) {
      this.#driver.stop();
      return false;
    }
    await this.#turns.take(async () => {
      await this.#driver.step();
      await this.#announce();
      const status = this.#driver.view()?.status;
      if (status !== undefined) {
        await this.#stale.state(status, this.#ports.clock.now());
      }
    });
    return true;
  }

  async #keepStepping(): Promise<void> {
    const now = this.#ports.clock.now();
    const alarm = await this.ctx.storage.getAlarm();
    const isEager = this.#isWatched() || !this.#driver.isReady();
    if (alarm === null || (isEager && alarm > now + this.#driver.restMs(true))) {
      await this.ctx.storage.setAlarm(now);
    }
  }

  #isWatched(): boolean {
    return this.#wanted.gateways().size > 0;
  }

  async #rest(ms: number): Promise<void> {
    const next = this.#ports.clock.now() + ms;
    this.#driver.plan(next);
    await this.ctx.storage.setAlarm(next);
  }

  get #exchange(): Exchange {
    const { name } = this.ctx.id;
    const exchange = parseExchange(name);
    assert(exchange !== null, `A feed was named ${name}`);
    return exchange;
  }

  /** Only the active exchange moves. */
  async #isMoving(): Promise<boolean> {
    return this.#driver.exists() && (await this.#switch.isActive());
  }

  /** Values that stand still are shown also while the store is out of reach. */
  async #followOrGoOn(): Promise<void> {
    if (!this.#driver.exists()) {
      await this.#switch.isActive().catch((error: unknown) => {
        logFailure(this.#log, "switch_not_followed", error, { exchange: this.#exchange });
      });
    }
  }

  async #view(): Promise<View> {
    return (this.#driver.exists() ? this.#driver.view() : null) ?? (await this.#closes.view());
  }

  /** Publishes what changed, unless another exchange has become active during the step. */
  async #announce(): Promise<void> {
    if (await this.#isMoving()) {
      this.#deliveries.send(this.#publish(this.#wanted.all().keys(), await this.#view()));
    }
  }

  /** The new messages of those topics that changed. */
  #publish(topics: Iterable<string>, view: View): ReadonlyMap<string, Fragment> {
    const changed = new Map<string, Fragment>();
    for (const topic of topics) {
      const fragment = this.#publisher.publish(topic, view, this.#scan);
      if (fragment !== null) {
        changed.set(topic, fragment);
      }
    }
    return changed;
  }
}
