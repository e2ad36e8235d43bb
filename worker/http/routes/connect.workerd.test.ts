/** Who may open a socket, and which object takes it. */
import { applyD1Migrations, evictDurableObject, listDurableObjectIds, reset } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { beforeEach, describe, it } from "vitest";
import * as v from "valibot";
import { D1Settings } from "../../adapters/d1/settings.ts";
import { SocketStats } from "../../protocol/rest/health.ts";
import { openSocket } from "../../testing/stage/socket-client.ts";
import { eventually } from "../../testing/eventually.ts";

const WORKER = exports.default;

beforeEach(async () => {
  await reset();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  await new D1Settings(env.DB).setActiveExchange("KRX");
});

const MIB = 1_048_576;

async function readStats(): Promise<SocketStats> {
  return v.parse(SocketStats, await (await WORKER.fetch("http://radar.example/ws/stats")).json());
}

async function statusOf(path: string, headers: Record<string, string>): Promise<number> {
  const response = await WORKER.fetch(`http://radar.example${path}`, { headers });
  response.webSocket?.accept();
  response.webSocket?.close(1000);
  await response.text();
  return response.status;
}

describe("/ws", () => {
  it("[WS13] takes in our own pages and what is no page, and refuses every other origin", async ({
    expect,
  }) => {
    const upgrade = { Upgrade: "websocket" };
    const status = async (origin: string): Promise<number> => statusOf("/ws", { ...upgrade, Origin: origin });
    expect(await statusOf("/ws", upgrade)).toBe(101);
    expect(await status("http://radar.example")).toBe(101);
    for (const origin of [
      "null",
      "https://radar.example",
      "http://radar.example.evil",
      "http://radar.example:81",
      "http://evil",
    ]) {
      expect([origin, await status(origin)]).toEqual([origin, 403]);
    }
    expect(await statusOf("/ws/signal:vcp", { ...upgrade, Origin: "null" })).toBe(403);
    expect(await statusOf("/ws", {})).toBe(426);
    expect(await statusOf("/ws/market_gate", {})).toBe(426);
  });

  it("[WS13a] touches no object for a topic that has no socket of its own", async ({ expect }) => {
    const objects = async (): Promise<number> => {
      const ids = await Promise.all([listDurableObjectIds(env.TOPIC), listDurableObjectIds(env.GATEWAY)]);
      return ids.flat().length;
    };
    const before = await objects();
    for (const topic of ["nope", "price:D00001", "signal:other", "scan", "%00", "__proto__", "constructor"]) {
      expect(await statusOf(`/ws/${topic}`, { Upgrade: "websocket" })).toBe(404);
    }
    expect(await objects()).toBe(before);
  });

  it("[WS14] counts from live state what gateways and topics hold", async ({ expect }) => {
    expect(await readStats()).toMatchObject({
      active_connections: 0,
      subscriptions: {},
      gateways: 0,
      feed: { state: "none" },
    });
    const many = await openSocket(WORKER, "/ws?subscribe=signal:vcp,price:000010");
    await many.next(3);
    const one = await openSocket(WORKER, "/ws/signal:vcp");
    await one.next(2);
    expect(await readStats()).toMatchObject({
      active_connections: 2,
      subscriptions: { "signal:vcp": 2, "price:000010": 1 },
      gateways: 1,
    });
    many.close();
    one.close();
    await eventually(async () => {
      expect(await readStats()).toMatchObject({ active_connections: 0, subscriptions: {} });
    });
  });

  it("[WS14] counts sockets that nobody sends to, where their object slept and in every region", async ({
    expect,
  }) => {
    const stub = env.GATEWAY.getByName("weur/1");
    const silent = await openSocket(stub);
    await silent.next(1);
    const waiting = await openSocket(env.GATEWAY.getByName("wnam/0"), "/ws?subscribe=price:D99999");
    await waiting.next(2);
    await evictDurableObject(stub);
    expect(await readStats()).toMatchObject({
      active_connections: 2,
      subscriptions: { "price:D99999": 1 },
      gateways: 2,
    });
    silent.close();
    waiting.close();
  });

  it("[WS13] counts sockets that come from no page by their address, 256 on one object", async ({
    expect,
  }) => {
    const stub = env.GATEWAY.getByName("apac-ne/0");
    const headers = { "X-Socket-Address": "192.0.2.1" };
    const clients = [];
    for (let k = 0; k < 256; k++) {
      clients.push(await openSocket(stub, "/ws", headers));
    }
    expect((await (await openSocket(stub, "/ws", headers)).end()).code).toBe(4103);
    const other = await openSocket(stub, "/ws", { "X-Socket-Address": "192.0.2.2" });
    expect(await other.next(1)).toMatchObject([{ type: "connected" }]);
    for (const client of [...clients, other]) {
      client.close();
    }
  });

  it("[WS15] ends the socket of a frame that is too long, text or bytes, and takes in the next of its address", async ({
    expect,
  }) => {
    const stub = env.GATEWAY.getByName("apac-ne/1");
    const headers = { "X-Socket-Address": "192.0.2.3" };
    const standing = await openSocket(stub, "/ws?subscribe=scan", headers);
    await standing.next(2);
    const long = await openSocket(stub, "/ws", headers);
    long.send("x".repeat(MIB));
    expect((await long.end()).code).toBe(1009);
    const bytes = await openSocket(stub, "/ws", headers);
    bytes.sendBinary(new Uint8Array(MIB));
    expect((await bytes.end()).code).toBe(1003);
    const next = await openSocket(stub, "/ws", headers);
    expect(await next.next(1)).toMatchObject([{ type: "connected" }]);
    expect(await standing.rest()).toEqual([]);
    next.close();
    standing.close();
  });
});
