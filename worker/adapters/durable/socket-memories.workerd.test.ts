/** What the objects of the sockets remember, where one of them fails or is silent. */
import { env } from "cloudflare:workers";
import * as v from "valibot";
import { describe, it, vi } from "vitest";
import { HealthBody } from "../../protocol/rest/health.ts";
import { makeApp } from "../../http/app.ts";
import { makeMemoryPorts } from "../../testing/memory/memory-ports.ts";
import { ask } from "../../testing/stage/ask.ts";
import { makeSockets } from "./sockets.ts";

const failures = [{ neighbour: "Topic", at: 1, event: "topic_not_asked", detail: "remembered" }];
const load = { connections: 0, subscriptions: {}, uptimeMs: 1, failures };
const well = { stats: (): Promise<object> => Promise.resolve(load) };
const silent = { stats: (): Promise<never> => new Promise(() => undefined) };
const broken = { stats: (): Promise<never> => Promise.reject(new Error("reset")) };

function named<T extends object>(namespace: T, of: (name: string) => object): T {
  return new Proxy(namespace, { get: (_, key) => (key === "getByName" ? of : null) });
}

async function health(bindings: Partial<Env>): Promise<readonly string[]> {
  const feed = { status: (): Promise<never> => Promise.reject(new Error("not asked")) };
  const sockets = makeSockets({ ...env, ...bindings }, feed, () => 0);
  const { json } = await ask(makeApp(makeMemoryPorts({ sockets })), "/api/health");
  return v
    .parse(HealthBody, json)
    .failures.map(({ neighbour, event, detail }) => `${neighbour} ${event} ${detail}`);
}

describe("/api/health", () => {
  it("[RT18b] shows what the other objects remember when one gateway fails", async ({ expect }) => {
    const GATEWAY = named(env.GATEWAY, (name) => (name === "weur/1" ? broken : well));
    const TOPIC = named(env.TOPIC, () => ({
      stats: () => Promise.resolve({ connections: 0, gateways: 0, failures: [] }),
    }));
    expect(await health({ GATEWAY, TOPIC })).toContainEqual("Topic topic_not_asked remembered");
  });

  it("[RT18b] names the Topic when a Topic is silent", async ({ expect }) => {
    const GATEWAY = named(env.GATEWAY, () => ({ stats: () => Promise.resolve({ ...load, failures: [] }) }));
    const TOPIC = named(env.TOPIC, () => silent);
    expect(await health({ GATEWAY, TOPIC })).toEqual([
      "Topic failures_unread Topic gave no answer within 3000 ms",
    ]);
  });
});

describe("/ws/stats", () => {
  it("[RT18b] waits three seconds for an object that is silent, and names it", async ({ expect }) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const GATEWAY = named(env.GATEWAY, () => well);
      const TOPIC = named(env.TOPIC, () => silent);
      const feed = { status: (): Promise<never> => new Promise(() => undefined) };
      const sockets = makeSockets({ ...env, GATEWAY, TOPIC }, feed, () => 0);
      const ends = Promise.allSettled([sockets.stats(), sockets.feed()]);
      await vi.advanceTimersByTimeAsync(3_000);
      expect(await ends).toMatchObject([
        { status: "rejected", reason: { neighbour: "Topic", retryable: true } },
        { status: "rejected", reason: { neighbour: "MarketFeed", retryable: true } },
      ]);
    } finally {
      vi.useRealTimers();
    }
  });
});
