/**
 * `npm run load:hostile`: what one client can do to the others. Frames of 31 MiB, many sockets of many topics, ten thousand
 * invented topics, deep JSON and silent sockets, beside readers whose p99 is measured before and during. Stops by itself.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import * as v from "valibot";
import { growthLines } from "../testing/load/gateway-growth.ts";
import { MeasuredCrowd } from "../testing/load/measured-crowd.ts";
import { machineLine } from "../testing/load/process-figures.ts";
import { quantile } from "../testing/load/quantile.ts";
import { priceTopics } from "../testing/load/rate.ts";
import { RawSocket } from "../testing/load/raw-socket.ts";
import { WireServer } from "../testing/load/wire-server.ts";
import { printCrowding, type Read, textOf } from "./crowded-address.ts";
import { frameMemory, sendBigFrames, type SentFrames } from "./frame-memory.ts";

const { values } = parseArgs({
  options: {
    readers: { type: "string", default: "500" },
    seconds: { type: "string", default: "20" },
    frames: { type: "string", default: "10" },
    /** Only the many sockets of one address. */
    crowding: { type: "boolean", default: false },
  },
});

/** Slower than a gateway's tick: at its own pace a value that comes a moment too early waits for a whole tick, calm or not. */
const HZ = 3;
const NAMES = 10_000;
const NAMES_A_MESSAGE = 250;
const MESSAGES_A_SOCKET = 20;
const PATH = "/ws?gateways=1";
/** Paths of frames from an address each, and from one address. */
const MANY = `${PATH}&from=192.0.2.*`;
const ONE = `${PATH}&from=198.51.100.1`;
const BARE = "/ws?target=bare";
const PATIENCE_MS = 60_000;
/** Longest silence that a socket without a subscription is allowed, and the time to look. */
const IDLE_MS = 30_000 + 10_000;

const Counts = v.object({ topics: v.number(), gateways: v.number(), wants: v.number() });

/** A socket that sends what its caller wants and keeps how each frame began that it received. */
class HostileClient {
  readonly #socket: RawSocket;
  code: number | null = null;
  readonly received: string[] = [];

  constructor(port: number, begin: (socket: RawSocket) => void) {
    this.#socket = new RawSocket(port, PATH, {
      open: () => {
        begin(this.#socket);
      },
      frame: (_, head) => {
        this.received.push(head.toString("latin1"));
      },
      closed: (code) => {
        this.code = code;
      },
    });
  }

  leave(): void {
    this.#socket.destroy();
  }
}

async function until(isThere: () => boolean, ms = PATIENCE_MS): Promise<boolean> {
  const end = performance.now() + ms;
  while (!isThere() && performance.now() < end) {
    await sleep(20);
  }
  return isThere();
}

function memoryLine(what: string, { ends, memory }: SentFrames): string {
  const codes = Array.from(Map.groupBy(ends, String), ([end, list]) => `${list.length} x ${end}`);
  const rounded = memory.map((mebibytes) => Math.round(mebibytes));
  const grown = (n: number): number => (rounded[n] ?? NaN) - (rounded[0] ?? NaN);
  return `${what}: ${codes.join(", ")}; RSS +${grown(1)} MiB after one, +${grown(rounded.length - 1)} after ${ends.length} (${rounded.join(" ")})`;
}

/** What a frame costs an object that does nothing is the platform's share; the rest is the product's. */
async function printMemory(frames: number): Promise<void> {
  console.log("31 MiB frames, each kind at a server of its own (goal: 64 MiB once, none at the tenth)");
  console.log(memoryLine("  into an object that does nothing", await frameMemory(BARE, frames)));
  console.log(memoryLine("  into a gateway, each from another address", await frameMemory(MANY, frames)));
  console.log(memoryLine("  into a gateway, all from one address", await frameMemory(ONE, frames)));
}

/** Frames from one address, then from many. */
async function attack(
  server: WireServer,
  frames: number,
): Promise<{ readonly one: SentFrames; readonly many: SentFrames }> {
  const one = await sendBigFrames(server, ONE, frames);
  return { one, many: await sendBigFrames(server, MANY, frames) };
}

function randomText(): string {
  return Math.random().toString(36).slice(2);
}

async function inventTopics(server: WireServer): Promise<string> {
  const before = v.parse(Counts, await server.ask("/counts"));
  const clients: HostileClient[] = [];
  for (let sent = 0; sent < NAMES; sent += NAMES_A_MESSAGE * MESSAGES_A_SOCKET) {
    const names = (): string[] =>
      Array.from({ length: NAMES_A_MESSAGE }, (_, i) => `signal:${randomText()}${i}`);
    const begin = (socket: RawSocket): void => {
      for (let n = 0; n < MESSAGES_A_SOCKET; n++) {
        socket.send(JSON.stringify({ type: "subscribe", topics: names() }));
      }
    };
    clients.push(new HostileClient(server.port, begin));
  }
  const isAnswered = await until(() => clients.every(({ received }) => received.length > MESSAGES_A_SOCKET));
  const after = v.parse(Counts, await server.ask("/counts"));
  clients.forEach((client) => client.leave());
  return `${NAMES} invented topics: ${after.topics - before.topics} objects born (goal 0), ${after.wants - before.wants} calls to the feed, ${isAnswered ? "each message answered" : "NOT all answered"}`;
}

async function sendDeepJson(server: WireServer): Promise<string> {
  const deep = new HostileClient(server.port, (socket) => {
    socket.send("[".repeat(16_000));
    socket.send(`{"a":`.repeat(3_000));
    socket.send('{"type":"ping","still":"here"}');
  });
  const isAlive = await until(() => deep.received.some((text) => text.includes("pong")));
  deep.leave();
  return `deep JSON: ${deep.received.filter((text) => text.includes('"error"')).length} errors, ${isAlive ? "the socket lives" : "the socket is DEAD"}`;
}

async function countSilent(server: WireServer): Promise<string> {
  const silent = Array.from({ length: 100 }, () => new HostileClient(server.port, () => undefined));
  const from = performance.now();
  await until(() => silent.every(({ code }) => code !== null), IDLE_MS);
  const codes = Map.groupBy(silent, ({ code }) => code);
  const ends = Array.from(codes, ([code, list]) => `${list.length} x ${code ?? "open"}`);
  silent.forEach((client) => client.leave());
  return `100 silent sockets: ${ends.join(", ")} after ${((performance.now() - from) / 1_000).toFixed(0)} s`;
}

/** Before the server is started, because the simulated world takes the timers of this process. */
async function printGrowth(): Promise<void> {
  console.log(
    "Elements that a gateway touches a socket of 512 topics, by the number of such sockets (goal: level)",
  );
  for (const line of await growthLines([1, 10, 100])) {
    console.log(line);
  }
}

async function main(): Promise<void> {
  if (!values.crowding) {
    await printGrowth();
  }
  const server = await WireServer.start();
  const crowd = new MeasuredCrowd(server, {
    path: PATH,
    size: Number(values.readers),
    topics: priceTopics(50),
  });
  const read = async (seconds: number): Promise<Read> => {
    const { latencies, delays } = await crowd.measure({ hz: HZ, ticks: seconds * HZ, isOpenLoop: true });
    return { p99: quantile(delays, 0.99), fromFlush: quantile(latencies, 0.99) };
  };
  try {
    console.log(machineLine());
    if (values.crowding) {
      await crowd.gather();
      await read(5);
      await printCrowding(server, read, Number(values.seconds));
      console.log(machineLine());
      return;
    }
    await printMemory(Number(values.frames));
    await crowd.gather();
    await read(5);
    const calm = await read(Number(values.seconds));
    const [beside, sent] = await Promise.all([
      read(Number(values.seconds)),
      attack(server, Number(values.frames)),
    ]);
    console.log("31 MiB frames beside readers");
    console.log(memoryLine("  all from one address", sent.one));
    console.log(memoryLine("  then each from another", sent.many));
    console.log(
      `others' p99: ${textOf(calm)} before, ${textOf(beside)} beside; ${crowd.open} of ${values.readers} still open`,
    );
    await printCrowding(server, read, Number(values.seconds));
    console.log(await inventTopics(server));
    console.log(await sendDeepJson(server));
    console.log(await countSilent(server));
    console.log(machineLine());
  } finally {
    crowd.leave();
    await server.end();
  }
}

await main();
