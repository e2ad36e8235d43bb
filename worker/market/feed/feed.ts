/**
 * MarketFeed's behaviour without its shell: the one producer of an exchange's latest values, and the clock of a market
 * that moves by itself. An exchange without a live market has a feed too: its state is `none`, its indices are closes.
 */
import { DurableObject } from "cloudflare:workers";
import { logFailure } from "../../app/log-failure.ts";
import type { NeighbourFailure } from "../../app/ports/failures.ts";
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
import { assert } from "../../core/assert.ts";
import { parseExchange } from "../../core/instrument/exchange-profile.ts";
import type { Exchange, IndexCode } from "../../core/instrument/instrument.ts";
import { FailureLog } from "../../platform/failure-log.ts";
import { LatestValuePublisher } from "./latest-value-publisher.ts";
import { type ScanEvent, type View } from "../market-view.ts";
import { ClosingView } from "./closing-view.ts";
import { GatewayDeliveries } from "./gateway-deliveries.ts";
import { NO_QUOTES, quotesOf } from "./latest-quotes.ts";
import { SimulatedSession } from "../simulated/simulated-session.ts";
import { WantedTopics } from "./wanted-topics.ts";
import type { FeedPorts } from "../feed-ports.ts";

/** Ticks while somebody watches, and the longest sleep while nobody does. */
const TICK_MS = 250;
const IDLE_MS = 30_000;
/** After a step that failed. */
const RETRY_MS = 5_000;

export class Feed extends DurableObject<unknown> implements OwnedFeedPort, QuotingFeed, BookListener {
  readonly #ports: FeedPorts;
  readonly #log: FailureLog;
  readonly #wanted: WantedTopics;
  #said = new LatestValuePublisher(crypto.randomUUID());
  /** The last word of the book on its scans; `null` before the first. */
  #scan: ScanEvent | null = null;
  readonly #simulated: SimulatedSession;
  readonly #closes: ClosingView;
  readonly #deliveries: GatewayDeliveries;
  /** Beats and the owner's commands come one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(ctx: DurableObjectState, env: unknown, ports: FeedPorts) {
    super(ctx, env);
    const log = new FailureLog(ctx.storage.sql, ports.log, () => ports.clock.now());
    this.#ports = ports;
    this.#log = log;
    this.#wanted = new WantedTopics(ctx.storage);
    this.#deliveries = new GatewayDeliveries({
      wanted: this.#wanted,
      log,
      gateway: (name) => ports.gateway(name),
      current: (topic) => this.#said.current(topic),
    });
    this.#simulated = new SimulatedSession(() => this.#exchange, ctx.storage, { ...ports, log });
    this.#closes = new ClosingView(
      () => this.#exchange,
      () => ports.book(this.#exchange),
      ports.clock,
    );
  }

  async want(
    gateway: string,
    topics: readonly string[],
    at: number = this.#wanted.after(gateway),
  ): Promise<readonly Fragment[]> {
    if (!this.#wanted.set(gateway, topics, at)) {
      // Nobody reads this answer: nothing may count as said by it.
      return [];
    }
    this.#said.keep(this.#wanted.all());
    await this.wake();
    // Who looks first makes the feed look: the others that want the same onBookEvent of it too.
    this.#deliveries.send(this.#say(topics, await this.#view()), gateway);
    return topics.flatMap((topic) => this.#said.current(topic) ?? []);
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
    // With listeners it says what they have heard; without, steps are too far apart to show a moving price.
    const isWatched = this.#wanted.gateways().size > 0;
    const view = isWatched ? this.#simulated.view() : this.#simulated.ahead();
    return view === null ? NO_QUOTES : quotesOf(view, tickers, codes);
  }

  /** Sees to it that a market that should move does, and at once when somebody watches or it is not ready. */
  async wake(): Promise<void> {
    if (await this.#isMoving()) {
      await this.#keepStepping();
    }
  }

  /** Resolves when the command has been carried out, its scan included. */
  async command(command: FeedCommand): Promise<FeedStatus> {
    await this.#inTurn(async () => {
      await this.#simulated.command(command);
      await this.#announce();
    });
    await this.#rest(this.#restMs());
    return (await this.#view()).status;
  }

  async onBookEvent(news: BookEvent): Promise<void> {
    if (news.kind === "scan") {
      this.#scan = news;
    }
    // A market that moves tells its indices itself.
    const isMine = (topic: string): boolean =>
      news.kind === "scan" ? topic === "scan" : topic.startsWith("index:") && !this.#simulated.exists();
    const topics = Array.from(this.#wanted.all()).filter(isMine);
    if (topics.length > 0 && (await this.#ports.settings.activeExchange()) === this.#exchange) {
      this.#deliveries.send(this.#say(topics, await this.#view()));
    }
  }

  beginEpoch(): Promise<void> {
    this.#said = new LatestValuePublisher(crypto.randomUUID());
    return Promise.resolve();
  }

  override async alarm(): Promise<void> {
    let rest: number | null = RETRY_MS;
    try {
      rest = (await this.#stepIfMoving()) ? this.#restMs() : null;
    } catch (error) {
      logFailure(this.#log, "step_failed", error, { exchange: this.#exchange });
      throw error;
    } finally {
      // Also after a failure: the platform gives up after some tries, the market must not.
      if (rest !== null) {
        await this.#rest(rest);
      }
    }
  }

  /** `false` when nothing moves here. */
  async #stepIfMoving(): Promise<boolean> {
    if (!(await this.#isMoving())) {
      return false;
    }
    await this.#inTurn(async () => {
      await this.#simulated.step();
      await this.#announce();
    });
    return true;
  }

  async #keepStepping(): Promise<void> {
    const now = this.#ports.clock.now();
    const alarm = await this.ctx.storage.getAlarm();
    const isWatched = this.#wanted.gateways().size > 0;
    if (alarm === null || (alarm > now + TICK_MS && (isWatched || !this.#simulated.isReady()))) {
      await this.ctx.storage.setAlarm(now);
    }
  }

  #restMs(): number {
    const rest = this.#wanted.gateways().size > 0 ? TICK_MS : IDLE_MS;
    return Math.min(rest, this.#simulated.untilTurn() ?? rest);
  }

  async #rest(ms: number): Promise<void> {
    const next = this.#ports.clock.now() + ms;
    this.#simulated.plan(next);
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
    return this.#simulated.exists() && (await this.#ports.settings.activeExchange()) === this.#exchange;
  }

  async #view(): Promise<View> {
    return this.#simulated.view() ?? (await this.#closes.view());
  }

  /** Nothing is said of a market that another one took over from during the step. */
  async #announce(): Promise<void> {
    if (await this.#isMoving()) {
      this.#deliveries.send(this.#say(this.#wanted.all(), await this.#view()));
    }
  }

  /** The new messages of those topics that changed. */
  #say(topics: Iterable<string>, view: View): ReadonlyMap<string, Fragment> {
    const changed = new Map<string, Fragment>();
    for (const topic of topics) {
      const fragment = this.#said.say(topic, view, this.#scan);
      if (fragment !== null) {
        changed.set(topic, fragment);
      }
    }
    return changed;
  }

  async #inTurn(act: () => Promise<void>): Promise<void> {
    // Also after a step that failed; its own caller gets the failure.
    this.#turn = this.#turn.then(act, act);
    await this.#turn;
  }
}
