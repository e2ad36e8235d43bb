/**
 * MarketFeed's behaviour without its shell: the one producer of an exchange's latest values, and the clock of a market
 * that moves by itself. An exchange without a live market has a feed too: its state is `none`, its indices are closes.
 */
import { DurableObject } from "cloudflare:workers";
import type { Clock } from "../app/ports/clock.ts";
import type { InstrumentStore } from "../app/ports/instrument-store.ts";
import type { FeedCommand, OwnedFeedPort, FeedStatus, Fragment, GatewayPort } from "../app/ports/live.ts";
import type { LiveMarket } from "../app/ports/live-market.ts";
import type { LiveBookPort } from "../app/ports/market-book.ts";
import type { Settings } from "../app/ports/settings.ts";
import { assert } from "../core/assert.ts";
import type { Exchange } from "../core/instrument.ts";
import { Announcer, type View } from "./announcer.ts";
import { ClosesView } from "./closes-view.ts";
import { MovingMarket } from "./moving-market.ts";
import type { SessionLengths } from "./session-clock.ts";
import { WantedTopics } from "./wanted-topics.ts";

export interface FeedPorts {
  readonly clock: Clock;
  readonly settings: Pick<Settings, "activeExchange">;
  readonly instruments: Pick<InstrumentStore, "put">;
  readonly lengths: SessionLengths;
  book(exchange: Exchange): LiveBookPort;
  gateway(name: string): GatewayPort;
  /** `null` for an exchange that does not move by itself. Called when it is first needed: making a market costs time. */
  market(exchange: Exchange): LiveMarket | null;
}

/** Ticks while somebody watches, and the longest sleep while nobody does. */
const TICK_MS = 250;
const IDLE_MS = 30_000;
/** A gateway that does not take a delivery in this time gets the next one. */
const DELIVERY_MS = 2_000;

export class Feed extends DurableObject<Env> implements OwnedFeedPort {
  readonly #ports: FeedPorts;
  readonly #wanted: WantedTopics;
  readonly #said: Announcer;
  readonly #moving: MovingMarket;
  readonly #closes: ClosesView;
  /** Beats and the owner's commands come one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(ctx: DurableObjectState, env: Env, ports: FeedPorts) {
    super(ctx, env);
    this.#ports = ports;
    this.#wanted = new WantedTopics(ctx.storage.sql);
    this.#said = new Announcer(crypto.randomUUID());
    this.#moving = new MovingMarket(() => this.#exchange, ctx.storage, ports);
    this.#closes = new ClosesView(
      () => this.#exchange,
      () => ports.book(this.#exchange),
      ports.clock,
    );
  }

  async want(gateway: string, topics: readonly string[]): Promise<readonly Fragment[]> {
    this.#wanted.set(gateway, topics);
    this.#said.keep(this.#wanted.all());
    await this.wake();
    const view = await this.#view();
    return topics.flatMap((topic) => this.#said.say(topic, view) ?? this.#said.current(topic) ?? []);
  }

  async status(): Promise<FeedStatus> {
    await this.wake();
    return (await this.#view()).status;
  }

  /** Sees to it that a market that should move does; a sleep planned while nobody watched ends when somebody does. */
  async wake(): Promise<void> {
    if (!(await this.#isMoving())) {
      return;
    }
    const now = this.#ports.clock.now();
    const rest = this.#wanted.gateways().size > 0 ? TICK_MS : IDLE_MS;
    const planned = await this.ctx.storage.getAlarm();
    if (planned === null || planned > now + rest) {
      await this.ctx.storage.setAlarm(now);
    }
  }

  /** Resolves when the command has been carried out, its scan included. */
  async command(command: FeedCommand): Promise<FeedStatus> {
    await this.#inTurn(async () => {
      await this.#moving.command(command);
      await this.#announce();
    });
    await this.wake();
    return (await this.#view()).status;
  }

  override async alarm(): Promise<void> {
    if (!(await this.#isMoving())) {
      return;
    }
    await this.#inTurn(async () => {
      await this.#moving.beat();
      await this.#announce();
    });
    const rest = this.#wanted.gateways().size > 0 ? TICK_MS : IDLE_MS;
    const next = this.#ports.clock.now() + Math.min(rest, this.#moving.untilTurn() ?? rest);
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

  /** One delivery a gateway, with what changed of what it wants. */
  async #announce(): Promise<void> {
    const view = await this.#view();
    const changed = new Map<string, Fragment>();
    for (const topic of this.#wanted.all()) {
      const fragment = this.#said.say(topic, view);
      if (fragment !== null) {
        changed.set(topic, fragment);
      }
    }
    await Promise.all(
      [...this.#wanted.gateways()].map(async ([gateway, topics]) =>
        this.#deliver(
          gateway,
          [...topics].flatMap((topic) => changed.get(topic) ?? []),
        ),
      ),
    );
  }

  async #deliver(gateway: string, fragments: readonly Fragment[]): Promise<void> {
    if (fragments.length === 0) {
      return;
    }
    const late = new Promise<true>((resolve) => setTimeout(resolve, DELIVERY_MS, true));
    const taken = this.#ports
      .gateway(gateway)
      .deliver({ fragments })
      .catch(() => true);
    if (!(await Promise.race([taken, late]))) {
      this.#wanted.set(gateway, []);
    }
  }

  async #inTurn(act: () => Promise<void>): Promise<void> {
    const mine = this.#turn.then(act);
    // A beat that failed must not stop the next one.
    this.#turn = mine.catch(() => undefined);
    await mine;
  }
}
