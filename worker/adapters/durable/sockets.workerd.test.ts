/** Where a socket goes when gateways are full, and who is asked for the load. */
import { env } from "cloudflare:workers";
import { applyD1Migrations, runInDurableObject } from "cloudflare:test";
import { describe, it } from "vitest";
import { assert } from "../../core/assert.ts";
import type { FeedPort } from "../../app/ports/live.ts";
import { regionOf } from "./gateway-place.ts";
import { makeSockets } from "./sockets.ts";
import { followSwitch } from "./switch-followers.ts";

const REQUEST = new Request("http://radar.example/ws", { headers: { Upgrade: "websocket" } });

/** Gateways of which some are full; remembers who was asked. */
function gateways(full: readonly string[]): { readonly asked: string[]; readonly GATEWAY: Env["GATEWAY"] } {
  const asked: string[] = [];
  const getByName = (name: string): object => ({
    fetch: (): Promise<Response> => {
      asked.push(name);
      return Promise.resolve(
        full.includes(name) ? new Response(null, { status: 503 }) : new Response(name, { status: 200 }),
      );
    },
    stats: (): Promise<object> => {
      asked.push(name);
      const failures = [{ neighbour: "Topic", at: 1, event: "topic_not_asked", detail: name }];
      return Promise.resolve({ connections: 1, subscriptions: { scan: 1 }, uptimeMs: 5, failures });
    },
  });
  return {
    asked,
    GATEWAY: new Proxy(env.GATEWAY, { get: (_, key) => (key === "getByName" ? getByName : null) }),
  };
}

/** A namespace of which every object answers with these calls. */
function answering<T extends object>(namespace: T, calls: object): T {
  return new Proxy(namespace, { get: (_, key) => (key === "getByName" ? () => calls : null) });
}

const NO_FEED: Pick<FeedPort, "status"> = {
  status: () => Promise.reject(new Error("not asked here")),
};

describe("sockets", () => {
  it("[WS13c] spreads sockets over the gateways of a region, and hands on from a full one to the next", async ({
    expect,
  }) => {
    const { asked, GATEWAY } = gateways(["apac-ne/2", "apac-ne/3"]);
    const at = async (random: number): Promise<string> => {
      asked.length = 0;
      return (await makeSockets({ ...env, GATEWAY }, NO_FEED, () => random).gateway(REQUEST, null)).text();
    };
    expect([await at(0), await at(0.3), await at(0.999)]).toEqual(["apac-ne/0", "apac-ne/1", "apac-ne/0"]);
    expect(asked).toEqual(["apac-ne/3", "apac-ne/0"]);
    expect(await at(0.5)).toBe("apac-ne/0");
    expect(asked).toEqual(["apac-ne/2", "apac-ne/3", "apac-ne/0"]);
  });

  it("[WS13c] finds the region of a continent, and the one of the data for anything else", ({ expect }) => {
    expect(["EU", "SA", "AS", "constructor", "__proto__", null].map(regionOf)).toEqual([
      "weur",
      "wnam",
      "apac-ne",
      "apac-ne",
      "apac-ne",
      "apac-ne",
    ]);
  });

  it("[WS13c] closes with 4103 when all of them are full", async ({ expect }) => {
    const all = ["apac-ne/0", "apac-ne/1", "apac-ne/2", "apac-ne/3"];
    const { asked, GATEWAY } = gateways(all);
    const answer = await makeSockets({ ...env, GATEWAY }, NO_FEED, () => 0).gateway(REQUEST, "AS");
    assert(answer.webSocket, "A browser learns the reason from a socket only");
    const closed = new Promise<number>((resolve) => {
      answer.webSocket?.addEventListener("close", ({ code }) => resolve(code));
    });
    answer.webSocket.accept();
    expect([await closed, asked]).toEqual([4103, all]);
  });

  it("[RT2b] names the object that failed", async ({ expect }) => {
    const away = (): Promise<never> => Promise.reject(new Error("object was reset"));
    const done = (): Promise<void> => Promise.resolve();
    const GATEWAY = answering(env.GATEWAY, { fetch: away, stats: away, followSwitch: away });
    const TOPIC = answering(env.TOPIC, { fetch: away, stats: away, followSwitch: away });
    const sockets = makeSockets({ ...env, GATEWAY, TOPIC }, NO_FEED, () => 0);
    await expect(sockets.gateway(REQUEST, null)).rejects.toMatchObject({ neighbour: "Gateway" });
    await expect(sockets.stream(REQUEST, "signal:vcp")).rejects.toMatchObject({ neighbour: "Topic" });
    await expect(sockets.stats()).rejects.toMatchObject({ neighbour: "Gateway" });
    const following = {
      MARKET_FEED: answering(env.MARKET_FEED, { followSwitch: done }),
      GATEWAY: answering(env.GATEWAY, { followSwitch: done }),
      TOPIC: answering(env.TOPIC, { followSwitch: done }),
    };
    await expect(followSwitch({ ...following, TOPIC }, "KRX")).rejects.toMatchObject({ neighbour: "Topic" });
    await expect(followSwitch({ ...following, GATEWAY }, "KRX")).rejects.toMatchObject({
      neighbour: "Gateway",
    });
    await expect(followSwitch(following, "KRX")).resolves.toBeUndefined();
  });

  it("[WS14a] asks every gateway of every region for its load, and every stream", async ({ expect }) => {
    // A topic's first birth loads its modules, which on a busy machine takes longer than an answer may.
    await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
    for (const stream of ["signal:vcp", "market_gate"]) {
      await runInDurableObject(env.TOPIC.getByName(stream), () => undefined);
    }
    const { asked, GATEWAY } = gateways([]);
    const loads = await makeSockets({ ...env, GATEWAY }, NO_FEED, () => 0).stats();
    expect(asked.toSorted().join(" ")).toBe(
      "apac-ne/0 apac-ne/1 apac-ne/2 apac-ne/3 weur/0 weur/1 wnam/0 wnam/1",
    );
    expect(loads.map(({ uptimeMs }) => uptimeMs)).toEqual([...asked.map(() => 5), null, null]);
    expect(loads.slice(-2).map(({ subscriptions }) => subscriptions)).toEqual([
      { "signal:vcp": 0 },
      { market_gate: 0 },
    ]);
    expect(loads.map(({ failures }) => failures.map(({ detail }) => detail))).toEqual([
      ...asked.map((name) => [name]),
      [],
      [],
    ]);
  });
});
