/** The real objects that take sockets, sockets on them, and a stream of made-up changes: for tests in workerd. */
import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { type Fragment, seqOf } from "../../app/ports/live.ts";
import type { Log } from "../../app/ports/log.ts";
import { assert } from "../../core/assert.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { SocketGateway } from "../../live/gateway/gateway.ts";
import type { SocketReaders } from "../../live/sockets/reader-watch.ts";
import { formatKst } from "../../protocol/format.ts";
import type { ServerMessage } from "../../protocol/messages/server-message.ts";
import { encodeSignalUpdates } from "../../protocol/messages/stream-update.ts";
import { makeSignal } from "../builders/signal-builder.ts";
import { openSocket, SocketClient } from "./socket-client.ts";

export const STREAM = "signal:vcp";
export const AT = Date.UTC(2025, 4, 16, 6, 30);

let clients: SocketClient[] = [];

export async function openObjects(): Promise<void> {
  await reset();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  // A market that does not move by itself: what comes is what a test sends.
  // Without a number it is generation 0, on which a topic stands that nobody has switched.
  await env.DB.exec("insert into setting values ('active_exchange', 'KRX')");
  // `reset` passes over an object that was evicted before.
  await topic().beginSwitch({ exchange: "KRX", generation: 0 }, null);
}

export function closeSockets(): void {
  for (const client of clients) {
    client.close();
  }
  clients = [];
}

export type GatewayStub = ReturnType<typeof env.GATEWAY.getByName>;
export type TopicStub = ReturnType<typeof env.TOPIC.getByName>;

export const gateway = (name = "apac-ne/0"): GatewayStub => env.GATEWAY.getByName(name);
export const topic = (name: string = STREAM): TopicStub => env.TOPIC.getByName(name);

export async function connect(at: GatewayStub | TopicStub, path?: string): Promise<SocketClient> {
  const client = await openSocket(at, path);
  clients.push(client);
  return client;
}

/** The nth change of the signals: signal n comes, the one three before it goes. */
export async function publish(n: number): Promise<void> {
  const [update] = encodeSignalUpdates({
    upserts: [
      { signal: makeSignal({ id: `s${n}`, score: n % 100 }), createdAt: AT, updatedAt: AT, runId: `r${n}` },
    ],
    removed: n > 3 ? [`s${n - 3}`] : [],
    count: Math.min(n, 3),
    runId: `r${n}`,
    at: AT,
  });
  await topic().publish({ id: `m${n}`, exchange: "KRX", body: JSON.stringify(update) });
}

export async function publishUpTo(last: number, first = 1): Promise<void> {
  for (let n = first; n <= last; n++) {
    await publish(n);
  }
}

/** The shortest picture of what a client received: of each message its type, its place, and of signals their ids. */
export function picture(messages: readonly ServerMessage[]): readonly string[] {
  return messages.map((message) => {
    const seq = "seq" in message ? ` ${message.seq}` : "";
    const signals =
      message.type === "signal_update" ? ` ${message.data.signals.map(({ id }) => id).join()}` : "";
    const how = "snapshot" in message && message.snapshot ? " whole" : "";
    const why = message.type === "error" ? ` ${message.code}` : "";
    return `${message.type}${seq}${how}${signals}${why}`;
  });
}

export function placeOf(messages: readonly ServerMessage[]): { epoch: string; seq: number } {
  const last = messages.findLast((message) => "epoch" in message);
  return { epoch: last?.epoch ?? "", seq: last?.seq ?? 0 };
}

export async function subscribed(at: GatewayStub = gateway()): Promise<SocketClient> {
  const client = await connect(at);
  client.send({ type: "subscribe", topic: STREAM, ack: true });
  await client.next(2);
  await client.rest();
  return client;
}

export function priceFragment(ticker: string, seq: number): Fragment {
  const data = {
    price: 1_000 + seq,
    change: 1,
    change_rate: 0.1,
    volume: 1,
    bid_price: null,
    ask_price: null,
    high: 1_100,
    low: 900,
    session: null,
    stale: false,
  };
  const message = {
    type: "price_update",
    topic: `price:${ticker}`,
    epoch: "p",
    seq,
    ticker,
    data,
    timestamp: formatKst(AT),
    source: "test",
  };
  return { topic: message.topic, epoch: "p", seq: seqOf(seq), text: JSON.stringify(message) };
}

/** What a gateway of the test's own sees: the time, the active exchange, and a feed that can be out of reach. */
export interface SeenMarket {
  at: number;
  active: Exchange;
  isDown: boolean;
  /** Absent: everyone may read. */
  readonly readers?: SocketReaders;
}

/** A gateway on the storage of a real object whose feed has one price while KRX is active, and none otherwise. */
export function gatewayOver(
  ctx: DurableObjectState,
  market: SeenMarket,
  write: Log["write"] = () => undefined,
): SocketGateway {
  const want = (): Promise<readonly Fragment[]> =>
    market.isDown
      ? Promise.reject(new Error("away"))
      : Promise.resolve(market.active === "KRX" ? [priceFragment("000010", 3)] : []);
  return new SocketGateway(
    ctx,
    {},
    {
      clock: { now: () => market.at },
      log: { write },
      settings: {
        lastSwitch: () =>
          Promise.resolve({ exchange: market.active, generation: market.active === "KRX" ? 1 : 2 }),
      },
      build: "test",
      ...(market.readers && { readers: market.readers }),
      feed: () => ({ want, tickers: () => Promise.resolve(null) }),
      topic: () => ({ subscribe: () => Promise.reject(new Error("No stream is asked here")) }),
    },
  );
}

/** A new socket with the price of {@link gatewayOver}, and the picture of its first three messages. */
export async function watchedPrice(
  own: SocketGateway,
): Promise<{ readonly client: SocketClient; readonly first: readonly string[] }> {
  const request = new Request("http://radar.example/ws?subscribe=price:000010", {
    headers: { Upgrade: "websocket" },
  });
  const { webSocket } = await own.fetch(request);
  assert(webSocket, "The gateway takes sockets");
  const client = new SocketClient(webSocket);
  return { client, first: picture(await client.next(3)) };
}
