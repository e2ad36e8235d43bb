/**
 * The Worker behind the wire benches and kills, for a plain `workerd serve`: the real gateway and topic objects, a feed
 * that moves on request, and two broadcasters to compare with. Never deployed.
 */
import { makeGatewayPort, makeTopicPort, makeTopicPublisher } from "../../../adapters/durable/stubs.ts";
import type { Delivery, FeedPort, Fragment } from "../../../app/ports/live.ts";
import type { Settings } from "../../../app/ports/settings.ts";
import { SocketGateway } from "../../../live/gateway/gateway.ts";
import { TICK_MS } from "../../../live/sockets/tick.ts";
import { TopicStream } from "../../../live/topic/topic.ts";
import { consoleLog } from "../../../platform/logs.ts";
import { SOCKET_ADDRESS_HEADER } from "../../../protocol/address-block.ts";
import { encodeFrame } from "../../../protocol/messages/codec.ts";
import { priceTopics } from "../rate.ts";
import { type BenchFeed, priceAt } from "./bench-feed.ts";
import type { BareBroadcaster, PartyBroadcaster } from "./broadcasters.ts";
import { counts, noteDelivered, noteFlush, takeFlushes } from "./counts.ts";

export { BenchFeed } from "./bench-feed.ts";
export { BareBroadcaster, PartyBroadcaster } from "./broadcasters.ts";

interface BenchEnv extends Env {
  readonly FEED: DurableObjectNamespace<BenchFeed>;
  readonly BARE: DurableObjectNamespace<BareBroadcaster>;
  readonly PARTY: DurableObjectNamespace<PartyBroadcaster>;
}

const clock = { now: (): number => Date.now() };

const settings: Pick<Settings, "lastSwitch"> = {
  lastSwitch: () => {
    counts.exchangeQuestions += 1;
    return Promise.resolve({ exchange: "DEMO", generation: 0 });
  },
};

const BUILD = "bench";

/** As many shares as an exchange has: what the crowds read is among them. */
const TICKERS = priceTopics(3_000).map((topic) => topic.slice("price:".length));

function feedOf(env: BenchEnv): Pick<FeedPort, "want" | "tickers"> {
  const feed = (): ReturnType<BenchEnv["FEED"]["getByName"]> => env.FEED.getByName("bench");
  return {
    want: async (gateway: string, topics: readonly string[]): Promise<readonly Fragment[]> =>
      feed().want(gateway, topics),
    // The crowds' prices, and no others: what a client invents beside them is refused.
    tickers: () => Promise.resolve(TICKERS),
  };
}

export class Topic extends TopicStream {
  constructor(ctx: DurableObjectState, env: BenchEnv) {
    counts.topics += 1;
    super(ctx, env, {
      clock,
      log: consoleLog,
      settings,
      build: BUILD,
      gateway: (name) => makeGatewayPort(env.GATEWAY, name),
      book: () => ({ snapshots: () => Promise.resolve([]) }),
    });
  }
}

export class Gateway extends SocketGateway {
  constructor(ctx: DurableObjectState, env: BenchEnv) {
    counts.gateways += 1;
    super(ctx, env, {
      clock,
      log: consoleLog,
      settings,
      build: BUILD,
      feed: () => feedOf(env),
      topic: (name) => {
        counts.subscribes += 1;
        return makeTopicPort(env.TOPIC, name);
      },
    });
  }

  override deliver(delivery: Delivery): boolean {
    noteDelivered(delivery.fragments[0]?.seq ?? 0);
    return super.deliver(delivery);
  }
}

/** The gateway's ticks are the timers of 0 and of TICK_MS, and nothing else here waits so long: their moments are noted from outside. */
const later = globalThis.setTimeout;
globalThis.setTimeout = Object.assign(
  (run: () => void, ms?: number) =>
    later(() => {
      if (ms === 0 || ms === TICK_MS) {
        noteFlush();
      }
      run();
    }, ms),
  later,
);

async function broadcast(
  env: BenchEnv,
  target: string,
  tick: number,
  frames: readonly string[],
): Promise<void> {
  await (target === "bare"
    ? env.BARE.getByName("bench").broadcast(tick, frames)
    : env.PARTY.getByName("bench").toEveryone(tick, frames));
}

/** What a tick of `topics` prices is as frames: one with all of them, or one each. */
function framesOf(tick: number, topics: number, isSplit: boolean): readonly string[] {
  const texts = Array.from({ length: topics }, (_, i) =>
    priceAt(`price:D${String(i).padStart(5, "0")}`, "00000000", tick),
  ).map(({ text }) => text);
  return isSplit ? texts : [encodeFrame(texts)];
}

async function open(request: Request, env: BenchEnv, url: URL): Promise<Response> {
  const target = url.searchParams.get("target");
  if (target === "bare") {
    return env.BARE.getByName("bench").fetch(request);
  }
  if (target === "topic") {
    return env.TOPIC.getByName("signal:vcp").fetch(cameFrom(request, url));
  }
  if (target === "party") {
    return env.PARTY.getByName("bench").fetch(request);
  }
  const shards = Number(url.searchParams.get("gateways") ?? "1");
  const gateway = env.GATEWAY.getByName(`bench/${Math.floor(Math.random() * shards)}`);
  return gateway.fetch(cameFrom(request, url));
}

/** `?from=` is the address that the route in front would have seen; without it a socket has none. */
function cameFrom(request: Request, url: URL): Request {
  const from = url.searchParams.get("from");
  if (from === null) {
    return request;
  }
  const headers = new Headers(request.headers);
  headers.set(SOCKET_ADDRESS_HEADER, from);
  return new Request(request, { headers });
}

export default {
  async fetch(request, env) {
    const url = new URL(request.url);
    const number = (name: string): number => Number(url.searchParams.get(name) ?? "0");
    switch (url.pathname) {
      case "/ws":
        return open(request, env, url);
      case "/publish": {
        const [topic, id] = [url.searchParams.get("topic") ?? "", url.searchParams.get("id") ?? ""];
        const body = await request.text();
        await makeTopicPublisher(env.TOPIC).publish({ id, exchange: "DEMO", topic, body }, 0);
        return new Response("published");
      }
      case "/tick":
        await env.FEED.getByName("bench").tick(number("tick"), Math.max(1, number("parts")));
        return new Response("moved");
      case "/broadcast": {
        const target = url.searchParams.get("target") ?? "bare";
        const frames = framesOf(number("tick"), number("topics"), url.searchParams.has("split"));
        await broadcast(env, target, number("tick"), frames);
        return new Response("sent");
      }
      case "/health":
        return Response.json(await env.GATEWAY.getByName("bench/0").stats());
      case "/flushes":
        return Response.json(takeFlushes());
      case "/counts":
        return Response.json(counts);
      default:
        return new Response(null, { status: 404 });
    }
  },
} satisfies ExportedHandler<BenchEnv>;
