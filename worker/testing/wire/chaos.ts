/** The faults of a simulated world, and what goes on meanwhile: one act after the other, drawn by seeded chance. */
import { PlainReader } from "./plain-reader.ts";
import type { CallFaults } from "./world/network.ts";
import { GATE, SIGNALS } from "./world/simulated-market.ts";
import { SimulatedPage } from "./world/simulated-page.ts";
import type { World } from "./world/world.ts";

export const TICKERS = ["005930", "000660", "D00001"] as const;
/** Well formed, and in no book: what a page wants of it is refused. */
const INVENTED = "D99999";
const MAX_PAGES = 3;

/** Probability that a message races with a subscription. */
const RACE = 0.4;

/** In milliseconds. */
const MAX_BLIND_MS = 40_000;
/** As far as a reader sets a clock at once, forward or back. */
const MAX_SET_MS = 12 * 3_600_000;

/** A page that begins anew is subscribed again after about this time, in milliseconds. */
const RESTART_MS = 100;

/** How many messages come at once: about the 256 of the ring, where a resume turns into a snapshot. */
const MAX_BURSTS = 2;
const BURST: readonly [from: number, count: number] = [252, 10];

function often(times: number, act: () => void): readonly (() => void)[] {
  return Array.from({ length: times }, () => act);
}

export class Chaos {
  readonly pages: SimulatedPage[] = [];
  readonly plain: PlainReader[] = [];
  readonly #world: World;
  readonly #random: () => number;
  readonly #acts: readonly (() => void)[];
  #bursts = 0;

  /** `isHeavy`: with bursts beyond the ring, which cost processor time. `isSwitching`: the exchange is switched all the time. */
  constructor(world: World, isHeavy: boolean, isSwitching: boolean) {
    this.#world = world;
    this.#random = world.platform.random;
    this.#acts = this.#table(isHeavy, isSwitching);
    TICKERS.forEach((ticker) => world.objects.listed.add(ticker));
    world.objects.onSubscribe = (topic) => {
      if (this.#random() < RACE) {
        world.platform.timeline.after(0, () => this.publish(topic));
      }
    };
  }

  faults(): CallFaults {
    const one = (most: number): number => (this.#random() < 0.5 ? 0 : this.#random() * most);
    return {
      lost: one(0.2),
      answerLost: one(0.2),
      silent: one(0.05),
      double: one(0.3),
      slow: one(0.1),
      slowAnswer: one(0.3),
      deadly: one(0.03),
    };
  }

  begin(): void {
    const pages = 1 + this.#below(2);
    for (let k = 0; k < pages; k++) {
      this.#join();
    }
    if (this.#random() < 0.4) {
      this.plain.push(new PlainReader(this.#random() < 0.5 ? SIGNALS : GATE, this.#world));
    }
  }

  act(): void {
    this.#pick(this.#acts)?.();
    if (this.#world.objects.crowd !== null || this.#world.objects.weight > 0) {
      this.tick();
    }
  }

  /** Every page is shown, online and going on. */
  heal(): void {
    this.#world.objects.onSubscribe = () => undefined;
    for (const { live } of this.pages) {
      live.resume();
      live.wake("online");
      live.wake("shown");
    }
  }

  /** The line of every page dies unnoticed, and its machine's clock is set. Returns which pages do not know it yet. */
  darken(): () => readonly SimulatedPage[] {
    const open = this.pages.filter(({ live }) => live.snapshot().connection.phase.name === "open");
    const sockets = open.map((page) => {
      page.socket?.line?.cut(null, MAX_BLIND_MS);
      this.#setClock(page);
      return page.live.snapshot().connection.socket;
    });
    return () =>
      open.filter(({ live }, i) => {
        const { phase, socket } = live.snapshot().connection;
        return phase.name === "open" && socket === sockets[i];
      });
  }

  tick(): void {
    this.#world.objects.prices.set(this.#pick(TICKERS) ?? "", 1 + this.#below(1_000));
    this.tickFeed();
  }

  /** One more message of everything, so that no reader can stand still unnoticed. */
  finish(): void {
    this.publish(SIGNALS);
    this.publish(GATE);
    for (const ticker of TICKERS) {
      this.#world.objects.prices.set(ticker, 2_000 + this.#below(1_000));
    }
  }

  publish(stream: string): void {
    const market = this.#world.markets[this.#world.exchange];
    this.#world.publisher.add(stream === SIGNALS ? market.moveSignals() : market.moveGate());
  }

  /** The feed looks at its market. */
  tickFeed(): void {
    const { network, exchange } = this.#world;
    network.call("tick", this.#world.objects.feed(exchange), (feed) => feed.tick()).catch(() => undefined);
  }

  #table(isHeavy: boolean, isSwitching: boolean): readonly (() => void)[] {
    return [
      ...often(8, () => this.publish(SIGNALS)),
      ...often(3, () => this.publish(GATE)),
      ...often(5, () => this.tick()),
      ...often(3, () => this.#cut()),
      ...often(1, () => this.#stall()),
      ...often(6, () => this.#pick(this.#world.objects.all())?.hibernate()),
      ...often(1, () => this.#pick(this.#world.objects.all())?.crash()),
      ...often(1, () => this.#blind()),
      ...often(1, () => this.#pick(this.pages)?.reload()),
      ...often(1, () => this.#restart()),
      ...often(2, () => this.#change()),
      ...often(2, () => this.#flicker()),
      ...often(1, () => this.#pause()),
      ...often(1, () => this.#setClock(this.#pick(this.pages))),
      ...often(1, () => this.#join()),
      ...often(1, () => this.#rare()),
      ...(isHeavy ? often(2, () => this.#burst()) : []),
      ...(isSwitching ? often(12, () => this.#switch()) : []),
    ];
  }

  #rare(): void {
    const dice = this.#below(6);
    if (dice < 2) {
      this.#world.objects.deploy();
    } else if (dice < 4) {
      this.#switch();
    } else if (dice === 4) {
      this.#wipe();
    }
  }

  /** There, and sometimes back before it is through. */
  #switch(): void {
    const [here, there] =
      this.#world.exchange === "KRX" ? (["KRX", "DEMO"] as const) : (["DEMO", "KRX"] as const);
    this.#world.switchTo(there);
    if (this.#random() < 0.4) {
      this.#world.platform.timeline.after(this.#random() * 300, () => {
        this.#world.switchTo(here);
      });
    }
  }

  /** The store of a stream is lost; with a new store comes a deploy. */
  #wipe(): void {
    const topic = this.#pick([...this.#world.objects.topics.values()]);
    if (topic) {
      this.#world.objects.deploy();
      topic.storage.wipe();
      this.#world.oracle.forget(topic.name);
    }
  }

  /** Every page begins anew while a message comes: it may reach a gateway that wants the stream no more, and soon does again. */
  #restart(): void {
    this.pages.forEach((page) => {
      page.reload();
    });
    const stream = this.#random() < 0.5 ? SIGNALS : GATE;
    this.#world.platform.timeline.after(this.#random() * RESTART_MS, () => this.publish(stream));
  }

  #cut(): void {
    const socket = this.#pick([...this.pages, ...this.plain])?.socket;
    const soon = this.#random() < 0.8 ? this.#random() * 2_000 : null;
    socket?.line?.cut(soon, this.#random() < 0.7 ? this.#random() * 60_000 : null);
    if (soon === null && socket) {
      // A program without our client notices the end by itself too, a little later.
      this.#world.platform.timeline.after(MAX_BLIND_MS, () => socket.ended(1006, ""));
    }
  }

  #stall(): void {
    this.#pick(this.pages)?.socket?.line?.stall(this.#random() * 20_000);
  }

  #blind(): void {
    const page = this.#pick(this.pages);
    const [away, back] =
      this.#random() < 0.5 ? (["hidden", "shown"] as const) : (["offline", "online"] as const);
    page?.live.wake(away);
    this.#world.platform.timeline.after(this.#random() * MAX_BLIND_MS, () => page?.live.wake(back));
  }

  /** Leaves a topic and comes back at once: a snapshot is asked for while an answer, perhaps a late one, is on its way. */
  #flicker(): void {
    const page = this.#pick(this.pages);
    const topic = this.#random() < 0.5 ? SIGNALS : GATE;
    if (page?.streams.has(topic)) {
      page.leave(topic);
      page.listenToStream(topic);
      // One way, the server answers a second request too; both ways, the second cancels the first.
      const isOneWay = this.#random() < 0.7;
      this.#world.platform.timeline.after(this.#random() * (isOneWay ? 100 : 500), () => {
        page.socket?.line?.stall(9_000 + this.#random() * 4_000, isOneWay);
      });
    }
  }

  #pause(): void {
    const page = this.#pick(this.pages);
    page?.live.pause();
    this.#world.platform.timeline.after(this.#random() * 10_000, () => page?.live.resume());
  }

  #setClock(page: SimulatedPage | undefined): void {
    page?.setClock((2 * this.#random() - 1) * MAX_SET_MS);
  }

  #change(): void {
    const page = this.#pick(this.pages);
    const topic = this.#pick([SIGNALS, GATE, ...[...TICKERS, INVENTED].map((ticker) => `price:${ticker}`)]);
    if (page === undefined || topic === undefined) {
      return;
    }
    if (page.streams.has(topic) || page.values.has(topic)) {
      page.leave(topic);
    } else if (topic.startsWith("price:")) {
      page.listenToValue(topic);
    } else {
      page.listenToStream(topic);
    }
  }

  #join(): void {
    if (this.pages.length >= MAX_PAGES) {
      return;
    }
    const page = new SimulatedPage(`page ${this.pages.length}`, this.#world);
    this.pages.push(page);
    page.listenToStream(SIGNALS);
    page.listenToStream(GATE);
    for (const ticker of TICKERS) {
      if (this.#random() < 0.6) {
        page.listenToValue(`price:${ticker}`);
      }
    }
  }

  #burst(): void {
    if (this.#bursts >= MAX_BURSTS) {
      return;
    }
    this.#bursts += 1;
    const [from, count] = BURST;
    const stream = this.#random() < 0.5 ? SIGNALS : GATE;
    this.#cut();
    const messages = from + this.#below(count);
    for (let k = 0; k < messages; k++) {
      this.publish(stream);
    }
  }

  #below(end: number): number {
    return Math.floor(this.#random() * end);
  }

  #pick<T>(list: readonly T[]): T | undefined {
    return list[this.#below(list.length)];
  }
}
