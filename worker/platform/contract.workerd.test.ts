/** Worker and objects of two versions: what an object of the other one answers, and what it makes of the other's state. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, it } from "vitest";
import { makeAlertsPort, makeBookPort, makeFeedPort, makeTopicPort } from "../adapters/durable/stubs.ts";
import { asking, versionProblemOf } from "../app/ports/neighbour-error.ts";
import { makeApp } from "../http/app.ts";
import { makeMemoryPorts } from "../testing/memory/memory-ports.ts";
import { ask } from "../testing/stage/ask.ts";
import { freshStores } from "../testing/stage/krx-book.ts";
import { CALLS_OF_BEFORE, GONE } from "../testing/versions/calls-of-before.ts";
import { CONTRACT } from "./contract.ts";

beforeEach(freshStores);

const OBJECTS = {
  MarketBook: () => env.MARKET_BOOK.getByName("KRX"),
  MarketFeed: () => env.MARKET_FEED.getByName("KRX"),
  Topic: () => env.TOPIC.getByName("contract"),
  Gateway: () => env.GATEWAY.getByName("weur/1"),
  Alerts: () => env.ALERTS.getByName("alerts"),
} as const;
type Name = keyof typeof OBJECTS;
const NAMES = ["MarketBook", "MarketFeed", "Topic", "Gateway", "Alerts"] as const;

/** Any call that the object answers from its own storage. */
const CALLS: Readonly<Record<Name, () => Promise<unknown>>> = {
  MarketBook: async () => makeBookPort(env.MARKET_BOOK, "KRX").summary(),
  MarketFeed: async () => makeFeedPort(env.MARKET_FEED, "KRX").failures(),
  Topic: async () => makeTopicPort(env.TOPIC, "contract").subscribe("weur/1", null),
  Gateway: async () => asking("Gateway", "stats", async () => OBJECTS.Gateway().stats()),
  Alerts: async () => makeAlertsPort(env.ALERTS).failures(),
};

/** The object dies and stands on a state of this contract. */
async function rewrite(name: Name, version: number): Promise<void> {
  await runInDurableObject<Rpc.DurableObjectBranded & DurableObject, void>(
    OBJECTS[name](),
    (_, { storage }) => {
      storage.sql.exec("UPDATE contract SET version = ?", version);
    },
  );
  await evictDurableObject(OBJECTS[name]());
}

describe("a state of a newer version", () => {
  it.for(NAMES)(
    "[PF7] is refused by %s, with its name and the remedy, and stays as it is",
    async (name, { expect }) => {
      await CALLS[name]();
      await rewrite(name, CONTRACT + 1);
      await expect(CALLS[name]()).rejects.toMatchObject({ neighbour: name, retryable: true });
      await expect(CALLS[name]()).rejects.toThrow(
        `${name} has a state that another version of the program wrote, a newer one (contract ${CONTRACT + 1}, this is ${CONTRACT}): deploy that version again. Nothing was changed.`,
      );
    },
  );
});

/** A call as a Worker of any version makes it. */
async function call(name: Name, method: string, ...args: readonly unknown[]): Promise<unknown> {
  const stub = OBJECTS[name]();
  return asking(name, method, async () => {
    const made: unknown = Reflect.get(stub, method);
    return typeof made === "function" ? (Reflect.apply(made, stub, args) as unknown) : null;
  });
}

describe("a Worker of the version before", () => {
  it.for(NAMES)("[PF8] is understood in every call: %s", async (name, { expect }) => {
    for (const [method, ...args] of CALLS_OF_BEFORE[name]) {
      const answer = await call(name, method, ...args).then(
        () => "answered",
        (error: unknown) => (error instanceof Error ? `${error.message} ${String(error.cause)}` : ""),
      );
      expect([method, answer]).toEqual([method, "answered"]);
    }
  });

  it("[PF8] has every call in the record that a book, a feed and whoever tells get", ({ expect }) => {
    const recorded = (name: Name): readonly string[] => CALLS_OF_BEFORE[name].map(([method]) => method);
    const book = Object.keys(makeBookPort(env.MARKET_BOOK, "KRX"));
    const feed = Object.keys(makeFeedPort(env.MARKET_FEED, "KRX"));
    expect(book.filter((method) => !recorded("MarketBook").includes(method))).toEqual([]);
    expect(feed.filter((method) => !recorded("MarketFeed").includes(method))).toEqual([]);
    const alerts = Object.keys(makeAlertsPort(env.ALERTS));
    expect(alerts.filter((method) => !recorded("Alerts").includes(method))).toEqual([]);
  });

  it.for(GONE)(
    "[PF8] gets an error of another version for a name that is gone: %s.%s",
    async ([name, method], { expect }) => {
      const error: unknown = await call(name, method).catch((failure: unknown) => failure);
      expect(versionProblemOf(error)).toContain(`without "${method}"`);
    },
  );
});

describe("an object of another version", () => {
  it.for(NAMES)("[PF8] that lacks a method is named, and asked again: %s", async (name, { expect }) => {
    const failing = call(name, "calledByAnotherVersion");
    await expect(failing).rejects.toMatchObject({
      neighbour: name,
      retryable: true,
      message: `${name} runs another version of the program, without "calledByAnotherVersion": a deployment is under way. Ask again in a minute; when it stays so, deploy again.`,
    });
  });

  it("[PF8] is named by the answer and by /api/health", async ({ expect }) => {
    const text = "MarketBook runs another version of the program";
    const away = async (): Promise<never> =>
      asking("MarketBook", "x", () =>
        Promise.reject(new TypeError('The RPC receiver does not implement the method "x".')),
      );
    const memory = makeMemoryPorts();
    const book = (): ReturnType<typeof memory.book> => ({
      ...memory.book("KRX"),
      summary: away,
      marketStatus: away,
      progress: away,
    });
    const app = makeApp({ ...memory, book });
    for (const path of ["/api/health", "/api/kr/scan/status"]) {
      const { status, json } = await ask(app, path);
      expect([status, json]).toMatchObject([503, { neighbour: "MarketBook" }]);
      expect(JSON.stringify(json)).toContain(text);
    }
    expect(versionProblemOf(new Error(text))).toBeNull();
  });
});
