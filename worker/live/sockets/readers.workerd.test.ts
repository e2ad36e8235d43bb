/** Whose sockets an object keeps: of who has logged in, and on the demo of everyone. On real sockets, with a store of the test's own. */
import { applyD1Migrations, reset, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, it } from "vitest";
import { type Fragment, seqOf } from "../../app/ports/live.ts";
import type { ExchangeSwitch } from "../../app/ports/settings.ts";
import { assert } from "../../core/assert.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { encodeReader, OWNER_READER, SOCKET_READER_HEADER } from "../../protocol/reader-header.ts";
import { encodeReset } from "../../protocol/messages/session-message.ts";
import { MemoryLog } from "../../testing/memory/memory-log.ts";
import { MemoryReaderSessions } from "../../testing/memory/memory-readers.ts";
import { gateway, gatewayOver, STREAM, topic } from "../../testing/stage/live-objects.ts";
import { SocketClient } from "../../testing/stage/socket-client.ts";
import { TopicStream } from "../topic/topic.ts";
import { READERS_LOOK_MS, type SocketReaders } from "./reader-watch.ts";
import type { SocketObject } from "./socket-object.ts";

const AT = Date.UTC(2026, 10, 2);
const LOGIN = { code: 4005, reason: "log in at /login" };

beforeEach(async () => {
  await reset();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
});

/** What the objects of a test see; `active` is recorded as a switch of its own number. */
interface World {
  at: number;
  active: Exchange;
  isDown: boolean;
  readonly log: MemoryLog;
  readonly sessions: MemoryReaderSessions;
  readonly readers: SocketReaders;
}

function makeWorld(active: Exchange): World {
  const sessions = new MemoryReaderSessions();
  const world: World = {
    at: AT,
    active,
    isDown: false,
    log: new MemoryLog(),
    sessions,
    readers: {
      rule: "owner",
      sessions: {
        living: (ids, at) =>
          world.isDown ? Promise.reject(new Error("D1 is away")) : sessions.living(ids, at),
      },
    },
  };
  return world;
}

const recordedIn = ({ active }: World): ExchangeSwitch => ({
  exchange: active,
  generation: active === "KRX" ? 1 : 2,
});

/** An object over the storage and the sockets of a real one: another call is another life of it. */
type Make = (
  ctx: DurableObjectState,
  world: World,
) => SocketObject & {
  fetch(request: Request): Promise<Response>;
  followSwitch(): Promise<void>;
};

const makeGateway: Make = (ctx, world) =>
  gatewayOver(ctx, world, (level, event, fields) => world.log.write(level, event, fields));

const makeTopic: Make = (ctx, world) =>
  new TopicStream(
    ctx,
    {},
    {
      clock: { now: () => world.at },
      log: world.log,
      settings: { lastSwitch: () => Promise.resolve(recordedIn(world)) },
      build: "test",
      readers: world.readers,
      gateway: () => ({ deliver: () => Promise.resolve(false) }),
      book: () => ({ snapshots: () => Promise.resolve([]) }),
    },
  );

async function open(object: ReturnType<Make>, reader: string | null): Promise<SocketClient> {
  const headers = { Upgrade: "websocket", ...(reader !== null && { [SOCKET_READER_HEADER]: reader }) };
  const { webSocket } = await object.fetch(
    new Request("http://radar.example/ws?subscribe=price:000010", { headers }),
  );
  assert(webSocket, "The object takes sockets");
  return new SocketClient(webSocket);
}

async function openSession(world: World, id: string, until = AT + 3_600_000): Promise<string> {
  await world.sessions.open(id, until, AT);
  return encodeReader({ id, until });
}

/** What a client has after everything that was on its way: closed, or the number of its messages. */
async function stateOf(client: SocketClient): Promise<unknown> {
  await new Promise((resolve) => {
    setTimeout(resolve, 20);
  });
  return client.closed ?? "open";
}

function change(n: number): Fragment {
  const place = { epoch: "e", seq: seqOf(n) };
  return { ...place, topic: STREAM, text: encodeReset(STREAM, place) };
}

describe.each([
  ["Gateway", makeGateway, () => gateway()],
  ["Topic", makeTopic, () => topic()],
] as const)("the sockets of a %s", (_name, make, stub) => {
  it("[RD6] are taken of a real exchange for who has logged in, and closed at once for all others", async ({
    expect,
  }) => {
    await runInDurableObject(stub(), async (_, ctx) => {
      const world = makeWorld("KRX");
      const object = make(ctx, world);
      const nobody = await open(object, null);
      expect([await nobody.end(), nobody.messages]).toEqual([LOGIN, []]);
      for (const reader of [OWNER_READER, await openSession(world, "one")]) {
        const client = await open(object, reader);
        expect(await client.next(1)).toMatchObject([{ type: "connected" }]);
        client.close();
      }
    });
  });

  it("[RD6] end at the switch from the demo to a real exchange, before anything of it is sent", async ({
    expect,
  }) => {
    await runInDurableObject(stub(), async (_, ctx) => {
      const world = makeWorld("DEMO");
      const object = make(ctx, world);
      const [nobody, reader] = [
        await open(object, null),
        await open(object, await openSession(world, "one")),
      ];
      await Promise.all([nobody.next(1), reader.next(1)]);
      await stateOf(nobody);
      const before = nobody.messages.length;
      world.active = "KRX";
      await object.followSwitch();
      expect([await nobody.end(), nobody.messages.length - before]).toEqual([LOGIN, 0]);
      expect(await stateOf(reader)).toBe("open");
      reader.close();
    });
  });

  it("[RD6] end when their session is ended, in any life of the object, and no others with them", async ({
    expect,
  }) => {
    await runInDurableObject(stub(), async (_, ctx) => {
      const world = makeWorld("KRX");
      const object = make(ctx, world);
      const [one, other] = [await openSession(world, "one"), await openSession(world, "other")];
      const clients = await Promise.all(
        [one, one, other, OWNER_READER].map((reader) => open(object, reader)),
      );
      // What survives hibernation is written within a second.
      await new Promise((resolve) => {
        setTimeout(resolve, 1_200);
      });
      make(ctx, world).endReader("one");
      expect(await Promise.all(clients.map(stateOf))).toEqual([LOGIN, LOGIN, "open", "open"]);
      clients.forEach((client) => {
        client.close();
      });
    });
  });
});

describe("an object that no logout reached", () => {
  it("[RD6a] ends ended and expired sessions with what it sends, and asks every 30 seconds", async ({
    expect,
  }) => {
    await runInDurableObject(gateway(), async (_, ctx) => {
      const world = makeWorld("KRX");
      const own = gatewayOver(ctx, world, (level, event, fields) => world.log.write(level, event, fields));
      const readers = [
        await openSession(world, "ended"),
        await openSession(world, "expired", AT + READERS_LOOK_MS),
        await openSession(world, "living"),
      ];
      const clients = await Promise.all(readers.map((reader) => open(own, reader)));
      const states = (): Promise<readonly unknown[]> => Promise.all(clients.map(stateOf));
      own.deliver({ fragments: [change(1)] });
      await world.sessions.end("ended");
      world.at += READERS_LOOK_MS - 1;
      own.deliver({ fragments: [change(2)] });
      expect(await states()).toEqual(["open", "open", "open"]);
      world.at += 1;
      own.deliver({ fragments: [change(3)] });
      expect(await states()).toEqual([LOGIN, LOGIN, "open"]);
      clients.at(-1)?.close();
    });
  });

  it("[RD6a] keeps a session while the store is away, with a line in the log, and ends an expired one all the same", async ({
    expect,
  }) => {
    await runInDurableObject(gateway(), async (_, ctx) => {
      const world = makeWorld("KRX");
      const own = gatewayOver(ctx, world, (level, event, fields) => world.log.write(level, event, fields));
      const readers = [await openSession(world, "ended"), await openSession(world, "expired", AT + 1)];
      const clients = await Promise.all(readers.map((reader) => open(own, reader)));
      await world.sessions.end("ended");
      world.isDown = true;
      world.at += READERS_LOOK_MS;
      own.deliver({ fragments: [change(1)] });
      expect(await Promise.all(clients.map(stateOf))).toEqual(["open", LOGIN]);
      expect(world.log.lines.map(({ event }) => event)).toContain("readers_not_asked");
      clients[0]?.close();
    });
  });

  it("[RD6] ends who has not logged in before a stream of a real exchange passes, though it has not followed the switch", async ({
    expect,
  }) => {
    await runInDurableObject(gateway(), async (_, ctx) => {
      const world = makeWorld("DEMO");
      const own = gatewayOver(ctx, world);
      const nobody = await open(own, null);
      await nobody.next(1);
      own.deliver({ fragments: [change(1)], exchange: "DEMO" });
      expect(await stateOf(nobody)).toBe("open");
      const before = nobody.messages.length;
      own.deliver({ fragments: [change(2)], exchange: "KRX" });
      expect([await nobody.end(), nobody.messages.length - before]).toEqual([LOGIN, 0]);
    });
  });
});
