/** A machine that brings live prices, on the platform's own sockets: who is let in, and to which feed. */
import { applyD1Migrations, reset } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { beforeEach, describe, it } from "vitest";
import { D1Settings } from "../../adapters/d1/settings.ts";
import { PUSH_CLOSE } from "../../protocol/messages/pushed-prices.ts";
import { ask, asOwner } from "../../testing/stage/ask.ts";
import { makeMemoryPorts, OWNER_TOKEN } from "../../testing/memory/memory-ports.ts";
import { makeApp } from "../app.ts";
import { eventually } from "../../testing/eventually.ts";

const WORKER = exports.default;
const PATH = "http://radar.example/api/admin/live";

beforeEach(async () => {
  await reset();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  await new D1Settings(env.DB).setActiveExchange("KRX");
});

async function connect(): Promise<{ readonly socket: WebSocket; readonly closes: number[] }> {
  const headers = { Upgrade: "websocket", Authorization: "Bearer test-owner-token" };
  const { webSocket: socket } = await WORKER.fetch(PATH, { headers });
  if (!socket) {
    throw new Error("No socket");
  }
  const closes: number[] = [];
  socket.addEventListener("close", ({ code }) => closes.push(code));
  socket.accept();
  return { socket, closes };
}

const greeting = JSON.stringify({ type: "hello", version: 1, source: "kiwoom", slots: 100 });

describe("/api/admin/live", () => {
  it("[KW17] takes the owner's machine alone, over an upgrade, and one at a time", async ({ expect }) => {
    const status = async (headers: Record<string, string>): Promise<number> => {
      const response = await WORKER.fetch(PATH, { headers });
      await response.text();
      return response.status;
    };
    const owner = { Authorization: "Bearer test-owner-token" };
    expect(await status({ Upgrade: "websocket" })).toBe(401);
    expect(await status({ Upgrade: "websocket", Authorization: "Bearer another" })).toBe(401);
    expect(await status(owner)).toBe(426);
    const [first, second, third] = [await connect(), await connect(), await connect()];
    first.socket.send(greeting);
    await eventually(async () => {
      expect(await env.MARKET_FEED.getByName("KRX").status()).toMatchObject({ source: "kiwoom" });
    });
    second.socket.send(greeting);
    await eventually(() => {
      expect(first.closes).toEqual([PUSH_CLOSE.replaced.code]);
    });
    third.socket.send("{");
    await eventually(() => {
      expect(third.closes).toEqual([PUSH_CLOSE.bad.code]);
    });
    expect(second.closes).toEqual([]);
    second.socket.close(1000);
  });

  it("[KW17] is refused where the Worker follows prices itself, and where the feed is away", async ({
    expect,
  }) => {
    const asked = async (answer: () => Promise<Response>) =>
      ask(makeApp(makeMemoryPorts({ machine: answer })), "/api/admin/live", asOwner(OWNER_TOKEN, "GET"));
    const twice = await asked(() => Promise.resolve(Response.json({ source: "kis" }, { status: 409 })));
    expect([twice.status, twice.text]).toEqual([409, expect.stringContaining("LIVE_SLOTS")]);
    expect((await asked(() => Promise.resolve(new Response(null, { status: 500 })))).status).toBe(503);
  });
});
