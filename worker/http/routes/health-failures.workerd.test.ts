/** The last failure of each neighbour in `/api/health`: what objects remember, and what the requests themselves met. */
import * as v from "valibot";
import { describe, it, vi } from "vitest";
import type { ObjectMemory, ObjectState } from "../../app/ports/live.ts";
import { NeighbourError, type NeighbourFailure } from "../../app/ports/neighbour-error.ts";
import type { ExchangeSwitch } from "../../app/ports/settings.ts";
import { HealthBody } from "../../protocol/rest/health.ts";
import { makeMemoryPorts, NOW, OWNER_TOKEN } from "../../testing/memory/memory-ports.ts";
import { ask, asOwner } from "../../testing/stage/ask.ts";
import { makeApp } from "../app.ts";
import type { SocketRoutes } from "../request/ports.ts";

type App = ReturnType<typeof makeApp>;

async function failuresIn(app: App): Promise<HealthBody["failures"]> {
  return v.parse(HealthBody, (await ask(app, "/api/health")).json).failures;
}

function failureOf(neighbour: NeighbourFailure["neighbour"], minutes: number): NeighbourFailure {
  return { neighbour, at: NOW + minutes * 60_000, event: "drain_failed", detail: `${neighbour} ${minutes}` };
}

const broken = (): Promise<never> => Promise.reject(new Error("out of reach"));

/** Sockets whose objects remember `failures`, one object each. */
function socketsWith(stats: SocketRoutes["stats"], memories?: readonly ObjectMemory[]): SocketRoutes {
  const state = async (): Promise<ObjectState> => ({
    failures: (await stats()).flatMap((load) => load.failures),
    applied: null,
  });
  return {
    gateway: broken,
    stream: broken,
    stats,
    memories: () => memories ?? [{ object: "Gateway weur/0", neighbour: "Gateway", state }],
    feed: broken,
  };
}

describe("/api/health", () => {
  it("[RT18a] has the newest failure of each neighbour that any object remembers", async ({ expect }) => {
    const [older, newer, topic] = [failureOf("D1", -9), failureOf("D1", -1), failureOf("Topic", -5)];
    const load = { connections: 0, subscriptions: {}, uptimeMs: null, failures: [] };
    const ports = makeMemoryPorts({
      sockets: socketsWith(() =>
        Promise.resolve([load, { ...load, failures: [newer] }, { ...load, failures: [topic] }]),
      ),
    });
    expect(await failuresIn(makeApp(ports))).toEqual([
      { neighbour: "D1", at: "2025-05-19T09:59:00.000+09:00", event: "drain_failed", detail: "D1 -1" },
      { neighbour: "Topic", at: "2025-05-19T09:55:00.000+09:00", event: "drain_failed", detail: "Topic -5" },
    ]);
    ports.books.DEMO.remembered = [older, failureOf("Topic", -2)];
    expect((await failuresIn(makeApp(ports))).map(({ detail }) => detail)).toEqual(["D1 -1", "Topic -2"]);
  });

  it("[RT18a] has what the requests of this app met, and nothing of another app", async ({ expect }) => {
    const ports = makeMemoryPorts();
    const app = makeApp(ports);
    expect(await failuresIn(app)).toEqual([]);
    const store = new NeighbourError(`D1 failed to list signals: busy\n at ${"x".repeat(400)}`, {
      neighbour: "D1",
      retryable: true,
    });
    ports.ledger.signals = () => Promise.reject(store);
    expect((await ask(app, "/api/kr/signals")).status).toBe(503);
    expect(await failuresIn(app)).toEqual([
      {
        neighbour: "D1",
        at: "2025-05-19T10:00:00.000+09:00",
        event: "request_failed",
        detail: "D1 failed to list signals: busy",
      },
    ]);
    expect(await failuresIn(makeApp(ports))).toEqual([]);
  });

  it("[RT18a] has nothing of a fault of our own, nor of what a request did wrong", async ({ expect }) => {
    const ports = makeMemoryPorts();
    const app = makeApp(ports);
    ports.ledger.signals = () => Promise.reject(new Error("x is undefined"));
    expect((await ask(app, "/api/kr/signals")).status).toBe(500);
    expect((await ask(app, "/api/kr/signals?limit=0")).status).toBe(400);
    expect((await ask(app, "/api/admin/exchange", asOwner(`${OWNER_TOKEN}x`, "GET"))).status).toBe(401);
    expect(await failuresIn(app)).toEqual([]);
  });

  it("[RT18b] asks the objects once in ten seconds for what they remember", async ({ expect }) => {
    const ports = makeMemoryPorts();
    let [now, asked] = [NOW, 0];
    ports.clock.now = () => now;
    ports.books.DEMO.failures = () => Promise.resolve([failureOf("Topic", (asked += 1))]);
    const app = makeApp(ports);
    const detail = async (): Promise<unknown> => (await failuresIn(app)).map((failure) => failure.detail);
    expect(await Promise.all([detail(), detail()])).toEqual([["Topic 1"], ["Topic 1"]]);
    now += 9_999;
    expect(await detail()).toEqual(["Topic 1"]);
    now += 1;
    expect(await detail()).toEqual(["Topic 2"]);
  });

  it("[RT18a] is ready also when an object does not answer what it remembers, and has that", async ({
    expect,
  }) => {
    vi.useFakeTimers({ now: NOW });
    try {
      const ports = makeMemoryPorts({ sockets: socketsWith(broken) });
      ports.books.DEMO.failures = () => new Promise(() => undefined);
      const asked = failuresIn(makeApp(ports));
      await vi.advanceTimersByTimeAsync(3_000);
      expect(await asked).toMatchObject([
        { neighbour: "Gateway", event: "failures_unread", detail: "out of reach" },
        {
          neighbour: "MarketBook",
          event: "failures_unread",
          detail: "MarketBook gave no answer within 3000 ms",
        },
      ]);
    } finally {
      vi.useRealTimers();
    }
  });
});

/** Two topics and a gateway, the first topic behind the recorded switch. */
function standing() {
  const krx: ExchangeSwitch = { exchange: "KRX", generation: 2 };
  const demo: ExchangeSwitch = { exchange: "DEMO", generation: 1 };
  const applied = { signals: demo };
  const memory = (object: string, on: () => ExchangeSwitch | null): ObjectMemory => ({
    object,
    neighbour: "Topic",
    state: () => Promise.resolve({ failures: [], applied: on() }),
  });
  const ports = makeMemoryPorts({
    sockets: socketsWith(broken, [
      memory("Topic signal:vcp", () => applied.signals),
      memory("Topic market_gate", () => krx),
      memory("Gateway weur/0", () => null),
    ]),
  });
  Object.assign(ports.settings, krx);
  return { ports, krx, demo, applied };
}

describe("the switch of the exchange in /api/health", () => {
  it("[RT18c] has what the store records, and names the objects that stand on another", async ({
    expect,
  }) => {
    const { ports, krx, demo } = standing();
    const { exchange_switch: found } = v.parse(HealthBody, (await ask(makeApp(ports), "/api/health")).json);
    expect(found).toEqual({ ...krx, disagreeing: [{ object: "Topic signal:vcp", ...demo }] });
  });

  it("[RT18c] asks the objects again within ten seconds while one stands on another switch, or another is recorded", async ({
    expect,
  }) => {
    const { ports, krx, demo, applied } = standing();
    const app = makeApp(ports);
    const disagreeing = async (): Promise<readonly string[]> => {
      const { exchange_switch: found } = v.parse(HealthBody, (await ask(app, "/api/health")).json);
      return (found?.disagreeing ?? []).map(({ object }) => object);
    };
    expect(await disagreeing()).toEqual(["Topic signal:vcp"]);
    applied.signals = krx;
    expect(await Promise.all([disagreeing(), disagreeing()])).toEqual([[], []]);
    applied.signals = demo;
    expect(await disagreeing()).toEqual([]);
    ports.settings.generation += 1;
    expect(await disagreeing()).toEqual(["Topic signal:vcp", "Topic market_gate"]);
  });

  it("[RT18c] asks the feed of the recorded exchange, whichever health is asked of", async ({ expect }) => {
    const demo = { exchange: "DEMO", generation: 1 } as const;
    const status = {
      exchange: "DEMO",
      state: "none",
      source: "closes",
      clock: null,
      session: null,
      tickers: 0,
    } as const;
    const ports = makeMemoryPorts({
      feed: () => ({
        want: broken,
        tickers: broken,
        status: () => Promise.resolve(status),
        latest: broken,
        command: broken,
        followSwitch: broken,
        applied: () => Promise.resolve(demo),
        failures: () => Promise.resolve([]),
      }),
    });
    ports.settings.generation = 2;
    for (const query of ["", "?exchange=KRX"]) {
      const { json } = await ask(makeApp(ports), `/api/health${query}`);
      const { exchange_switch: found } = v.parse(HealthBody, json);
      expect(found?.disagreeing).toEqual([{ object: "MarketFeed DEMO", ...demo }]);
    }
  });
});

describe("the log of the requests", () => {
  it("[LG1] has one line of each failure that an answer survived", async ({ expect }) => {
    const store = new NeighbourError("D1 failed to write", { neighbour: "D1", retryable: true });
    const ports = makeMemoryPorts({
      limits: { take: broken },
      feed: () => ({
        want: broken,
        tickers: broken,
        status: broken,
        latest: broken,
        command: broken,
        followSwitch: broken,
        applied: () => Promise.resolve(null),
        failures: () => Promise.resolve([]),
      }),
    });
    ports.ownerLog.end = () => Promise.reject(store);
    const app = makeApp(ports);
    const headers = { "CF-Connecting-IP": "192.0.2.1" };
    expect((await ask(app, "/api/kr/indices", { headers })).status).toBe(200);
    const put = asOwner(OWNER_TOKEN, "PUT", '{"exchange":"DEMO"}');
    expect((await ask(app, "/api/admin/exchange", put)).status).toBe(200);
    expect((await ask(app, "/api/health")).status).toBe(503);
    expect(ports.log.lines).toMatchObject([
      { level: "warn", event: "rate_limit_failed", fields: { limit: "read", neighbour: "RateLimit" } },
      { level: "warn", event: "feed_quotes_failed", fields: { exchange: "DEMO", neighbour: "MarketFeed" } },
      { level: "warn", event: "owner_action_end_failed", fields: { neighbour: "D1", retryable: true } },
      { level: "warn", event: "health_check_failed", fields: { neighbour: "MarketFeed" } },
    ]);
    expect(JSON.stringify(ports.log.lines)).not.toContain(OWNER_TOKEN);
  });

  it("[RT2b] has a failed request with its id, its neighbour and its text", async ({ expect }) => {
    const ports = makeMemoryPorts();
    const store = new NeighbourError("D1 failed to list signals", { neighbour: "D1", retryable: true });
    ports.ledger.signals = () => Promise.reject(store);
    const { headers } = await ask(makeApp(ports), "/api/kr/signals");
    expect(ports.log.lines).toEqual([
      {
        level: "error",
        event: "request_failed",
        fields: {
          request_id: headers.get("X-Request-Id"),
          neighbour: "D1",
          retryable: true,
          error: "D1 failed to list signals",
        },
      },
    ]);
  });
});
