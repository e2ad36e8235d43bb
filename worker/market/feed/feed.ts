/**
 * MarketFeed's behaviour without its shell: the one producer of an exchange's latest values, and the clock of a market
 * that moves by itself. An exchange without a live market has a feed too: its state is `none`, its indices are closes.
 */
import { DurableObject } from "cloudflare:workers";
import type {
  BookListener,
  BookNews,
  FeedCommand,
  FeedStatus,
  Fragment,
  LatestQuotes,
  OwnedFeedPort,
  QuotingFeed,
} from "../../app/ports/live.ts";
import { assert } from "../../core/assert.ts";
import type { IndexCode } from "../../core/scan/gate.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { Announcer } from "./latest-value-publisher.ts";
import { type ScanNews, type View } from "../market-view.ts";
import { ClosesView } from "./closing-view.ts";
import { Deliveries } from "./gateway-deliveries.ts";
import { NO_QUOTES, quotesOf } from "./latest-quotes.ts";
import { MovingMarket } from "../simulated/simulated-session.ts";
import { WantedTopics } from "./wanted-topics.ts";
import type { FeedPorts } from "../feed-ports.ts";

/** Ticks while somebody watches, and the longest sleep while nobody does. */
const TICK_MS = 250;
const IDLE_MS = 30_000;
/** After a beat that failed. */
const RETRY_MS = 5_000;

export class Feed extends DurableObject<unknown> implements OwnedFeedPort, QuotingFeed, BookListener {
  readonly #ports: FeedPorts;
  readonly #wanted: WantedTopics;
  #said = new Announcer(crypto.randomUUID());
  /** The last word of the book on its scans; `null` before the first. */
  #scan: ScanNews | null = null;
  readonly #moving: MovingMarket;
  readonly #closes: ClosesView;
  readonly #deliveries: Deliveries;
  /** Beats and the owner's commands come one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(ctx: DurableObjectState, env: unknown, ports: FeedPorts) {
    super(ctx, env);
    this.#ports = ports;
    this.#wanted = new WantedTopics(ctx.storage.sql);
    this.#deliveries = new Deliveries({
      wanted: this.#wanted,
      gateway: (name) => ports.gateway(name),
      current: (topic) => this.#said.current(topic),
    });
    this.#moving = new MovingMarket(() => this.#exchange, ctx.storage, ports);
    this.#closes = new ClosesView(
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
    // Who looks first makes the feed look: the others that want the same hear of it too.
    this.#deliveries.send(this.#say(topics, await this.#view()), gateway);
    return topics.flatMap((topic) => this.#said.current(topic) ?? []);
  }

  async status(): Promise<FeedStatus> {
    await this.wake();
    return (await this.#view()).status;
  }

  async latest(tickers: readonly string[], codes: readonly IndexCode[]): Promise<LatestQuotes> {
    if (!(await this.#isMoving())) {
      return NO_QUOTES;
    }
    await this.#keepBeating();
    // With listeners it says what they have heard; without, beats are too far apart to show a moving price.
    const isWatched = this.#wanted.gateways().size > 0;
    const view = isWatched ? this.#moving.view() : this.#moving.ahead();
    return view === null ? NO_QUOTES : quotesOf(view, tickers, codes);
  }

  /** Sees to it that a market that should move does, and at once when somebody watches or it is not ready. */
  async wake(): Promise<void> {
    if (await this.#isMoving()) {
      await this.#keepBeating();
    }
  }

  /** Resolves when the command has been carried out, its scan included. */
  async command(command: FeedCommand): Promise<FeedStatus> {
    await this.#inTurn(async () => {
      await this.#moving.command(command);
      await this.#announce();
    });
    await this.#rest(this.#restMs());
    return (await this.#view()).status;
  }

  async hear(news: BookNews): Promise<void> {
    if (news.kind === "scan") {
      this.#scan = news;
    }
    // A market that moves tells its indices itself.
    const isMine = (topic: string): boolean =>
      news.kind === "scan" ? topic === "scan" : topic.startsWith("index:") && !this.#moving.exists();
    const topics = Array.from(this.#wanted.all()).filter(isMine);
    if (topics.length > 0 && (await this.#ports.settings.activeExchange()) === this.#exchange) {
      this.#deliveries.send(this.#say(topics, await this.#view()));
    }
  }

  beginEpoch(): Promise<void> {
    this.#said = new Announcer(crypto.randomUUID());
    return Promise.resolve();
  }

  override async alarm(): Promise<void> {
    if (!(await this.#isMoving())) {
      return;
    }
    let rest = RETRY_MS;
    try {
      await this.#inTurn(async () => {
        await this.#moving.beat();
        await this.#announce();
      });
      rest = this.#restMs();
    } finally {
      // Also after a failure: the platform gives up after some tries, the market must not.
      await this.#rest(rest);
    }
  }

  async #keepBeating(): Promise<void> {
    const now = this.#ports.clock.now();
    const alarm = await this.ctx.storage.getAlarm();
    const isWatched = this.#wanted.gateways().size > 0;
    if (alarm === null || (alarm > now + TICK_MS && (isWatched || !this.#moving.isReady()))) {
      await this.ctx.storage.setAlarm(now);
    }
  }

  #restMs(): number {
    const rest = this.#wanted.gateways().size > 0 ? TICK_MS : IDLE_MS;
    return Math.min(rest, this.#moving.untilTurn() ?? rest);
  }

  async #rest(ms: number): Promise<void> {
    const next = this.#ports.clock.now() + ms;
    this.#moving.plan(next);
    await this.ctx.storage.setAlarm(next);
  }

  get #exchange(): Exchange {
    const { name } = this.ctx.id;
    assert(name === "KRX" || name === "DEMO", `A feed was named ${name}`);
    return name;
  }

  /** Only the active exchange moves. */
  async #isMoving(): Promise<boolean> {
    return this.#moving.exists() && (await this.#ports.settings.activeExchange()) === this.#exchange;
  }

  async #view(): Promise<View> {
    return this.#moving.view() ?? (await this.#closes.view());
  }

  /** Nothing is said of a market that another one took over from during the beat. */
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
    const mine = this.#turn.then(act);
    // A beat that failed must not stop the next one.
    this.#turn = mine.catch(() => undefined);
    await mine;
  }
}
