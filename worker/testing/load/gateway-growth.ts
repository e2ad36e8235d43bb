/**
 * What one client costs a gateway, by the number of its sockets: the shipped gateway in the simulated world, each socket with
 * 512 topics of its own, and each thing that a client can do or cause as elements touched a socket.
 */
import { assert } from "../../core/assert.ts";
import type { SocketGateway } from "../../live/gateway/gateway.ts";
import { MAX_TOPICS_A_MESSAGE, MAX_TOPICS_A_SOCKET } from "../../protocol/messages/client-message.ts";
import { makeRandom } from "../chance/random.ts";
import { SimulatedResponse } from "../wire/world/platform.ts";
import type { SimulatedObject } from "../wire/world/simulated-object.ts";
import type { ServerEnd } from "../wire/world/socket-line.ts";
import { upgradeTo } from "../wire/world/stand-in.ts";
import { World } from "../wire/world/world.ts";
import { countOperations } from "./count-operations.ts";
import { priceTopics } from "./rate.ts";

export const OPERATIONS = ["join", "subscribe", "deliver", "unsubscribe", "resubscribe", "close"] as const;
export type Operation = (typeof OPERATIONS)[number];

/** Of each operation, the elements that it touches, a socket. */
export type GatewayCosts = Readonly<Record<Operation, number>>;

/** Longer than the calls that an operation makes in the background. */
const SETTLE_MS = 5_000;

/** Each operation once for every socket, one operation after the other; all sockets act at the same moment. */
export async function gatewayCosts(sockets: number): Promise<GatewayCosts> {
  const world = new World(makeRandom(1), 0.01);
  const giveBack = world.platform.install();
  try {
    const topics = priceTopics(sockets * MAX_TOPICS_A_SOCKET);
    setPrices(world, topics, 1);
    world.store.recorded = { exchange: "DEMO", generation: 0 };
    // The checks of the world are not what is measured.
    world.platform.onLine = () => undefined;
    return await new Measure(world, sockets, topics).run();
  } finally {
    giveBack();
  }
}

function setPrices(world: World, topics: readonly string[], price: number): void {
  for (const topic of topics) {
    const ticker = topic.slice("price:".length);
    world.objects.prices.set(ticker, price);
    world.objects.listed.add(ticker);
  }
}

class Measure {
  readonly #world: World;
  readonly #sockets: number;
  readonly #topics: readonly string[];
  readonly #gateway: SimulatedObject<SocketGateway>;
  readonly #ends: ServerEnd[] = [];

  constructor(world: World, sockets: number, topics: readonly string[]) {
    this.#world = world;
    this.#sockets = sockets;
    this.#topics = topics;
    this.#gateway = world.objects.gateway("apac-ne/0");
  }

  async run(): Promise<GatewayCosts> {
    const join = await this.#cost(() => {
      for (let n = 0; n < this.#sockets; n++) {
        // Each from an address of its own, so that none meets the bounds of one address.
        void this.#join(`192.0.2.${n}`);
      }
    });
    assert(this.#ends.length === this.#sockets, "Every socket was taken in");
    const subscribe = await this.#cost(() => this.#sendEach("subscribe"));
    setPrices(this.#world, this.#topics, 2);
    const deliver = await this.#cost(() => {
      void this.#world.objects.feed("DEMO").answer((feed) => feed.tick());
    });
    const unsubscribe = await this.#cost(() => this.#sendEach("unsubscribe"));
    const resubscribe = await this.#cost(() => this.#sendEach("subscribe"));
    const close = await this.#cost(() => {
      this.#ends.forEach((end) => this.#gateway.lost(end));
    });
    return { join, subscribe, deliver, unsubscribe, resubscribe, close };
  }

  async #cost(act: () => void): Promise<number> {
    const { platform } = this.#world;
    const operations = await countOperations(async () => {
      act();
      // What the act began goes on as the gateway's, before another object has its turn.
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      platform.current = null;
      await this.#world.runUntil(platform.timeline.now + SETTLE_MS);
    });
    // Each has read what it was sent, so that none is held back in the next measurement.
    this.#ends.forEach((end) => {
      this.#gateway.received(end, JSON.stringify({ type: "ack", bytes: Number.MAX_SAFE_INTEGER }));
    });
    platform.current = null;
    assert(this.#world.problems.length === 0, this.#world.problems.join());
    return operations / this.#sockets;
  }

  async #join(address: string): Promise<void> {
    const answer: unknown = await this.#gateway.answer(async (gateway) =>
      gateway.fetch(upgradeTo("http://radar.example/ws", address)),
    );
    assert(answer instanceof SimulatedResponse && answer.webSocket !== null, "A socket was taken in");
    this.#ends.push(answer.webSocket.line.server);
  }

  #sendEach(type: "subscribe" | "unsubscribe"): void {
    this.#ends.forEach((end, n) => {
      const own = this.#topics.slice(n * MAX_TOPICS_A_SOCKET, (n + 1) * MAX_TOPICS_A_SOCKET);
      for (let from = 0; from < own.length; from += MAX_TOPICS_A_MESSAGE) {
        const topics = own.slice(from, from + MAX_TOPICS_A_MESSAGE);
        this.#gateway.received(end, JSON.stringify({ type, topics, ack: true }));
      }
    });
  }
}

/** One line an operation: the elements touched a socket, at each number of sockets. */
export async function growthLines(sockets: readonly number[]): Promise<readonly string[]> {
  const costs: GatewayCosts[] = [];
  for (const number of sockets) {
    costs.push(await gatewayCosts(number));
  }
  return OPERATIONS.map((operation) => {
    const each = costs.map((cost, n) => `${Math.round(cost[operation])} with ${sockets[n]}`);
    return `  ${operation}: ${each.join(", ")}`;
  });
}
